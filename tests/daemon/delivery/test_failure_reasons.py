"""What a library or a server says becomes a reason of ours, in both languages and without a word of theirs."""

import re
from datetime import UTC

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hersteld.config.settings import LANGUAGES
from hersteld.config.texts.catalogue import load_texts
from hersteld.daemon.delivery.failure_reasons import (
    _ANSWERS,
    _SIGNS,
    DESKTOP_IDS,
    UNANSWERED,
    may_be_of_picture,
    no_answer_within,
    reason_of,
)
from hersteld.parsers.line import Line

CODES = sorted({*_ANSWERS, 418, 500, 503})


def of(*log_lines: str, status: str = "FAILURE") -> Line:
    return reason_of(status, log_lines, 30)


@pytest.mark.parametrize(
    ("log_line", "id_"),
    [
        ("A Connection error occurred: [Errno 111] Connection refused", "delivery.refused_connection"),
        ("socket.gaierror: [Errno -2] Name or service not known", "delivery.name_unknown"),
        ("[Errno 101] Network is unreachable", "delivery.unreachable"),
        ("SSLCertVerificationError: self-signed", "delivery.not_secure"),
        ("Connection reset by peer", "delivery.broken_off"),
        ("Read timed out.", "delivery.answered_late"),
        ("An MQTT message could not be delivered", "delivery.broker_refused"),
        ("SMTP AUTH extension not supported by server.", "delivery.takes_no_password"),
        ("A Connection error occurred", "delivery.no_connection"),
        ("Notification Exception: ", "delivery.answer_too_long"),
        ("who knows", "delivery.not_accepted"),
    ],
)
def test_what_a_library_logs_is_a_reason_of_ours(log_line: str, id_: str) -> None:
    assert of("Sending", log_line) == Line(id_)


@pytest.mark.parametrize(
    ("log_line", "expected"),
    [
        ("Failed to send: error=401.", ("delivery.server_answered", 401, "not_allowed")),
        ("Failed, error: 503", ("delivery.server_answered", 503, "in_trouble")),
        ("error = 418", ("delivery.server_answered", 418, "without_reason")),
        ("(550, b'5.1.1 anna is unknown')", ("delivery.mail_server_answered", 550, "recipient_unknown")),
        ("refused: 535 authentication", ("delivery.mail_server_answered", 535, "not_allowed")),
        ("(554, b'spam')", ("delivery.mail_server_answered", 554, "without_reason")),
    ],
)
def test_the_code_of_an_answer_is_told_with_what_it_means(log_line: str, expected: tuple[str, int, str]) -> None:
    id_, code, words = expected
    assert of(log_line) == Line(id_, {"code": code, "words": words})


def test_an_answer_counts_more_than_what_came_of_it_and_its_own_words_for_nothing() -> None:
    assert of("connection reset by peer", "error=429").values["code"] == 429
    assert of("Response Details:\r\nconnection refused, certificate, timeout") == Line("delivery.not_accepted")


def test_a_call_that_was_given_up_says_how_long_it_was_waited_for() -> None:
    assert of(status="TIMEOUT") == no_answer_within(30) == Line("delivery.no_answer_within", {"seconds": 30})


@pytest.mark.parametrize("id_", DESKTOP_IDS)
def test_our_own_plugin_is_taken_at_its_word_and_nobody_else(id_: str) -> None:
    assert of("error=500", id_) == Line(id_)
    assert of(f"{id_} and more") == Line("delivery.not_accepted")


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("said", ["error={}", "({}, b'')"])
def test_every_answer_is_said_in_every_language_with_its_code(code: int, said: str) -> None:
    reason = of(said.format(code))
    sentences = {load_texts(language).sentence(reason, UTC) for language in LANGUAGES}
    assert len(sentences) == len(LANGUAGES)
    if reason.values:
        assert {re.findall(r"\d+", sentence)[0] for sentence in sentences} == {str(code)}


def test_every_word_for_an_answer_is_one_of_the_list_and_every_sign_has_a_text() -> None:
    texts = load_texts("en")
    assert set(_ANSWERS.values()) <= set(texts.words["delivery.answer"])
    assert {id_ for _, id_ in _SIGNS} <= set(texts.templates)


SECRET = "geheim-w8woord"
BEFORE = st.sampled_from(["", "error=401 ", "(550, ", "ssl "])
OURS = {*_ANSWERS.values(), "in_trouble", "without_reason"}


@given(st.lists(st.text(max_size=40)), st.sampled_from(["FAILURE", "TIMEOUT"]), BEFORE)
def test_nothing_of_an_address_gets_into_a_reason(log_lines: list[str], status: str, before: str) -> None:
    reason = reason_of(status, [*log_lines, f"{before}ntfys://user:{SECRET}@example.org/{SECRET}"], 30)
    assert SECRET not in repr(reason)
    assert "example.org" not in repr(reason)
    assert all(isinstance(value, int | float) or value in OURS for value in reason.values.values())


@pytest.mark.parametrize(
    ("reason", "is_possible"),
    [
        (None, True),
        (Line("delivery.server_answered", {"code": 400}), True),
        (Line("delivery.server_answered", {"code": 403}), True),
        (Line("delivery.server_answered", {"code": 413}), True),
        (Line("delivery.mail_server_answered", {"code": 552}), True),
        (Line("delivery.broken_off"), True),
        (Line("delivery.not_accepted"), True),
        (Line("delivery.plugin_failed"), True),
        (Line("delivery.server_answered", {"code": 401}), False),
        (Line("delivery.mail_server_answered", {"code": 535}), False),
        (Line("delivery.refused_connection"), False),
        (Line("delivery.name_unknown"), False),
        (UNANSWERED, False),
    ],
)
def test_a_way_that_is_closed_and_a_wrong_password_are_no_matter_of_a_picture(
    reason: Line | None, is_possible: bool
) -> None:
    assert may_be_of_picture(reason) is is_possible


def test_a_code_that_adds_two_digits_to_a_status_is_that_status() -> None:
    line = "Failed to send ntfy notification to topic 'anna': attachments not allowed, error=40014."
    assert reason_of("FAILURE", [line], 30) == Line(
        "delivery.server_answered", {"code": 400, "words": "not_understood"}
    )
