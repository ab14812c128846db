"""What becomes of a message has a line in the log, in the language of whoever runs hersteld."""

import logging
from collections.abc import Iterator
from datetime import UTC, timedelta
from pathlib import Path

import pytest

from hersteld.config.settings import Language
from hersteld.config.texts.speech import speak
from hersteld.daemon.delivery.message import Message, SendResult
from hersteld.daemon.delivery.sender import TargetSender
from hersteld.parsers.line import Line
from hersteld.recovery.messages.quiet_hours import QuietHours
from tests.support.messages import a_message
from tests.support.pipeline import NOON, Pipeline

DOWN = SendResult(ok=False, reason=Line("delivery.server_answered", {"code": 503, "words": "in_trouble"}))


@pytest.fixture(params=["en", "nl"])
def language(request: pytest.FixtureRequest) -> Iterator[Language]:
    speak(request.param, UTC)
    yield request.param
    speak("en", UTC)


@pytest.fixture
def pipeline(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> Pipeline:
    caplog.set_level(logging.INFO, "hersteld.daemon.delivery")
    pipeline = Pipeline(tmp_path, now=NOON)
    letter = a_message("first", "Hard ride", "b", NOON, NOON + timedelta(minutes=10))
    pipeline.outbox.queue("a", None, [letter], ["phone"], now=NOON)
    return pipeline


def lines(caplog: pytest.LogCaptureFixture) -> list[str]:
    found = [record.getMessage() for record in caplog.records if record.name.startswith("hersteld.daemon.delivery")]
    caplog.clear()
    return found


def sender(pipeline: Pipeline) -> TargetSender:
    return TargetSender(pipeline.store, pipeline.notifier, "phone", pipeline.clock)


def test_what_was_sent_is_named(pipeline: Pipeline, language: Language, caplog: pytest.LogCaptureFixture) -> None:
    assert sender(pipeline).step()
    assert lines(caplog) == [
        {"en": "phone: sent (workout): Hard ride", "nl": "phone: verstuurd (training): Hard ride"}[language]
    ]


def test_a_refusal_says_why_and_when_it_is_tried_again_and_in_the_end_that_it_was_too_late(
    pipeline: Pipeline, language: Language, caplog: pytest.LogCaptureFixture
) -> None:
    pipeline.notifier.answer = lambda _target, _message: DOWN
    assert sender(pipeline).step()
    (again,) = lines(caplog)
    pipeline.clock.move(timedelta(minutes=11))
    assert not sender(pipeline).step()
    (late,) = lines(caplog)
    if language == "en":
        assert again.startswith(
            "phone: not delivered (workout): the server answered 503 (it is in trouble itself); again in "
        )
        assert late == "phone: not delivered in time (workout): the server answered 503 (it is in trouble itself)"
    else:
        assert again.startswith(
            "phone: niet bezorgd (training): de server antwoordde 503 (hij heeft zelf problemen); opnieuw"
        )
        assert late == "phone: niet op tijd bezorgd (training): de server antwoordde 503 (hij heeft zelf problemen)"


def test_what_was_never_tried_in_its_time_is_not_sent(
    pipeline: Pipeline, language: Language, caplog: pytest.LogCaptureFixture
) -> None:
    pipeline.clock.move(timedelta(minutes=11))
    assert not sender(pipeline).step()
    english = "phone: not sent (workout): its time had passed"
    assert lines(caplog) == [
        {"en": english, "nl": "phone: niet verstuurd (training): de tijd ervoor was voorbij"}[language]
    ]


def test_what_was_cancelled_while_it_was_refused_is_not_tried_again(
    pipeline: Pipeline, language: Language, caplog: pytest.LogCaptureFixture
) -> None:
    def cancel(_target: str, _message: Message) -> SendResult:
        pipeline.outbox.cancel_other_targets([], now=pipeline.clock.now())
        return SendResult(ok=False)

    pipeline.notifier.answer = cancel
    assert sender(pipeline).step()
    english = "phone: not delivered (workout): it did not say why; not needed any more"
    dutch = "phone: niet bezorgd (training): zonder opgegeven reden; niet meer nodig"
    assert lines(caplog) == [{"en": english, "nl": dutch}[language]]
    (row,) = pipeline.rows()
    assert (row.state, row.reason) == ("cancelled", Line("delivery.target_gone"))


def test_a_notifier_that_breaks_its_promise_is_told_and_the_message_is_tried_once_more(
    pipeline: Pipeline, language: Language, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_target: str, _message: Message) -> SendResult:
        raise RuntimeError("of a plugin")

    pipeline.notifier.answer = fail
    assert sender(pipeline).step()
    fault, again = lines(caplog)
    assert fault.startswith({"en": "phone: the notifier failed", "nl": "phone: het versturen faalde"}[language])
    assert ("training" if language == "nl" else "workout") in again
    (row,) = pipeline.rows()
    assert (row.state, row.reason) == ("unknown", Line("delivery.notifier_failed")), "nobody knows what it did"


def test_in_quiet_hours_nothing_leaves_and_nothing_is_said(
    pipeline: Pipeline, caplog: pytest.LogCaptureFixture
) -> None:
    zone = pipeline.clock.zone()
    local = NOON.astimezone(zone)
    quiet = QuietHours((local - timedelta(hours=1)).time(), (local + timedelta(hours=1)).time())
    waiting = TargetSender(pipeline.store, pipeline.notifier, "phone", pipeline.clock, quiet)
    assert not waiting.step()
    assert waiting.wait_s() == 30
    assert lines(caplog) == []
    assert pipeline.notifier.tried == 0
