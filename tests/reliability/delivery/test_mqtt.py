"""MQTT, with a real broker: a message counts as sent when the broker says so, and not before."""

import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

import pytest
from pydantic import SecretStr

from hersteld.config.settings import Target
from hersteld.daemon.database.connection import Store
from hersteld.daemon.delivery.notifiers import AppriseNotifier, Message, SendResult
from hersteld.daemon.delivery.sender import TargetSender
from hersteld.daemon.outbox.queue import Outbox
from hersteld.daemon.system.clock import ManualClock
from tests.support.machine.components import require
from tests.support.machine.process import Program, wait_until
from tests.support.measured.figures import Measured
from tests.support.messages import a_message
from tests.support.receivers import SECRETS, free_port
from tests.support.sentences import sentence

MESSAGE = Message("Zware rit", "Rustig aan tot morgen.\nDrink 1,5 l.", "workout-1")
TOPIC = "anna/herstel"


class Broker:
    """mosquitto with one user, and somebody who listens."""

    def __init__(self, folder: Path) -> None:
        self.heard_before: list[str] = []
        self.port = free_port()
        self._program = require("mosquitto")
        self._folder = folder
        passwords = folder / "passwords"
        subprocess.run([require("mosquitto_passwd"), "-b", "-c", passwords, "anna", SECRETS[0]], check=True)
        self._config = folder / "mosquitto.conf"
        self._config.write_text(
            f"listener {self.port} 127.0.0.1\nuser root\nlog_type all\n"
            f"allow_anonymous false\npassword_file {passwords}\n"
        )
        self._listener = require("mosquitto_sub")
        self._running: list[Program] = []
        self.up()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.down()

    @property
    def url(self) -> str:
        return f"mqtt://anna:{SECRETS[0]}@127.0.0.1:{self.port}/{TOPIC}"

    @property
    def heard(self) -> list[str]:
        """The messages that the listener got, as text."""
        lines = self._running[1].stdout_lines if self._running else []
        payloads = [line.removeprefix("heard ") for line in lines if line.startswith("heard ")]
        return [*self.heard_before, *(bytes.fromhex(payload).decode() for payload in payloads)]

    def up(self) -> None:
        """Start it, on the same port as before, and listen."""
        broker = Program([self._program, "-c", self._config], environment={}, folder=self._folder)
        self._running.append(broker)
        broker.wait_for_line("running")
        words = f"-p {self.port} -u anna -P {SECRETS[0]} -q 1 -t {TOPIC} -F".split()
        listener = Program([self._listener, *words, "heard %x"], environment={}, folder=self._folder)
        self._running.append(listener)
        broker.wait_for_line("Sending SUBACK")

    def down(self) -> None:
        """Stop it."""
        self.heard_before = self.heard
        for program in reversed(self._running):
            program.stop()
        self._running = []


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Broker]:
    with Broker(tmp_path) as made:
        yield made


def to(url: str) -> AppriseNotifier:
    return AppriseNotifier([Target("home", SecretStr(url))])


def test_a_message_reaches_whoever_listens(broker: Broker) -> None:
    assert to(broker.url).send("home", MESSAGE) == SendResult(ok=True)
    wait_until(lambda: broker.heard, "the message")
    assert [text.replace("\r\n", "\n") for text in broker.heard] == [f"{MESSAGE.title}\n{MESSAGE.body}"]


def test_a_wrong_password_is_a_failure_in_plain_words(broker: Broker) -> None:
    delivery = to(broker.url.replace(SECRETS[0], "w8woord-van-vroeger")).send("home", MESSAGE)
    assert sentence(delivery.reason) == "the broker did not take the message; are user, password and topic right?"
    assert broker.heard == []


@pytest.mark.figures("an MQTT broker is down", "{messages} messages: lost 0, repeated {repeated}")
def test_a_broker_that_was_down_gets_the_message_once_when_it_is_back(
    broker: Broker, tmp_path: Path, measured: Measured
) -> None:
    now = datetime(2026, 5, 6, 12, tzinfo=UTC)
    clock = ManualClock(now)
    with Store(tmp_path / "a.db") as store:
        outbox = Outbox(store)
        letters = [a_message(rule, rule, "b", now, now + timedelta(hours=4)) for rule in ("first", "second", "third")]
        outbox.queue("a", None, letters[:1], ["home"], now=now)
        courier = TargetSender(store, to(broker.url), "home", clock)
        assert courier.step()
        broker.down()
        outbox.queue("a", None, letters[1:], ["home"], now=now)
        for _ in range(3):
            courier.step()
            clock.move(timedelta(minutes=5))
        refused = outbox.rows("state = 'pending' AND attempts > 0")
        assert {sentence(row.reason) for row in refused} <= {
            "the server refused the connection",
            "the broker did not take the message; are user, password and topic right?",
        }
        assert refused
        broker.up()
        while courier.step():
            pass
        assert {row.state for row in outbox.rows()} == {"sent"}
        wait_until(lambda: len(broker.heard) == 3, "the three messages")
    assert sorted(text.splitlines()[0] for text in broker.heard) == ["first", "second", "third"]
    measured(messages=len(letters), repeated=len(broker.heard) - len(letters))
