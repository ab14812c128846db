"""The stories are played through the real pipeline, in order, for a made-up athlete."""

from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from hersteld.daemon.demo import stories
from hersteld.daemon.demo.play import FileArrived, HistoryArrived, MessageSent, demo_settings, play

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
MONDAY = date(2026, 5, 4)
WEEK = stories.week(MONDAY, AMSTERDAM)
Events = list[HistoryArrived | FileArrived | MessageSent]


@pytest.fixture(scope="module")
def events() -> Events:
    return list(play(demo_settings("en"), WEEK, MONDAY, AMSTERDAM))


def sent(events: Events) -> list[MessageSent]:
    return [event for event in events if isinstance(event, MessageSent)]


def local(day: int, at: time) -> datetime:
    return datetime.combine(MONDAY + timedelta(days=day), at, tzinfo=AMSTERDAM)


def near(events: Events, at: datetime, title: str) -> MessageSent:
    """Return the one message with a title that was sent at a moment."""
    (found,) = (one for one in sent(events) if one.message.title == title and abs(one.at - at) < timedelta(minutes=2))
    return found


def test_every_file_arrives_when_it_comes_and_time_never_goes_back(events: Events) -> None:
    moments = [event.at for event in events]
    assert moments == sorted(moments)
    arrived = [(event.at, event.name) for event in events if isinstance(event, FileArrived)]
    assert arrived == [(coming.at, coming.name) for coming in WEEK]


def test_the_weeks_before_come_first_and_bring_one_message_and_no_word_of_that_week(events: Events) -> None:
    assert isinstance(events[0], HistoryArrived)
    first, *others = sent(events)
    assert first.message.title == "36 workouts"
    assert not any(one.message.title == "Your week" and one.at < local(1, time()) for one in others)


def test_the_hard_ride_is_answered_at_once_and_the_quiet_hours_are_kept(events: Events) -> None:
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
    assert not any(quiet.holds(event.at, AMSTERDAM) for event in sent(events))


def test_a_poor_night_moves_readiness_to_later_and_a_good_one_to_earlier(events: Events) -> None:
    assert "was low" in near(events, local(2, time(7)), "Your night and your rest").message.body
    assert "did you good" in near(events, local(6, time(7)), "Your night and your rest").message.body


def test_the_race_is_spoken_of_the_evening_before_and_three_hours_before_and_the_week_at_its_end(
    events: Events,
) -> None:
    assert "looks hard" in near(events, local(5, time(19)), "Training tomorrow at 13:30").message.body
    assert "pasta or rice" in near(events, local(6, time(10, 30)), "Training at 13:30").message.body
    assert "The hardest was on Sunday" in near(events, local(6, time(19)), "Your week").message.body


def test_in_the_fortnight_of_too_much_the_warning_comes_once() -> None:
    story = stories.overreached(MONDAY, AMSTERDAM)
    titles = [one.message.title for one in sent(list(play(demo_settings("en"), story, MONDAY, AMSTERDAM)))]
    assert titles.count("Time for an easier day or two") == 1
    assert titles[-1] != "Time for an easier day or two", "and life goes on after it"


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
    monday = date(2026, 3, 23)
    story = stories.week(monday, AMSTERDAM)
    arrived = [event for event in play(demo_settings("en"), story, monday, AMSTERDAM) if isinstance(event, FileArrived)]
    assert len(arrived) == len(story)
    assert arrived[-1].at > datetime(2026, 3, 29, 15, 0, tzinfo=AMSTERDAM)
