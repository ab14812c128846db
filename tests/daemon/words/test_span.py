"""A span of time names the date of each of its ends, in the zone of the reader."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hersteld.config.settings import Language, Notify
from hersteld.daemon.words.span import span
from hersteld.daemon.words.voice import Voice
from tests.support.command_line import call
from tests.support.pipeline import a_file

ZONES = ("UTC", "Europe/Amsterdam", "Asia/Kathmandu", "America/St_Johns", "Pacific/Kiritimati", "Pacific/Pago_Pago")
_SPAN = re.compile(r"(\S+) (\d\d:\d\d)(?:–| – (\S+) )(\d\d:\d\d)")

FIRST = datetime(2025, 1, 1, tzinfo=UTC)

minutes = st.integers(0, 2 * 366 * 24 * 60).map(lambda after: FIRST + timedelta(minutes=after))


@given(
    began=minutes,
    lasted=st.integers(0, 3 * 24 * 60).map(lambda count: timedelta(minutes=count)),
    zone=st.sampled_from(ZONES).map(ZoneInfo),
    language=st.sampled_from(("en", "nl")),
)
def test_both_ends_can_be_read_back_from_what_is_printed(
    began: datetime, lasted: timedelta, zone: ZoneInfo, language: Language
) -> None:
    voice = Voice(Notify(language, quiet_hours=None, style="brief", targets=(), texts={}), zone)
    read = _SPAN.fullmatch(span(began, began + lasted, voice))
    assert read is not None
    first, began_at, last, ended_at = read.groups()
    assert f"{first} {began_at}" == f"{began.astimezone(zone):%Y-%m-%d %H:%M}"
    assert f"{last or first} {ended_at}" == f"{(began + lasted).astimezone(zone):%Y-%m-%d %H:%M}"


@pytest.mark.parametrize("command", ["plan", "explain"])
@pytest.mark.parametrize(
    ("ended_at", "printed"),
    [
        ("20:00", "2026-05-06 21:00–22:00"),
        ("22:15", "2026-05-06 23:15 – 2026-05-07 00:15"),
        ("22:45", "2026-05-06 23:45 – 2026-05-07 00:45"),
    ],
)
def test_a_workout_over_midnight_names_both_dates(command: str, ended_at: str, printed: str, tmp_path: Path) -> None:
    path = tmp_path / "run.fit"
    path.write_bytes(a_file(datetime.fromisoformat(f"2026-05-06T{ended_at}Z"), minutes=60))
    assert f"{printed} · " in call(command, path, home=tmp_path).stdout
