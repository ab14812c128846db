"""What is told to athletes of whom hersteld knows what is usual: of overload, of nights, and before a race."""

from datetime import date, datetime, time, timedelta

import pytest

from hersteld.recovery.messages.draft import MessageKind
from tests.lives.life import ZONE, moment
from tests.lives.play import Happened
from tests.lives.test_lives import lived, messages


def of_kind(name: str, *kinds: MessageKind, language: str = "en") -> list[Happened]:
    return [message for message in messages(name, language) if message.kind in kinds]


def on_day(said: list[Happened], day: int) -> list[Happened]:
    return [message for message in said if message.at.astimezone(ZONE).date() == moment(day, time(12)).date()]


def local(message: Happened) -> tuple[date, str]:
    at = message.at.astimezone(ZONE)
    return at.date(), f"{at:%H:%M}"


@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_fortnight_of_too_much_is_warned_of_once_and_names_what_agrees(language: str) -> None:
    (warning,) = of_kind("overreached", MessageKind.OVERLOAD, language=language)
    assert warning.at < moment(6, time(0)), "while there is still something to change"
    assert len(warning.body.splitlines()) >= 4


def test_what_was_trained_long_before_it_began_is_no_cause_to_warn() -> None:
    (warning,) = of_kind("overreached", MessageKind.OVERLOAD)
    trained = [event for event in lived("overreached", "en") if event.what == "file" and "night" not in event.title]
    assert sum(event.at < warning.at for event in trained) >= 3, "the weeks before, and days that were hard"


def test_poor_nights_move_readiness_to_later_and_a_good_one_to_earlier() -> None:
    moved = of_kind("sleeper", MessageKind.CORRECTION)
    before = {message.at: earlier for message, earlier in zip(moved, map(told_before, moved), strict=True)}
    later = [message for message in moved if message.told_ready_at and message.told_ready_at > before[message.at]]
    earlier = [message for message in moved if message.told_ready_at and message.told_ready_at < before[message.at]]
    assert on_day(later, 2)
    assert on_day(earlier, 6)


def told_before(message: Happened) -> datetime:
    """Return which readiness was told last before a message."""
    said = [one for one in messages("sleeper", "en") if one.at < message.at and one.told_ready_at is not None]
    assert said[-1].told_ready_at is not None
    return said[-1].told_ready_at


def test_a_night_that_comes_in_after_noon_says_nothing() -> None:
    assert on_day(messages("sleeper", "en"), 9) == []


def test_the_morning_word_speaks_of_a_night_that_moved_nothing_and_repeats_no_other_message() -> None:
    mornings = of_kind("sleeper", MessageKind.MORNING)
    (poor,) = on_day(mornings, 13)
    assert "You can train hard today." in poor.body
    assert "lower than is usual for you" in poor.body
    (after_ready,) = on_day(mornings, 10)
    assert "train hard" not in after_ready.body, "the word of recovery of the same minute says so"
    assert not on_day(mornings, 2), "the night is told with the rest that it moves"


def test_before_the_race_there_is_a_word_the_evening_before_and_three_hours_before() -> None:
    evening, meal = (message for message in of_kind("racer", MessageKind.BEFORE) if message.at > moment(11, time(0)))
    assert local(evening) == (date(2026, 5, 16), "19:00")
    assert evening.body.startswith("What you plan looks hard, and you are still recovering")
    assert local(meal) == (date(2026, 5, 17), "10:00")
    assert "pasta or rice" in meal.body
    (race,) = (message for message in of_kind("racer", MessageKind.FIRST) if message.at > meal.at)
    assert race.at - meal.at < timedelta(hours=7)


def test_a_training_with_little_time_for_a_meal_before_is_spoken_of_the_evening_before() -> None:
    (evening,) = on_day(of_kind("racer", MessageKind.BEFORE), 5)
    assert "There will be little time to eat beforehand, so eat well tonight" in evening.body
