"""A message that left whole and was not answered is known as such, of whatever kind its receiver is; a refusal is none.

Each kind of failure is met by a real call to a real server on the loopback, and looked up in the outbox afterwards.
"""

import os
import signal
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hersteld.daemon.database.connection import Store
from hersteld.daemon.delivery.call_process import CallProcess
from hersteld.daemon.delivery.message import Message, SendResult
from hersteld.daemon.delivery.pictures.ways import Way
from hersteld.daemon.delivery.sender import TargetSender
from hersteld.daemon.outbox.queue import Outbox
from hersteld.daemon.system.clock import ManualClock
from tests.daemon.delivery.test_call_process import children
from tests.support.faults.misbehaving import Behaviour, Misbehaving, answer, drip, gush, hang, reset
from tests.support.faults.silent import broker, mail_server
from tests.support.measured.figures import Measured
from tests.support.messages import a_message
from tests.support.receivers import SECRETS, SmtpReceiver, free_port

SILENCES = pytest.mark.figures(
    "a message was sent and not answered", "{unknown} kinds of silence: none tried a third time"
)
REFUSALS = pytest.mark.figures("it is refused: no connection", "{pending} kinds: all tried again")
ACCEPTED = pytest.mark.figures("a receiver accepts a message after 12 s", "{sent} accepted: repeated {repeated}")

BEGAN = datetime(2026, 5, 1, 12, tzinfo=UTC)
BOTH = ("b@example.org", "c@example.org")


class Phone:
    """One target, and a call to it that waits for less long."""

    def __init__(self, url: str, *, timeout_s: float = 3) -> None:
        self._process = CallProcess(url, timeout_s=timeout_s)

    def targets(self) -> tuple[str, ...]:
        return ("phone",)

    def send(self, target: str, message: Message) -> SendResult:
        del target
        return self._process.call(message)

    def picture_way(self, target: str) -> Way:
        del target
        return Way.NONE

    def start_early(self) -> None:
        """Need nothing to be prepared."""


def told(url: str, folder: Path) -> str:
    """Send a message once, and return the state in which the outbox has it then."""
    with Store(folder / "hersteld.db") as store:
        outbox = Outbox(store)
        letter = a_message("first", "Zware rit", "Rustig aan tot morgen.", BEGAN, BEGAN + timedelta(hours=9))
        outbox.queue("a", None, [letter], ["phone"], now=BEGAN)
        assert TargetSender(store, Phone(url), "phone", ManualClock(BEGAN)).step()
        (row,) = outbox.rows()
        assert (row.tries_left == 1) == (row.state == "unknown")
        return row.state


def cut(server: Misbehaving, connection: socket.socket) -> None:
    """Say that it is accepted, and break off in the middle of saying so."""
    del server
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")


def gush_yes(server: Misbehaving, connection: socket.socket) -> None:
    """Say yes, and then more than can be read."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n")
    while not server.closing.is_set():
        connection.sendall(b"x" * 2**20)


def kill_caller(server: Misbehaving, connection: socket.socket) -> None:
    """End the process that has sent the message, as the system does that lacks memory."""
    del server, connection
    for pid in children(os.getpid()):
        os.kill(pid, signal.SIGKILL)


@SILENCES
@REFUSALS
@pytest.mark.parametrize(
    ("behaviour", "state"),
    [
        (answer(200), "sent"),
        (hang, "unknown"),
        (reset, "unknown"),
        (cut, "unknown"),
        (drip, "unknown"),
        (gush_yes, "unknown"),
        (kill_caller, "unknown"),
        (gush, "pending"),
        (answer(401), "pending"),
        (answer(429), "pending"),
        (answer(503), "pending"),
    ],
    ids=["200", "hang", "reset", "cut", "drip", "gush-200", "killed", "gush-500", "401", "429", "503"],
)
def test_of_a_web_server_only_silence_after_the_request_leaves_it_unknown(
    behaviour: Behaviour, state: str, tmp_path: Path, measured: Measured
) -> None:
    with Misbehaving(behaviour) as server:
        assert (told(server.url, tmp_path), len(server.bodies)) == (state, 1)
        measured(**{state: 1})


@REFUSALS
@pytest.mark.parametrize("behaviour", [hang, reset, kill_caller], ids=["hang", "reset", "killed"])
@pytest.mark.parametrize("service", ["rocket", "matrix"])
def test_a_login_that_is_not_answered_is_a_refusal(
    service: str, behaviour: Behaviour, tmp_path: Path, measured: Measured
) -> None:
    with Misbehaving(behaviour) as server:
        url = f"{service}://anna:{SECRETS[0]}@127.0.0.1:{server.port}/%23looproute"
        assert told(url, tmp_path) == "pending"
        assert server.bodies
        assert not any(b"Rustig" in body for body in server.bodies)
        measured(pending=1)


@contextmanager
def greeted_by_a_kill() -> Iterator[str]:
    """Listen for TLS; end the process that connects before its message can leave."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            with listener.accept()[0]:
                for pid in children(os.getpid()):
                    os.kill(pid, signal.SIGKILL)

        thread = threading.Thread(target=serve)
        thread.start()
        yield f"jsons://127.0.0.1:{listener.getsockname()[1]}"
        thread.join()


