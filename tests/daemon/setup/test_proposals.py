"""What devices say is proposed, the factory's numbers are not, and two athletes are told apart."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hersteld.config.file.validate import validate
from hersteld.daemon.setup.newest_files import SeenWorkout
from hersteld.daemon.setup.proposals import QUANTITIES, Quantity, propose
from hersteld.parsers.workout import DeviceProfile

NOON = datetime(2026, 5, 6, 12, 0, tzinfo=UTC)
YEAR = 2026
ANNA = DeviceProfile(
    maker="garmin", birth_year=1986, mass_kg=72.4, max_hr_bpm=188, resting_hr_bpm=48, ftp_w=241, sex="female"
)


def seen(profile: DeviceProfile = ANNA, *, device: str = "garmin fenix6", days_ago: float = 0) -> SeenWorkout:
    return SeenWorkout(device, len(device), NOON - timedelta(days=days_ago), profile)


def values(quantity: Quantity, *workouts: SeenWorkout) -> list[float]:
    return [candidate.value for candidate in propose(workouts, YEAR).of[quantity].candidates]


def test_every_quantity_of_a_device_is_proposed() -> None:
    proposals = propose([seen()], YEAR)
    assert proposals.workouts == 1
    assert {quantity: proposals.of[quantity].candidates[0].value for quantity in QUANTITIES} == {
        "birth_year": 1986,
        "mass_kg": 72.4,
        "max_hr": 188,
        "resting_hr": 48,
        "ftp_w": 241,
    }
    assert proposals.of["max_hr"].candidates[0].device == "garmin fenix6"
    assert proposals.of["max_hr"].candidates[0].day == date(2026, 5, 6)


def test_without_a_workout_nothing_is_proposed() -> None:
    proposals = propose([], YEAR)
    assert all(not proposals.of[quantity].candidates for quantity in QUANTITIES)
    assert proposals.wearers == ()


def test_of_one_device_the_last_workout_counts_that_has_a_value() -> None:
    newer = seen(replace(ANNA, mass_kg=None, max_hr_bpm=190))
    older = seen(replace(ANNA, mass_kg=71.0, max_hr_bpm=186), days_ago=3)
    assert values("mass_kg", newer, older) == [71]
    assert values("max_hr", newer, older) == [190]


def test_two_devices_that_differ_are_both_shown_the_last_one_first() -> None:
    watch, computer = seen(), seen(replace(ANNA, max_hr_bpm=192), device="garmin edge1000", days_ago=2)
    assert values("max_hr", watch, computer) == [188, 192]
    assert values("mass_kg", watch, computer) == [72.4]
    assert values("max_hr", watch, computer, seen(device="garmin fr955", days_ago=9)) == [188, 192]


@pytest.mark.parametrize(
    ("quantity", "profile"),
    [
        ("mass_kg", replace(ANNA, mass_kg=68)),
        ("max_hr", replace(ANNA, max_hr_bpm=200)),
        ("max_hr", replace(ANNA, max_hr_bpm=185, max_hr_is_of_user_profile=True)),
        ("max_hr", replace(ANNA, max_hr_bpm=180)),  # 220 less the age
        ("max_hr", replace(ANNA, max_hr_bpm=180, birth_year=None, age=39)),
        ("resting_hr", replace(ANNA, resting_hr_bpm=60)),
        ("ftp_w", replace(ANNA, ftp_w=200)),
    ],
)
def test_a_factory_setting_is_not_proposed_but_named(quantity: Quantity, profile: DeviceProfile) -> None:
    proposal = propose([seen(profile)], YEAR).of[quantity]
    assert proposal.candidates == ()
    assert len(proposal.factory) == 1
    assert values(quantity, seen(replace(profile, maker="wahoo_fitness"))) != []


def test_what_another_device_says_of_its_athlete_is_no_factory_setting() -> None:
    untouched = seen(replace(ANNA, ftp_w=200), device="garmin edge1000")
    proposal = propose([untouched, seen(days_ago=1)], YEAR).of["ftp_w"]
    assert [candidate.value for candidate in proposal.candidates] == [241]
    assert [candidate.value for candidate in proposal.factory] == [200]


def test_a_year_of_birth_follows_from_an_age_as_the_rules_take_it() -> None:
    assert values("birth_year", seen(replace(ANNA, birth_year=None, age=39))) == [1986]
    undated = replace(seen(replace(ANNA, birth_year=None, age=39)), ended_at=None)
    assert values("birth_year", undated) == []


@pytest.mark.parametrize(
    "profile",
    [
        replace(ANNA, mass_kg=0.0),
        replace(ANNA, mass_kg=6553.5),
        replace(ANNA, max_hr_bpm=0),
        replace(ANNA, max_hr_bpm=255),
        replace(ANNA, resting_hr_bpm=0),
        replace(ANNA, ftp_w=0),
        replace(ANNA, ftp_w=65535),
        replace(ANNA, birth_year=1800),
        replace(ANNA, birth_year=2026),
        replace(ANNA, birth_year=None, age=0),
    ],
)
def test_what_the_configuration_would_refuse_is_not_proposed(profile: DeviceProfile) -> None:
    proposals = propose([seen(profile)], YEAR)
    (missing,) = (quantity for quantity in QUANTITIES if not proposals.of[quantity].candidates)
    assert proposals.of[missing].factory == ()


numbers = st.none() | st.floats(0, 70_000, allow_nan=False)
profiles = st.builds(
    DeviceProfile,
    resting_hr_bpm=numbers,
    max_hr_bpm=numbers,
    ftp_w=numbers,
    mass_kg=numbers,
    birth_year=st.none() | st.integers(0, 2100),
    age=st.none() | st.integers(0, 255),
    maker=st.sampled_from([None, "garmin", "coros"]),
    max_hr_is_of_user_profile=st.booleans(),
)


@given(st.lists(profiles, max_size=4))
def test_whatever_devices_say_each_proposal_may_stand_in_the_configuration(said: list[DeviceProfile]) -> None:
    workouts = [seen(profile, device=str(number), days_ago=number) for number, profile in enumerate(said)]
    for quantity, proposal in propose(workouts, YEAR).of.items():
        for candidate in (*proposal.candidates, *proposal.factory):
            model, problems = validate({"athlete": {quantity: candidate.value}}, YEAR)
            assert model is not None
            assert problems == []


# --- several athletes


@pytest.mark.parametrize(
    ("other", "are_several"),
    [
        (replace(ANNA, birth_year=1984), True),
        (replace(ANNA, birth_year=1985), False),  # a year follows from an age only nearly
        (replace(ANNA, mass_kg=88.0), True),
        (replace(ANNA, mass_kg=80.0), False),
        (replace(ANNA, birth_year=None, mass_kg=56.0), True),
        (replace(ANNA, birth_year=None, mass_kg=68), False),  # the factory's
        (DeviceProfile(), False),
    ],
)
def test_devices_that_know_different_athletes_are_noticed(other: DeviceProfile, are_several: bool) -> None:
    proposals = propose([seen(), seen(other, device="garmin edge1000", days_ago=1)], YEAR)
    assert bool(proposals.wearers) == are_several
    if are_several:
        assert [wearer.device for wearer in proposals.wearers] == ["garmin fenix6", "garmin edge1000"]


def test_a_device_that_knows_nothing_of_its_wearer_is_not_among_them() -> None:
    nobody, ben = seen(DeviceProfile(), device="zwift"), seen(replace(ANNA, birth_year=1979), device="garmin fr955")
    assert [wearer.device for wearer in propose([nobody, seen(), ben], YEAR).wearers] == [
        "garmin fenix6",
        "garmin fr955",
    ]


def test_who_has_lost_much_weight_in_two_years_is_no_second_athlete() -> None:
    before = seen(replace(ANNA, mass_kg=95.0), device="garmin edge1000", days_ago=700)
    assert propose([seen(), before], YEAR).wearers == ()
