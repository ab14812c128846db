"""Which values of a file are those of the factory."""

from dataclasses import replace

import pytest

from hersteld.parsers.workout import DeviceProfile
from hersteld.recovery.athlete.factory_settings import (
    factory_settings,
    is_factory_ftp,
    is_factory_mass,
    is_factory_max_hr,
    is_factory_resting_hr,
)

GARMIN = DeviceProfile(maker="garmin")


@pytest.mark.parametrize(
    ("bpm", "of_user_profile", "ages", "expected"),
    [
        (185, True, (), True),
        (185, False, (), False),
        (200, False, (), True),
        (181, False, (40,), True),
        (182, False, (40,), False),
        (184, False, (46, 36), True),
        (174, False, (46, 36), True),
        (179, False, (46, 36), False),
    ],
)
def test_a_maximum_heart_rate_of_the_factory(
    bpm: float, of_user_profile: bool, ages: tuple[float, ...], expected: bool
) -> None:
    profile = replace(GARMIN, max_hr_bpm=bpm, max_hr_is_of_user_profile=of_user_profile)
    assert is_factory_max_hr(profile, ages) is expected
    assert not is_factory_max_hr(replace(profile, maker="suunto"), ages)


def test_other_settings_of_the_factory() -> None:
    factory = replace(GARMIN, resting_hr_bpm=60, ftp_w=200, mass_kg=68.0)
    own = replace(GARMIN, resting_hr_bpm=52, ftp_w=255, mass_kg=68.1)
    for profile, expected in ((factory, True), (own, False), (replace(factory, maker=None), False)):
        assert is_factory_resting_hr(profile) is is_factory_mass(profile) is expected
        assert is_factory_ftp(profile, profile.ftp_w) is expected
    assert factory_settings(DeviceProfile()) is None
