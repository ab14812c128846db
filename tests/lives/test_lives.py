"""What no athlete may ever read, in two weeks of each life and in both languages."""

from datetime import datetime, timedelta
from functools import cache
from itertools import pairwise

import pytest

from hersteld.config.file.models import parse_quiet_hours
from hersteld.config.rules import load_rules
from hersteld.config.texts.catalogue import load_texts
from hersteld.recovery.messages.draft import MessageKind
from tests.lives.athletes import LIVES
from tests.lives.life import ZONE, Life
from tests.lives.play import QUIET_HOURS, Happened, play
from tests.lives.transcript import transcript
from tests.lives.write import LANGUAGES, page_of

RULES = load_rules()
LONGEST = 600
DISCLAIMER = {"en": load_texts("en").messages["disclaimer"], "nl": load_texts("nl").messages["disclaimer"]}
OCCASIONS = (MessageKind.MORNING, MessageKind.WEEKLY, MessageKind.OVERLOAD, MessageKind.SILENCE, MessageKind.BEFORE)
NEVER_DROPPED = (MessageKind.EVENING, MessageKind.CORRECTION, MessageKind.READY, *OCCASIONS)
"""Kinds of messages that the limit of a day does not hold back."""
SLEPT = {"en": "You slept", "nl": "geslapen"}
_BY_NAME = {life.name: life for life in LIVES}
EACH = pytest.mark.parametrize(
    ("name", "language"), [(life.name, language) for life in LIVES for language in LANGUAGES]
)


@cache
def lived(name: str, language: str) -> tuple[Happened, ...]:
    return tuple(play(_BY_NAME[name], language))


def messages(name: str, language: str) -> list[Happened]:
    return [event for event in lived(name, language) if event.what == "message"]


def life_of(name: str) -> Life:
    return _BY_NAME[name]


@EACH
def test_the_transcript_in_the_documentation_is_what_happens(name: str, language: str) -> None:
    written = page_of(name, language).read_text(encoding="utf-8")
    assert written == transcript(life_of(name), language, lived(name, language)), "make lives writes it anew"


@EACH
def test_every_message_is_short_enough(name: str, language: str) -> None:
    assert messages(name, language)
    for message in messages(name, language):
        assert len(message.body.removesuffix(f"\n{DISCLAIMER[language]}")) <= LONGEST, message
        assert len(message.title) <= 60, message


@EACH
def test_each_picture_names_the_times_of_its_message(name: str, language: str) -> None:
    pictures = [(event, event.picture) for event in messages(name, language) if event.picture is not None]
    assert pictures
    for message, picture in pictures:
        assert message.kind is MessageKind.FIRST
        assert picture.staircase is not None
        assert picture.trace is not None or picture.sentences
        for label in picture.staircase.labels:
            if ":" in label.when:
                assert label.when in message.body, (message, label)


@EACH
def test_each_first_message_has_a_picture(name: str, language: str) -> None:
    firsts = [event for event in messages(name, language) if event.kind is MessageKind.FIRST]
    assert all(event.picture is not None for event in firsts)


@EACH
def test_nothing_is_said_in_the_night(name: str, language: str) -> None:
    quiet_hours = parse_quiet_hours(QUIET_HOURS)
    assert quiet_hours is not None
    assert [message for message in messages(name, language) if quiet_hours.holds(message.at, ZONE)] == []


@EACH
def test_no_two_messages_running_tell_the_same_readiness(name: str, language: str) -> None:
    told = [
        message
        for message in messages(name, language)
        if (message.told_ready_at or message.told_easy_from) and message.kind is not MessageKind.READY
    ]
    for earlier, later in pairwise(told):
        comes_true = later.kind is MessageKind.MORNING and later.at - earlier.at >= timedelta(days=1)
        tells_of_night = later.kind is MessageKind.MORNING and SLEPT[language] in later.body
        assert readiness_of(earlier) != readiness_of(later) or comes_true or tells_of_night, (earlier, later)


@EACH
def test_no_line_comes_twice_within_a_day(name: str, language: str) -> None:
    last: dict[str, datetime] = {}
    for message in messages(name, language):
        for line in message.body.splitlines():
            assert line not in last or message.at - last[line] >= timedelta(hours=24), line
            last[line] = message.at


@EACH
def test_no_day_has_more_messages_than_its_limit_but_for_those_that_are_never_dropped(name: str, language: str) -> None:
    by_day: dict[object, list[Happened]] = {}
    for message in messages(name, language):
        if message.kind not in NEVER_DROPPED and not (message.kind is MessageKind.FIRST and message.is_of_hard):
            by_day.setdefault(message.at.astimezone(ZONE).date(), []).append(message)
    for day, ordinary in by_day.items():
        assert len(ordinary) <= RULES.messages.per_day, day


@EACH
def test_nobody_is_told_to_be_ready_earlier_than_the_store_says(name: str, language: str) -> None:
    tolerance = timedelta(hours=float(RULES.messages.correct_from_h))
    for message in messages(name, language):
        if message.told_ready_at is not None and message.stored_ready_at is not None:
            assert message.told_ready_at >= message.stored_ready_at - tolerance, message


@EACH
def test_readiness_changes_only_when_something_has_happened(name: str, language: str) -> None:
    told: Happened | None = None
    for event in lived(name, language):
        if event.what != "message":
            told = None
        elif event.told_ready_at is not None and event.kind is not MessageKind.READY:
            assert told is None or told.told_ready_at == event.told_ready_at, (told, event)
            told = event


def test_after_the_marathon_nobody_speaks_of_hard_training_for_a_week() -> None:
    said = messages("marathon", "en")
    race = next(message for message in said if "arathon" in message.title)
    week = [message for message in said if race.at <= message.at < race.at + timedelta(days=7)]
    assert week
    for message in week:  # the week is counted from the end of the race, and told a little later
        assert message.told_ready_at is None or message.told_ready_at >= race.at + timedelta(days=6.9), message
        assert "can train hard" not in message.body, message


@pytest.mark.parametrize("command", ["forget", "sport"])
def test_each_answer_is_given_in_a_life_and_changes_what_is_read(command: str) -> None:
    lives = [life.name for life in LIVES if _answers(life.name, command)]
    assert lives
    for name in lives:
        (at,) = _answers(name, command)
        assert any(timedelta(0) <= message.at - at < timedelta(minutes=2) for message in messages(name, "en"))


def _answers(name: str, command: str) -> list[datetime]:
    said = f"hersteld {command} "
    return [event.at for event in lived(name, "en") if event.what == "command" and event.title.startswith(said)]


def test_a_walk_to_work_costs_a_beginner_nothing() -> None:
    _, *said = messages("beginner", "en")  # the very first message is there so that the athlete sees that it works
    assert [message.title for message in said if "walk" in message.title.lower()] == []


def readiness_of(message: Happened) -> tuple[datetime | None, datetime | None]:
    return message.told_easy_from, message.told_ready_at
