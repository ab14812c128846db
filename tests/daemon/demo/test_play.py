"""The week is played through the real pipeline, in order, for a made-up athlete."""

from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from hersteld.daemon.demo.play import FileArrived, MessageSent, demo_settings, play
from hersteld.daemon.demo.week import demo_week

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
MONDAY = date(2026, 5, 4)


@pytest.fixture(scope="module")
def events() -> list[FileArrived | MessageSent]:
    return list(play(demo_settings("en"), MONDAY, AMSTERDAM))


def test_every_file_of_the_week_arrives_after_its_workout_and_time_never_goes_back(
    events: list[FileArrived | MessageSent],
) -> None:
    moments = [event.at for event in events]
    assert moments == sorted(moments)
    arrived = {event.name: event.at for event in events if isinstance(event, FileArrived)}
    ended = {file.name: file.ended_at for file in demo_week(MONDAY, AMSTERDAM)}
    assert arrived.keys() == ended.keys()
    assert all(ended[name] < arrived[name] < ended[name] + timedelta(minutes=10) for name in ended)


def test_the_hard_ride_is_answered_at_once_and_the_quiet_hours_are_kept(
    events: list[FileArrived | MessageSent],
) -> None:
    (number,) = (
        number
        for number, event in enumerate(events)
        if isinstance(event, FileArrived) and event.name.endswith("hard-ride.fit")
    )
    answer = events[number + 1]
    assert isinstance(answer, MessageSent)
    assert answer.message.title == "Very hard ride, 2 h"
    assert answer.at == events[number].at
    quiet = demo_settings("en").notify.quiet_hours
    assert quiet is not None
    assert not any(quiet.holds(event.at, AMSTERDAM) for event in events if isinstance(event, MessageSent))


def test_the_configuration_of_whoever_runs_it_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = tmp_path / "hersteld" / "hersteld.toml"
    config.parent.mkdir()
    config.write_text("[athlete]\nbirth_year = 1950\n", encoding="utf-8")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    settings = demo_settings("nl")
    assert settings.athlete.birth_year == 1990
    assert settings.notify.language == "nl"
    assert settings.notify.targets == ()


def test_the_week_in_which_the_clock_changes_is_played_like_any_other() -> None:
    zone, monday = ZoneInfo("Europe/Amsterdam"), date(2026, 3, 23)
    arrived = [event for event in play(demo_settings("en"), monday, zone) if isinstance(event, FileArrived)]
    assert len(arrived) == len(demo_week(monday, zone))
    assert arrived[-1].at > datetime(2026, 3, 29, 11, 0, tzinfo=zone)
