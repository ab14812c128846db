"""Which messages of a target carry a picture, and what becomes of both."""

import logging
from datetime import timedelta
from pathlib import Path

import pytest

from hersteld.daemon.card.facts import CardFacts
from hersteld.daemon.delivery.message import Message, SendResult
from hersteld.daemon.delivery.pictures.refusals import PictureRefusals
from hersteld.daemon.delivery.pictures.ways import Way
from hersteld.daemon.delivery.sender import TargetSender, deliver_due
from hersteld.daemon.outbox.rows import OutboxRow
from hersteld.parsers.line import Line
from tests.support.card.samples import ride
from tests.support.messages import a_message
from tests.support.pipeline import NOON, Pipeline

FACTS = ride("en")
REASON = Line("delivery.server_answered", {"code": 400, "words": "not_understood"})
DOWN = SendResult(ok=False, reason=Line("delivery.refused_connection"))
SILENCE = SendResult(ok=False, reason=Line("delivery.unanswered"), may_have_arrived=True)
OK = SendResult(ok=True)


@pytest.fixture
def pipeline(tmp_path: Path) -> Pipeline:
    made = Pipeline(tmp_path, now=NOON)
    made.notifier.names = ("phone",)
    made.notifier.ways = {"phone": Way.WITH_WORDS}
    return made


def queue(pipeline: Pipeline, *rules: str, identity: str = "a") -> None:
    letters = [a_message(rule, rule, "body", NOON, NOON + timedelta(days=3)) for rule in rules]
    pipeline.outbox.queue(identity, None, letters, ("phone",), now=pipeline.clock.now())


def deliver(pipeline: Pipeline) -> list[tuple[str, str, bool]]:
    """Send what is due; return title, body and whether there was a picture, of all that was tried."""
    tried: list[tuple[str, str, bool]] = []
    answer = pipeline.notifier.answer

    def seen(target: str, message: Message) -> SendResult:
        tried.append((message.title, message.body, message.picture is not None))
        return answer(target, message)

    pipeline.notifier.answer = seen
    deliver_due(pipeline.store, pipeline.notifier, pipeline.clock, picture=lambda _row: FACTS)
    pipeline.notifier.answer = answer
    return tried


def test_first_messages_carry_one_and_no_other(pipeline: Pipeline) -> None:
    queue(pipeline, "first", "evening", "ready", "correction_1", "digest", "morning")
    assert {title: has for title, _, has in deliver(pipeline)} == {
        "first": True,
        **dict.fromkeys(("evening", "ready", "correction_1", "digest", "morning"), False),
    }


def test_a_message_whose_sentences_were_all_left_out_is_no_picture_alone(pipeline: Pipeline) -> None:
    letter = a_message("first", "Hard ride", "", NOON, NOON + timedelta(days=3))
    pipeline.outbox.queue("a", None, [letter], ("phone",), now=NOON)
    assert deliver(pipeline) == [("Hard ride", "", False)]


def test_a_target_that_takes_none_costs_no_look_at_the_workout(pipeline: Pipeline) -> None:
    pipeline.notifier.ways = {"phone": Way.NONE}

    def looked_at(row: OutboxRow) -> CardFacts:
        raise AssertionError(f"the workout of {row.title} was looked at")

    queue(pipeline, "first")
    deliver_due(pipeline.store, pipeline.notifier, pipeline.clock, picture=looked_at)
    assert [message.picture for _, message in pipeline.notifier.received] == [None]


def test_what_fails_in_finding_it_costs_no_message(pipeline: Pipeline, caplog: pytest.LogCaptureFixture) -> None:
    def fail(row: OutboxRow) -> CardFacts:
        raise ZeroDivisionError(row.title)

    queue(pipeline, "first")
    deliver_due(pipeline.store, pipeline.notifier, pipeline.clock, picture=fail)
    assert [(message.title, message.picture) for _, message in pipeline.notifier.received] == [("first", None)]
    assert "phone: the message goes out without its picture" in caplog.text


