"""What `hersteld plan` prints says what is true of this file, and what to do about it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from hersteld.parsers.encode import Recorded, encode_activity
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
