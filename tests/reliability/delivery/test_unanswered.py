"""A message that left whole and was not answered is known as such, and tried once more; a refusal is none."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hersteld.daemon.database.connection import Store
from hersteld.daemon.delivery.call_process import CallProcess
from hersteld.daemon.delivery.message import Message, SendResult
from hersteld.daemon.outbox.queue import Outbox
from hersteld.daemon.outbox.tries import UNANSWERED
from hersteld.parsers.line import Line
from tests.support.faults.misbehaving import Behaviour, Misbehaving, answer, gush, hang, reset
from tests.support.messages import a_message
from tests.support.receivers import free_port

MESSAGE = Message("Zware rit", "Rustig aan tot morgen.", "workout-1")
BEGAN = datetime(2026, 5, 1, 12, tzinfo=UTC)


def cut(server: Misbehaving, connection: socket.socket) -> None:
    """Say that it is accepted, and break off in the middle of saying so."""
    del server
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")


@pytest.mark.parametrize(
    ("behaviour", "is_unanswered"),
    [(hang, True), (reset, True), (cut, True), (gush, False), (answer(429), False), (answer(503), False)],
)
def test_only_silence_after_the_request_leaves_it_unknown(behaviour: Behaviour, is_unanswered: bool) -> None:
    with Misbehaving(behaviour) as server:
        result = CallProcess(server.url, timeout_s=4).call(MESSAGE)
        assert (result.ok, result.is_unanswered, len(server.bodies)) == (False, is_unanswered, 1)


def test_an_answer_after_twelve_seconds_is_an_acceptance() -> None:
    def late(server: Misbehaving, connection: socket.socket) -> None:
        server.closing.wait(12)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")

    with Misbehaving(late) as server:
        assert CallProcess(server.url).call(MESSAGE).ok
        assert len(server.bodies) == 1


def test_a_connection_that_is_refused_is_a_refusal() -> None:
    result = CallProcess(f"json://127.0.0.1:{free_port()}").call(MESSAGE)
    assert result == SendResult(ok=False, reason=Line("delivery.refused_connection"))


@contextmanager
def mail_server(dies_at: str) -> Iterator[tuple[str, list[bytes]]]:
    """A mail server that takes one mail, and says nothing more from one step on; yield its address and the mail."""
    mail: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            connection, _ = listener.accept()
            with connection, connection.makefile("rb") as lines:
                connection.sendall(b"220 here\r\n")
                for line in lines:
                    word = line[:4].upper().decode()
                    if word == dies_at:
                        return
                    if word != "DATA":
                        connection.sendall(b"250 yes\r\n")
                        continue
                    connection.sendall(b"354 go on\r\n")
                    mail.append(b"".join(iter(lines.readline, b".\r\n")))
                    if dies_at == "answer":
                        return
                    connection.sendall(b"250 taken\r\n")

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        port = listener.getsockname()[1]
        yield f"mailto://127.0.0.1:{port}?from=a@example.org&to=b@example.org&mode=insecure&smtp=127.0.0.1", mail
        thread.join(10)


@pytest.mark.parametrize(
    ("dies_at", "ok", "is_unanswered", "arrived"),
    [
        ("MAIL", False, False, 0),
        ("RCPT", False, False, 0),
        ("DATA", False, False, 0),
        ("answer", False, True, 1),
        ("QUIT", True, False, 1),
    ],
)
def test_mail_is_unknown_only_between_its_end_and_the_answer(
    dies_at: str,
    ok: bool,
    is_unanswered: bool,
    arrived: int,
) -> None:
    with mail_server(dies_at) as (url, mail):
        result = CallProcess(url, timeout_s=6).call(MESSAGE)
    assert (result.ok, result.is_unanswered, len(mail)) == (ok, is_unanswered, arrived)


@pytest.mark.parametrize("second", ["unanswered", "refused", "stopped"])
def test_what_was_not_answered_is_tried_once_more_after_five_minutes(tmp_path: Path, second: str) -> None:
    with Store(tmp_path / "hersteld.db") as store:
        outbox = Outbox(store)
        outbox.queue("a", None, [a_message("first", "t", "b", BEGAN, BEGAN + timedelta(hours=9))], ["x"], now=BEGAN)
        first = outbox.claim("x", now=BEGAN)
        assert first is not None
        outbox.record_unanswered(first.id, now=BEGAN)
        assert outbox.claim("x", now=BEGAN + timedelta(seconds=299)) is None
        again = BEGAN + timedelta(seconds=300)
        assert outbox.claim("x", now=again) is not None
        if second == "unanswered":
            outbox.record_unanswered(first.id, now=again)
        elif second == "refused":
            outbox.record_refused(first.id, Line("delivery.no_connection"), now=again)
        else:
            outbox.recover(now=again)
        row = outbox.row(first.id)
        assert (row.state, row.reason, row.attempts) == ("failed", UNANSWERED, 2)
        assert outbox.claim("x", now=again + timedelta(hours=1)) is None
