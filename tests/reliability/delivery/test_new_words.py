"""A night comes in while a message is being sent: whatever becomes of that try, what is told last is what holds."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from hersteld.daemon.delivery.notifiers import Message, SendResult
from hersteld.parsers.line import Line
from tests.support.nights.stored import knows_what_is_usual, night_comes
from tests.support.nights.usual import a_night
from tests.support.pipeline import NOON, Pipeline, a_file

ENDED = NOON + timedelta(hours=8)
MORNING = NOON.date() + timedelta(days=1)
POOR = (30.0, 58.0)
REFUSED = SendResult(ok=False, reason=Line("delivery.no_connection"))
SILENT = SendResult(ok=False, reason=Line("delivery.unanswered"), may_have_arrived=True)
TAKEN = SendResult(ok=True)


def meanwhile(pipeline: Pipeline, title: str, result: SendResult, happens: Callable[[], None]) -> None:
    """Let something happen while the first message of this title is being sent, and that try end so."""
    before = pipeline.notifier.answer
    left = [happens]

    def answer(target: str, message: Message) -> SendResult:
        if title not in message.title or not left:
            return before(target, message)
        left.pop()()
        return result

    pipeline.notifier.answer = answer


def comes(pipeline: Pipeline, rmssd: float, resting: float, minutes: float = 400) -> Callable[[], None]:
    """Return what lets the night before this morning come in, and the main loop look, but nobody else deliver."""

    def come() -> None:
        night_comes(pipeline, a_night(MORNING, rmssd, resting), minutes=minutes)
        pipeline.main_loop.go(called=True)

    return come


def a_pipeline(folder: Path, quiet_hours: str) -> Pipeline:
    pipeline = Pipeline(
        folder, now=ENDED, athlete__max_hr="190", athlete__resting_hr="50", notify__quiet_hours=f'"{quiet_hours}"'
    )
    knows_what_is_usual(pipeline)
    pipeline.put("ride.fit", a_file(ENDED, minutes=60, bpm=170, sport="cycling"))
    pipeline.look()
    return pipeline


def holds(pipeline: Pipeline) -> datetime:
    found = pipeline.stored()[-1].ready_at
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        (TAKEN, ["Yesterday: hard ride, 1 h", "Your night and your rest"]),
        (REFUSED, ["Yesterday: hard ride, 1 h"]),
        (SILENT, ["Your night and your rest", "Yesterday: hard ride, 1 h"]),
    ],
    ids=["taken", "refused", "unanswered"],
)
def test_a_night_that_comes_in_while_the_workout_is_told(
    tmp_path: Path, result: SendResult, expected: list[str]
) -> None:
    pipeline = a_pipeline(tmp_path, "20:00-07:30")
    meanwhile(pipeline, "hard ride", result, comes(pipeline, *POOR))
    pipeline.pass_time(hours=14)
    received = [message for _, message in pipeline.notifier.received]
    assert [message.title for message in received] == expected
    assert "hard again from Fri 19:30" in received[-1].body
    last = pipeline.outbox.last_told("phone")
    assert last is not None
    assert last.told_ready_at is not None
    assert timedelta() <= last.told_ready_at - holds(pipeline) < timedelta(hours=1)


@pytest.mark.parametrize("result", [REFUSED, SILENT, TAKEN], ids=["refused", "unanswered", "taken"])
def test_a_correction_is_not_lost_when_more_of_the_night_comes_in_while_it_is_sent(
    tmp_path: Path, result: SendResult
) -> None:
    pipeline = a_pipeline(tmp_path, "")
    pipeline.clock.move(timedelta(hours=12))
    meanwhile(pipeline, "Your night", result, comes(pipeline, *POOR, minutes=410.0))
    night_comes(pipeline, a_night(MORNING, *POOR))
    pipeline.pass_time(hours=2)
    told = [message.body for _, message in pipeline.notifier.received if message.title == "Your night and your rest"]
    assert len(told) == 1
    assert "hard again from Fri 19:30" in told[0]
