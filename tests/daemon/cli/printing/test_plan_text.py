"""What `hersteld plan` prints says what is true of this file, and what to do about it."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hersteld.parsers.writing.encode import Recorded, encode_activity
from hersteld.parsers.writing.fit_writer import RawField
from tests.support.command_line import call
from tests.support.pipeline import NOON, a_file

UNDATED = datetime(1990, 1, 2, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "why", "days"),
    [
        ("en", "Nothing can be timed without the date.", ("Mon", "Tue", "Wed")),
        ("nl", "Zonder de datum zijn er geen tijden te noemen.", ("ma", "di", "wo")),
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
    assert "there is power, but your FTP is not known. Set athlete.ftp_w in hersteld.toml." in plan_of(path)
    dutch = plan_of(path, "--language", "nl")
    assert "er is vermogen, maar je FTP is onbekend. Stel athlete.ftp_w in hersteld.toml in." in dutch
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
    assert "Estimated from its duration only: no usable heart rate.\n" in plan_of(path)


def test_who_told_no_experience_reads_that_the_rest_day_is_a_beginners(tmp_path: Path) -> None:
    path, walk = tmp_path / "run.fit", tmp_path / "walk.fit"
    path.write_bytes(encode_activity(STARTED_AT, "running", Recorded(heart_rate_bpm=[165] * 3600)))
    walk.write_bytes(encode_activity(STARTED_AT, "walking", Recorded(heart_rate_bpm=[85] * 1200)))
    assert "You are taken for a beginner, as athlete.experience is not set" in plan_of(path)
    assert "Je geldt als beginner, want athlete.experience is niet ingesteld" in plan_of(path, "--language", "nl")
    for told in ("beginner", "trained"):
        assert "athlete.experience" not in plan_of(path, "--set", f"athlete.experience={told}")
    assert "athlete.experience" not in plan_of(walk), "no rest day follows from it"


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize(("minutes", "ended_at"), [(124, NOON), (150, NOON + timedelta(hours=7))])
def test_a_plan_shows_every_line_that_is_sent_and_no_other(
    tmp_path: Path, language: str, minutes: int, ended_at: datetime
) -> None:
    path = tmp_path / "ride.fit"
    path.write_bytes(a_file(ended_at, minutes=minutes, bpm=178, sport="cycling"))
    planned = json.loads(plan_of(path, "--json", "--language", language))
    first, *later = planned["messages"]
    shown = plan_of(path, "--language", language)
    count = len(first["body"].splitlines())
    at_once = shown.partition("\n\n")[2].partition("\n\n")[0].splitlines()[:count]
    for line, sent in zip(at_once, first["body"].splitlines(), strict=True):
        assert line.split()[-1] == sent.split()[-1], "the same lines, only with the days"
    evening = [message for message in later if "alcohol" in message["body"]]
    assert len(evening) == (ended_at == NOON)
    for message in evening:
        assert all(line in shown for line in message["body"].splitlines())


def test_explain_shows_the_experience_and_who_told_it(tmp_path: Path) -> None:
    path = tmp_path / "run.fit"
    path.write_bytes(encode_activity(STARTED_AT, "running", Recorded(heart_rate_bpm=[165] * 3600)))

    def experience(*words: str) -> list[str]:
        said = call("explain", "--language", "en", *words, path, home=tmp_path).stdout
        section = said[said.index("You, as the rules see you") : said.index("The load")]
        (row,) = [line.split() for line in section.splitlines() if line.split()[:1] == ["experience"]]
        return row

    assert experience()[1:3] == ["beginner", "H"]
    assert "athlete.experience" in experience()
    assert experience("--set", "athlete.experience=elite") == ["experience", "elite", "input", "your", "configuration"]


def plan_of(path: Path, *words: str) -> str:
    result = call("plan", "--language", "en", *words, path, home=path.parent)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_a_workout_that_has_not_ended_by_our_clock_is_said_to_be_ahead(tmp_path: Path) -> None:
    path, now = tmp_path / "run.fit", datetime.now(UTC).replace(microsecond=0)
    beats = Recorded(heart_rate_bpm=[150] * 3600)
    path.write_bytes(encode_activity(now + timedelta(hours=2), "running", beats))
    assert "this workout has not ended yet" in plan_of(path)
    assert "is deze training nog niet afgelopen" in plan_of(path, "--language", "nl")
    path.write_bytes(encode_activity(now - timedelta(hours=2), "running", beats))
    assert "has not ended" not in plan_of(path)
