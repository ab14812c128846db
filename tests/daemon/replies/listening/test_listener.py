"""The service hears of taps by a process of its own, and whatever becomes of that, the service goes on."""

import logging
import os
import signal
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic import SecretStr

from hersteld.config.settings import Target
from hersteld.daemon.replies.listening.listener import ReplyListener, faults_of
from hersteld.daemon.replies.listening.pace import Pace
from hersteld.daemon.replies.tokens import COUNTS_FOR, Reply, Tokens
from tests.support.machine.process import wait_until
from tests.support.ntfy.server import NtfyServer

TOPIC = "w8woord-topic"
READER = "tk_g3heim"
KEY, IDENTITY = bytes(32), "a database"
QUICK = Pace(silent_s=5.0, first_s=0.1, last_s=0.3, refused_s=0.3)


@pytest.fixture
def ntfy() -> Iterator[NtfyServer]:
    with NtfyServer(readers={TOPIC: READER}) as server:
        yield server


def target(ntfy: NtfyServer, *, name: str = "phone", token: str = READER) -> Target:
    reply = SecretStr(f"{ntfy.url}/{TOPIC}")
    return Target(name, SecretStr(ntfy.target("anna")), reply=reply, reply_token=SecretStr(token))


def token(workout_id: int) -> str:
    """Return a new token; it holds the second in which it ends, so that the next one may be another."""
    return Tokens(KEY, IDENTITY).made(Reply(workout_id, 8, datetime.now(UTC) + COUNTS_FOR))


class Listening:
    """A listener, and how often it woke somebody."""

    def __init__(self, *targets: Target) -> None:
        self.woken = threading.Semaphore(0)
        self.listener = ReplyListener(targets, KEY, IDENTITY, self.woken.release, pace=QUICK)

    def __enter__(self) -> "Listening":
        self.listener.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.listener.close()

    def take(self) -> str:
        """Wait until somebody is woken; return the token of the first tap, and be done with it."""
        assert self.woken.acquire(timeout=30)
        tap = self.listener.first()
        assert tap is not None
        self.listener.done(tap)
        return tap.token


def children() -> set[int]:
    """Return the processes that this one has started and that still are."""
    return {int(child) for task in Path("/proc/self/task").glob("*/children") for child in task.read_text().split()}


def open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def test_a_tap_wakes_and_stays_until_it_is_done(ntfy: NtfyServer) -> None:
    with Listening(target(ntfy)) as listening:
        ntfy.publish(TOPIC, one := token(1))
        assert listening.woken.acquire(timeout=30)
        tap, again = listening.listener.first(), listening.listener.first()
        assert tap is not None
        assert tap.token == one
        assert again == tap, "a database that was locked is tried again"
        listening.listener.done(tap)
        assert listening.listener.first() is None


def test_it_leaves_no_process_and_no_descriptor_behind(ntfy: NtfyServer) -> None:
    before, open_before = children(), open_files()
    with Listening(target(ntfy)) as listening:
        ntfy.publish(TOPIC, token(1))
        listening.take()
        assert len(children() - before) == 1
    assert children() == before
    # The server, which is in this process, notices a little later that its reader has gone.
    wait_until(lambda: open_files() == open_before, "what was opened to be closed")


def test_a_process_that_dies_is_replaced(ntfy: NtfyServer) -> None:
    before = children()
    with Listening(target(ntfy)) as listening:
        ntfy.publish(TOPIC, one := token(1))
        assert listening.take() == one
        (reader,) = children() - before
        os.kill(reader, signal.SIGKILL)
        ntfy.publish(TOPIC, two := token(2))
        # It reads again what may have been lost; a token that was used already is known by the database.
        assert [listening.take(), listening.take()] == [one, two]


def test_two_topics_are_read_and_one_that_refuses_holds_up_no_other(
    ntfy: NtfyServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    with Listening(target(ntfy, name="refused", token="tk_wrong"), target(ntfy)) as listening:
        ntfy.publish(TOPIC, one := token(1))
        assert listening.take() == one
        wait_until(lambda: "refused: answers" in caplog.text, "the refusal to be logged")
        wait_until(lambda: len(ntfy.asked) > 6, "some more refusals")
    assert caplog.text.count("refused: answers by a tap are not heard") == 1, "once for as long as it lasts"
    assert "phone: answers by a tap are heard" in caplog.text
    assert not [secret for secret in (TOPIC, READER, "tk_wrong", one) if secret in caplog.text]


def test_that_it_hears_again_is_said(ntfy: NtfyServer, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    with Listening(target(ntfy)) as listening:
        wait_until(lambda: "phone: answers by a tap are heard" in caplog.text, "it to listen")
        ntfy.down()
        wait_until(lambda: "not heard for now" in caplog.text, "the fault to be logged")
        ntfy.up()
        wait_until(lambda: "heard again" in caplog.text, "the end of the fault to be logged")
        ntfy.publish(TOPIC, one := token(1))
        assert listening.take() == one


def test_where_no_process_can_be_started_it_stops_all_the_same(
    ntfy: NtfyServer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("sys.executable", "/nowhere/python")
    with Listening(target(ntfy)) as listening:
        wait_until(lambda: "not heard for now" in caplog.text, "the fault to be logged")
        assert listening.listener.first() is None


def test_what_stands_in_no_list_of_processes(ntfy: NtfyServer) -> None:
    before = children()
    with Listening(target(ntfy)) as listening:
        ntfy.publish(TOPIC, token(1))
        listening.take()
        (reader,) = children() - before
        seen = Path(f"/proc/{reader}/cmdline").read_bytes() + Path(f"/proc/{reader}/environ").read_bytes()
        assert not [secret for secret in (TOPIC, READER, KEY.hex()) if secret.encode() in seen]


def test_whether_topics_can_be_read_now_is_told_of_each(ntfy: NtfyServer) -> None:
    faults = faults_of([target(ntfy), target(ntfy, name="wrong", token="tk_wrong")])
    assert faults["phone"] is None
    wrong = faults["wrong"]
    assert wrong is not None
    assert wrong.values["code"] == 401
    ntfy.down()
    down = faults_of([target(ntfy)])["phone"]
    assert down is not None
    assert down.id == "delivery.refused_connection"
    assert faults_of([]) == {}
