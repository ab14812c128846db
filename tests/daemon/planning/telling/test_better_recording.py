"""A better recording of a workout is told as a late workout is: once, and to whom it is news."""

from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from hersteld.daemon.delivery.notifiers import SendResult
from hersteld.parsers.line import Line
from hersteld.recovery.messages.readiness import announced_readiness
from tests.support.pipeline import NOON, Pipeline, a_file

FIGURES = pytest.mark.figures(
    "a better recording comes in of a workout that was told",
    "{tried} cases: 0 wrong at the end, 0 repeated, 0 missed",
)

DOWN = SendResult(ok=False, reason=Line("delivery.no_connection"))
ATHLETE = {"athlete__birth_year": "1990", "athlete__max_hr": "190"}

MODERATE = a_file(minutes=90, bpm=145)
HARD = a_file(minutes=90, bpm=172, power=210)
EASY = a_file(minutes=40, bpm=115, sport="cycling")
EASY_WAS_HARD = a_file(minutes=40, bpm=172, power=230, sport="cycling")

PART = a_file(NOON + timedelta(minutes=45), minutes=30, bpm=135)
PART_WAS_HARD = a_file(NOON + timedelta(minutes=45), minutes=30, bpm=172, power=210)

AFTERNOON = NOON + timedelta(hours=3)
WALK = a_file(AFTERNOON, minutes=40, bpm=95, sport="walking")
RUN = a_file(AFTERNOON, minutes=60, bpm=150)
HARD_RUN = a_file(AFTERNOON, minutes=90, bpm=172)


class Case(NamedTuple):
    """What comes in before the better recording, which comes so many hours after noon, and what is sent from then on.

    Attributes:
        is_first: Whether nobody was ever told of a workout before.
        recovered: How often the athlete hears in all that the rest is over.
    """

    before: tuple[bytes, ...]
    better: bytes
    hours: float
    sent: str
    is_first: bool = False
    recovered: int = 1


CASES = {
    "a few minutes later": Case((MODERATE,), HARD, 0.2, "correction evening ready"),
    "hours later": Case((MODERATE,), HARD, 3.5, "correction evening ready"),
    "the next day": Case((MODERATE,), HARD, 16, "correction ready"),
    "after the word of recovery": Case((MODERATE,), HARD, 32, "correction"),
    "a walk between": Case((MODERATE, WALK), HARD, 3.5, "correction evening ready"),
    "a run between that was told": Case((MODERATE, RUN), HARD, 3.5, "correction evening ready"),
    "a hard run between": Case((MODERATE, HARD_RUN), HARD, 3.5, "correction evening ready"),
    "the first part of a brick": Case((MODERATE, PART), HARD, 3.5, "correction evening ready"),
    "the second part of a brick": Case((MODERATE, PART), PART_WAS_HARD, 3.5, "correction evening ready"),
    "the first part, and a walk after": Case((MODERATE, PART, WALK), HARD, 3.5, "correction evening ready"),
    "of one that said nothing": Case((EASY,), EASY_WAS_HARD, 1, "evening first ready"),
    "of one that said nothing, the next day": Case((EASY,), EASY_WAS_HARD, 20, "", recovered=0),
    "of one that said nothing, a walk between": Case((EASY, WALK), EASY_WAS_HARD, 3.5, "evening first ready"),
    "of one that said nothing, a run between": Case((EASY, RUN), EASY_WAS_HARD, 3.5, "correction evening ready"),
    "of one that said nothing, a hard run between": Case(
        (EASY, HARD_RUN), EASY_WAS_HARD, 3.5, "correction evening ready"
    ),
    "of one that left the athlete ready": Case((EASY,), EASY_WAS_HARD, 3.5, "correction evening ready", is_first=True),
    "of one that left the athlete ready, a walk between": Case(
        (EASY, WALK), EASY_WAS_HARD, 3.5, "correction evening ready", is_first=True
    ),
    "a poorer one": Case((HARD,), MODERATE, 3.5, "evening ready"),
    "a poorer one, a walk between": Case((HARD, WALK), MODERATE, 3.5, "evening ready"),
    "one that hardly differs": Case((MODERATE,), a_file(minutes=90, bpm=146, power=120), 1, "ready"),
}


def a_life(tmp_path: Path, *targets: str, is_first: bool = False, **overrides: str) -> Pipeline:
    """A pipeline at noon; the athlete was told of a workout of three days ago, unless this is the first."""
    days = timedelta(0 if is_first else 3)
    now = NOON - days + timedelta(minutes=5)
    pipeline = Pipeline(tmp_path, *targets, now=now, **ATHLETE, **overrides)
    if not is_first:
        pipeline.put("before.fit", a_file(NOON - days, minutes=40, bpm=140))
        pipeline.pass_time(days=3, step=timedelta(hours=6))
    return pipeline


