"""Whatever keeps us from the broker is told in words of ours, and nothing of the address is in them."""

import errno
import socket
import ssl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hersteld.config.texts.speech import said
from hersteld.daemon.home_assistant.refusals import LASTING, reason_of_code, reason_of_error


@pytest.mark.parametrize(
    ("error", "id_"),
    [
        (ConnectionRefusedError(errno.ECONNREFUSED, "s3cret"), "delivery.refused_connection"),
        (socket.gaierror(-2, "s3cret"), "delivery.name_unknown"),
        (UnicodeError("s3cret: label too long"), "delivery.name_unknown"),
        (TimeoutError("s3cret"), "home_assistant.no_answer"),
        (ssl.SSLCertVerificationError("s3cret"), "delivery.not_secure"),
        (ssl.SSLZeroReturnError("s3cret"), "delivery.not_secure"),
        (OSError(errno.ENETUNREACH, "s3cret"), "delivery.unreachable"),
        (OSError(errno.EHOSTUNREACH, "s3cret"), "delivery.unreachable"),
        (ConnectionResetError(errno.ECONNRESET, "s3cret"), "delivery.broken_off"),
        (OSError("s3cret"), "delivery.no_connection"),
        (ValueError("s3cret"), "delivery.no_connection"),
        (MemoryError(), "delivery.no_connection"),
    ],
)
def test_an_error_has_its_words(error: BaseException, id_: str) -> None:
    reason = reason_of_error(error)
    assert reason.id == id_
    assert "s3cret" not in said(reason)


@given(code=st.integers(0x80, 0xFF))
def test_whatever_the_broker_answers_there_are_words_for_it(code: int) -> None:
    assert said(reason_of_code(code))


@pytest.mark.parametrize(("code", "lasts"), [(0x85, True), (0x86, True), (0x87, True), (0x8A, True), (0x88, False)])
def test_what_somebody_has_to_mend_is_told_from_what_passes(code: int, *, lasts: bool) -> None:
    assert (reason_of_code(code).id in LASTING) == lasts
