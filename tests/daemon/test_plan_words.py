"""What `hersteld plan` prints says what is true of this file, and what to do about it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from hersteld.parsers.encode import Recorded, encode_activity
from hersteld.parsers.fit_writer import RawField
from tests.daemon.cli import call

UNDATED = datetime(1990, 1, 2, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "why", "days"),
    [
        ("en", "Nothing can be timed, for the device did not know the date.", ("Mon", "Tue", "Wed")),
        ("nl", "Er zijn geen tijden te noemen, want het apparaat wist de datum niet.", ("ma", "di", "wo")),
    ],
)
def test_without_a_date_nothing_is_timed_and_the_clock_is_to_be_set(
    language: str, why: str, days: tuple[str, ...], tmp_path: Path
) -> None:
    for name, recorded in (
        ("hard.fit", Recorded(heart_rate_bpm=[172] * 3600)),
        ("unknown.fit", Recorded(speed_mps=[3.0] * 3600)),
    ):
        path = tmp_path / name
        path.write_bytes(encode_activity(UNDATED, "running", recorded))
        said = call("plan", "--language", language, path, home=tmp_path).stdout
        assert why in said
        assert "gps" in said.lower()
        assert not any(line.strip().startswith(days) for line in said.splitlines()), said
        assert "Nothing needs doing" not in said
        assert "Er hoeft niets" not in said


STARTED_AT = datetime(2026, 5, 1, 9, 0, tzinfo=UTC)
AVERAGE_POWER = RawField(20, "uint16", 180)


def test_a_ride_with_power_and_no_ftp_says_that_the_ftp_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "ride.fit"
    path.write_bytes(encode_activity(STARTED_AT, "cycling", Recorded(power_w=[180] * 3600)))
    assert "there is power, but your FTP is not known. Set athlete.ftp_w." in plan_of(path)
    assert "er is vermogen, maar je FTP is onbekend. Stel athlete.ftp_w in." in plan_of(path, "--language", "nl")
    assert "Estimated" not in plan_of(path, "--set", "athlete.ftp_w=250")


@pytest.mark.parametrize(
    ("sport", "recorded", "average"),
    [
        ("cycling", Recorded(speed_mps=[8.0] * 3600), (AVERAGE_POWER,)),
        ("cycling", Recorded(power_w=[180] * 600 + [None] * 3000), ()),
        ("running", Recorded(power_w=[180] * 3600), ()),
        ("cycling", Recorded(speed_mps=[8.0] * 3600), ()),
    ],
    ids=["an average", "ten minutes", "running", "none"],
)
def test_power_that_no_ftp_would_make_use_of_is_not_spoken_of(
    sport: str, recorded: Recorded, average: tuple[RawField, ...], tmp_path: Path
) -> None:
    path = tmp_path / "a.fit"
    path.write_bytes(encode_activity(STARTED_AT, sport, recorded, session_fields=average))
    assert "Estimated from its length only: no usable heart rate.\n" in plan_of(path)


def plan_of(path: Path, *words: str) -> str:
    result = call("plan", "--language", "en", *words, path, home=path.parent)
    assert result.exit_code == 0, result.output
    return result.stdout