@REFUSALS
def test_what_failed_before_the_message_left_is_a_refusal(tmp_path: Path, measured: Measured) -> None:
    with Misbehaving(answer(200), certificate=tmp_path) as unsigned, greeted_by_a_kill() as killed:
        urls = {
            "port": f"json://127.0.0.1:{free_port()}",
            "name": "json://nowhere.invalid",
            "tls": unsigned.url,
            "killed": killed,
            "mail port": f"mailto://127.0.0.1:{free_port()}?from=a@example.org&to=b@example.org&mode=insecure",
            "mqtt port": f"mqtt://127.0.0.1:{free_port()}/a",
        }
        states = {}
        for kind, url in urls.items():
            (tmp_path / kind).mkdir()
            states[kind] = told(url, tmp_path / kind)
    assert states == dict.fromkeys(urls, "pending")
    assert unsigned.bodies == []
    measured(pending=len(states))


@ACCEPTED
@SILENCES
@REFUSALS
@pytest.mark.parametrize(
    ("answers", "state", "arrived"),
    [
        ({}, "sent", 1),
        ({"QUIT": ""}, "sent", 1),
        ({".": ""}, "unknown", 1),
        ({".": "..."}, "unknown", 1),
        ({".": "451 later"}, "pending", 1),
        ({".": "554 no"}, "pending", 1),
        ({"MAIL": ""}, "pending", 0),
        ({"RCPT": ""}, "pending", 0),
        ({"RCPT": "550 who"}, "pending", 0),
        ({"RCPT": "..."}, "pending", 0),
        ({"DATA": ""}, "pending", 0),
        ({"DATA": "451 later"}, "pending", 0),
    ],
)
def test_mail_is_unknown_only_between_its_end_and_the_answer(
    answers: dict[str, str], state: str, arrived: int, tmp_path: Path, measured: Measured
) -> None:
    with mail_server(answers) as server:
        assert (told(server.url, tmp_path), len(server.messages)) == (state, arrived)
        measured(**{state: 1})


@pytest.mark.figures("one of several recipients of mail", "{unknown} kinds: each sent once more at most")
@pytest.mark.parametrize(
    ("answers", "state", "arrived"),
    [
        ({}, "sent", 2),
        ({"RCPT": "550 who"}, "unknown", 1),  # to go on would repeat it for hours to the one who has it
        ({"MAIL": ""}, "unknown", 1),
        ({"RSET": "", "RCPT": ""}, "unknown", 1),
    ],
)
def test_mail_that_one_of_two_has_is_not_repeated_for_hours(
    answers: dict[str, str], state: str, arrived: int, tmp_path: Path, measured: Measured
) -> None:
    with mail_server(answers, to=BOTH) as server:
        assert (told(server.url, tmp_path), len(server.messages)) == (state, arrived)
        measured(**{state: 1})


@REFUSALS
def test_mail_with_a_wrong_password_is_a_refusal(tmp_path: Path, measured: Measured) -> None:
    with SmtpReceiver() as server:
        assert told(server.url.replace(SECRETS[0], "w8woord-van-vroeger"), tmp_path) == "pending"
        assert server.mails == []
        measured(pending=1)


@SILENCES
@REFUSALS
@pytest.mark.parametrize(
    ("at_connect", "at_publish", "state"),
    [
        (b"\x20\x02\x00\x00", "ack", "sent"),
        (b"\x20\x02\x00\x00", "silence", "unknown"),
        (b"\x20\x02\x00\x00", "end", "unknown"),
        (b"\x20\x02\x00\x05", "ack", "pending"),
    ],
    ids=["acknowledged", "silence", "end", "not-let-in"],
)
def test_over_mqtt_it_is_unknown_only_between_the_message_and_its_acknowledgement(
    at_connect: bytes, at_publish: str, state: str, tmp_path: Path, measured: Measured
) -> None:
    with broker(at_connect, at_publish) as server:
        assert told(server.url, tmp_path) == state
        assert len(server.messages) == (state != "pending"), "never twice in one call"
        measured(**{state: 1})


@ACCEPTED
def test_an_answer_after_twelve_seconds_is_an_acceptance_whatever_the_receiver(measured: Measured) -> None:
    """One time for all: no library gives up sooner than the 30 s that are promised."""

    def late(server: Misbehaving, connection: socket.socket) -> None:
        server.closing.wait(12)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")

    message = Message("Zware rit", "Rustig aan tot morgen.", "workout-1")
    with ExitStack() as stack:
        web = stack.enter_context(Misbehaving(late))
        mail = stack.enter_context(mail_server({}, pause_s=2.6))  # five answers
        slow_end = stack.enter_context(mail_server({"QUIT": ""}, pause_s=12, only="."))
        mqtt = stack.enter_context(broker(pause_s=12))
        pool = stack.enter_context(ThreadPoolExecutor(4))
        calls = [CallProcess(url).call for url in (web.url, mail.url, slow_end.url, mqtt.url)]
        assert [result.ok for result in pool.map(lambda call: call(message), calls)] == [True] * 4
        arrived = [len(web.bodies), *(len(one.messages) for one in (mail, slow_end, mqtt))]
        assert arrived == [1] * 4
        measured(sent=len(calls), repeated=sum(arrived) - len(calls))