def test_who_refuses_it_is_sent_words_alone_for_a_day(pipeline: Pipeline, caplog: pytest.LogCaptureFixture) -> None:
    pipeline.notifier.answer = lambda _target, message: SendResult(
        ok=True, picture_refused=None if message.picture is None else REASON
    )
    queue(pipeline, "first")
    with caplog.at_level(logging.WARNING):
        assert deliver(pipeline) == [("first", "body", True)]
    assert "phone: takes no picture: the server answered 400" in caplog.text
    assert [row.state for row in pipeline.rows()] == ["sent"]
    assert PictureRefusals(pipeline.store.path).of("phone", NOON) is not None
    pipeline.clock.move(timedelta(hours=23))
    queue(pipeline, "first", identity="b")
    assert deliver(pipeline) == [("first", "body", False)]
    pipeline.clock.move(timedelta(hours=2))
    queue(pipeline, "first", identity="c")
    assert deliver(pipeline) == [("first", "body", True)]


def test_where_it_cannot_be_told_what_was_refused_the_next_try_carries_none(pipeline: Pipeline) -> None:
    pipeline.notifier.answer = lambda _target, message: (
        OK if message.picture is None else SendResult(ok=False, reason=REASON, picture_refused=REASON)
    )
    queue(pipeline, "first")
    assert deliver(pipeline) == [("first", "body", True)]
    pipeline.clock.move(timedelta(minutes=1))
    assert deliver(pipeline) == [("first", "body", False)]
    assert [row.state for row in pipeline.rows()] == ["sent"]


def test_a_server_that_is_down_gets_both_later_and_one_that_was_silent_the_words_alone(pipeline: Pipeline) -> None:
    answers = iter([DOWN, SILENCE, OK])
    pipeline.notifier.answer = lambda _target, _message: next(answers)
    queue(pipeline, "first")
    has_picture = []
    for _ in range(3):
        has_picture += [has for _, _, has in deliver(pipeline)]
        pipeline.clock.move(timedelta(minutes=6))
    assert has_picture == [True, True, False]


@pytest.mark.parametrize("after", [OK, DOWN, SILENCE, SendResult(ok=False, reason=REASON, picture_refused=REASON)])
def test_what_follows_its_words_leaves_once_when_they_are_known_to_have_arrived(
    pipeline: Pipeline, after: SendResult
) -> None:
    pipeline.notifier.ways = {"phone": Way.AFTER_WORDS}

    def answer(_target: str, message: Message) -> SendResult:
        if message.picture is None:
            return OK
        assert [row.state for row in pipeline.rows()] == ["sent"], "what became of the words is stored first"
        return after

    pipeline.notifier.answer = answer
    queue(pipeline, "first")
    assert deliver(pipeline) == [("first", "body", False), ("first", "", True)]
    pipeline.clock.move(timedelta(hours=1))
    assert deliver(pipeline) == []
    assert [row.state for row in pipeline.rows()] == ["sent"]
    has_refused = PictureRefusals(pipeline.store.path).of("phone", pipeline.clock.now()) is not None
    assert has_refused is (after.picture_refused is not None)


@pytest.mark.parametrize("words", [DOWN, SILENCE])
def test_no_picture_follows_words_that_are_not_known_to_have_arrived(pipeline: Pipeline, words: SendResult) -> None:
    pipeline.notifier.ways = {"phone": Way.AFTER_WORDS}
    pipeline.notifier.answer = lambda _target, _message: words
    queue(pipeline, "first")
    assert deliver(pipeline) == [("first", "body", False)]


def test_a_notifier_that_fails_on_a_picture_changes_nothing_of_what_arrived(
    pipeline: Pipeline, caplog: pytest.LogCaptureFixture
) -> None:
    pipeline.notifier.ways = {"phone": Way.AFTER_WORDS}

    def answer(_target: str, message: Message) -> SendResult:
        if message.picture is not None:
            raise OSError("no memory")
        return OK

    pipeline.notifier.answer = answer
    queue(pipeline, "first")
    sender = TargetSender(pipeline.store, pipeline.notifier, "phone", pipeline.clock, picture=lambda _row: FACTS)
    assert sender.step()
    assert [row.state for row in pipeline.rows()] == ["sent"]
    assert not sender.step()
    assert "phone: the notifier failed" in caplog.text