def let_pass(pipeline: Pipeline, *, hours: float) -> None:
    """Let time pass until so many hours and five minutes after noon."""
    left = NOON + timedelta(hours=hours, minutes=5) - pipeline.clock.now()
    if left > timedelta(0):
        pipeline.pass_time(seconds=left.total_seconds(), step=timedelta(minutes=30))


def come_in(pipeline: Pipeline, content: bytes, name: str, *, hours: float) -> None:
    """Let a file come in so many hours and five minutes after noon."""
    let_pass(pipeline, hours=hours)
    pipeline.put(name, content)
    pipeline.look()


@FIGURES
@pytest.mark.parametrize("name", CASES)
def test_it_is_told_once_as_a_late_workout_is(name: str, tmp_path: Path) -> None:
    case = CASES[name]
    pipeline = a_life(tmp_path, is_first=case.is_first)
    for number, content in enumerate(case.before):
        come_in(pipeline, content, f"{number}.fit", hours={PART: 0.75}.get(content, 3 * (number > 0)))
    let_pass(pipeline, hours=case.hours)
    already = len(pipeline.notifier.received)
    come_in(pipeline, case.better, "better.fit", hours=case.hours)
    pipeline.start()
    pipeline.pass_time(days=5, step=timedelta(hours=1))
    rows = {(row.title, row.body): row for row in pipeline.rows() if row.state == "sent"}
    sent = [rows[message.title, message.body] for _, message in pipeline.notifier.received[already:]]
    assert " ".join(sorted(row.kind for row in sent)) == case.sent
    assert pipeline.notifier.titles().count("Recovered") == case.recovered
    holds = pipeline.stored()[-1].ready_at
    assert holds is not None
    if case.sent:
        last = pipeline.outbox.last_told("phone")
        assert last is not None
        assert last.told_ready_at == announced_readiness(holds, pipeline.clock.zone(), pipeline.settings.rules)


@FIGURES
def test_only_who_was_told_is_corrected_and_who_was_not_hears_it_at_once(tmp_path: Path) -> None:
    pipeline = a_life(tmp_path, "phone", "desktop")
    before = len(pipeline.notifier.received)
    pipeline.notifier.answer = lambda target, _message: SendResult(ok=True) if target == "phone" else DOWN
    come_in(pipeline, MODERATE, "phone.fit", hours=0)
    come_in(pipeline, HARD, "watch.fit", hours=0.2)
    pipeline.notifier.answer = lambda _target, _message: SendResult(ok=True)
    pipeline.pass_time(hours=2)
    told = [(target, message.title) for target, message in pipeline.notifier.received[before:]]
    assert told == [
        ("phone", "Vigorous run, 1 h 30"),
        ("phone", "Correction: your rest"),
        ("desktop", "Very hard run, 1 h 30"),
    ]


@FIGURES
@pytest.mark.parametrize("poorer", [MODERATE, EASY], ids=["that would be told", "that says nothing"])
def test_while_the_first_message_waits_it_is_the_only_one(poorer: bytes, tmp_path: Path) -> None:
    pipeline = a_life(tmp_path, notify__quiet_hours="11:30-17:00")
    before = len(pipeline.notifier.received)
    come_in(pipeline, poorer, "phone.fit", hours=0)
    come_in(pipeline, HARD if poorer == MODERATE else EASY_WAS_HARD, "watch.fit", hours=1)
    pipeline.pass_time(hours=6)
    (first, *_) = titles = pipeline.notifier.titles()[before:]
    assert "ard r" in first
    assert not any("Correction" in title for title in titles)


@FIGURES
def test_in_quiet_hours_it_waits_for_their_end(tmp_path: Path) -> None:
    pipeline = a_life(tmp_path, notify__quiet_hours="13:00-19:00")
    come_in(pipeline, MODERATE, "phone.fit", hours=0)
    before = len(pipeline.notifier.received)
    come_in(pipeline, HARD, "watch.fit", hours=2)
    pipeline.pass_time(hours=4)
    assert len(pipeline.notifier.received) == before
    pipeline.pass_time(hours=2)
    assert sorted(pipeline.notifier.titles()[before:]) == ["Correction: your rest", "Tonight"]


@FIGURES
def test_a_better_recording_of_an_import_tells_nobody_of_a_workout(tmp_path: Path) -> None:
    pipeline = a_life(tmp_path)
    before = len(pipeline.notifier.received)
    come_in(pipeline, EASY, "phone.fit", hours=0)
    (reading,) = pipeline.ingest.read(EASY_WAS_HARD, "watch.fit")
    pipeline.ingest.add_history(reading)
    pipeline.pass_time(days=2, step=timedelta(hours=1))
    assert pipeline.notifier.received[before:] == []
