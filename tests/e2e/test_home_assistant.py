"""The installed `hersteld run` and a real broker: Home Assistant sees what status says, whatever the broker does."""

import json
import signal
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.reliability.security.test_secrets import processes
from tests.support.home import Home
from tests.support.machine.process import Program, wait_until
from tests.support.mqtt.broker import Broker
from tests.support.mqtt.listener import Listener
from tests.support.receivers import HttpReceiver

MOST_MIB = 120
PASSWORDS = {"anna": "s3cretOfAnna99", "bob": "s3cretOfBob99", "home": "s3cretOfHome99"}


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Broker]:
    with Broker(tmp_path, users=PASSWORDS) as made:
        yield made


@pytest.fixture
def phone() -> Iterator[HttpReceiver]:
    with HttpReceiver() as receiver:
        yield receiver


def home_of(name: str, folder: Path, broker: Broker, phone: HttpReceiver) -> Home:
    """Return the home of an athlete whose broker's address stands in a file of its own."""
    home = Home(folder / name, phone.url)
    home.configure(experience="trained")
    home.words += ["--set", "watch.poll_every_s=5"]
    address = home.folder / "broker"
    address.touch(mode=0o600)
    address.write_text(f"mqtt://{name}:{PASSWORDS[name]}@127.0.0.1:{broker.port}\n")
    with home.config.open("a", encoding="utf-8") as config:
        config.write(f'[home_assistant]\nbroker_file = "broker"\nnode_id = "{name}"\n')
    return home


def listening(broker: Broker) -> Listener:
    return Listener(broker, user="home", password=PASSWORDS["home"])


def has_workout(listener: Listener, name: str) -> bool:
    state = listener.last(f"hersteld/{name}/state")
    return state is not None and state["last_workout"] is not None


def agrees(home: Home, state: dict[str, Any]) -> bool:
    """Return whether the sensors say what `status` and `history` do."""
    status, workouts = home.ask("status"), home.ask("history")["workouts"]
    # A message, and so a sensor, names no hour of the night.
    late_s = (datetime.fromisoformat(state["ready_at"]) - datetime.fromisoformat(status["ready_at"])).total_seconds()
    assert 0 <= late_s < 12 * 3600
    loads = (state["last_workout_load"], state["load_today"])
    return loads == (round(status["last_workout"]["load"]), round(sum(one["load"] for one in workouts)))


def test_home_assistant_sees_what_status_says_whatever_becomes_of_the_broker(
    tmp_path: Path, broker: Broker, phone: HttpReceiver
) -> None:
    home = home_of("anna", tmp_path, broker, phone)
    with home.daemon() as daemon:
        with listening(broker) as listener:
            daemon.wait_for(lambda: listener.last("hersteld/anna/availability") == "online", "the service at home")
            (home.inbox / "run.fit").write_bytes(home.workout())
            daemon.wait_for(lambda: has_workout(listener, "anna"), "the workout at home")
            assert agrees(home, listener.last("hersteld/anna/state"))
            daemon.wait_for(lambda: listener.last("hersteld/anna/health")["problem"] == "OFF", "that all is well")
            device = listener.last("homeassistant/device/anna/config")
            assert device["device"]["name"] == "anna"
        broker.stop()
        daemon.wait_for(lambda: home.ask("status")["home_assistant_untold"], "the broker to be missed")
        assert "Home Assistant is not told how you are: the server " in home.call("status")
        before = len(phone.received)
        earlier = home.workout(ended_ago=timedelta(hours=3), minutes=45, bpm=172)
        (home.inbox / "another.fit").write_bytes(earlier)
        daemon.wait_for(lambda: len(home.ask("history")["workouts"]) == 2, "a workout while the broker is away")
        assert before >= 1
        broker.start()
        with listening(broker) as listener:
            daemon.wait_for(lambda: listener.last("hersteld/anna/availability") == "online", "the service again")
            daemon.wait_for(lambda: agrees(home, listener.last("hersteld/anna/state")), "both workouts at home")
            assert listener.last("homeassistant/device/anna/config") == device
            daemon.wait_for(lambda: home.ask("status")["home_assistant_untold"] is None, "the trouble to be over")
            daemon.stop_cleanly()
            listener.wait_for("hersteld/anna/availability", "offline")
    with listening(broker) as late:
        late.wait_for("hersteld/anna/availability", "offline")
        assert late.last("hersteld/anna/state")["last_workout"] is not None


def test_two_athletes_and_a_death(tmp_path: Path, broker: Broker, phone: HttpReceiver) -> None:
    anna, bob = home_of("anna", tmp_path, broker, phone), home_of("bob", tmp_path, broker, phone)
    (anna.inbox / "run.fit").write_bytes(anna.workout())
    (bob.inbox / "run.fit").write_bytes(bob.workout(minutes=30, bpm=120))
    with listening(broker) as listener, anna.daemon() as first, bob.daemon() as second:
        for name in ("anna", "bob"):
            wait_until(lambda name=name: has_workout(listener, name), f"the workout of {name}")  # type: ignore[misc]
        assert listener.last("hersteld/anna/state") != listener.last("hersteld/bob/state")
        away = anna.inbox.rename(anna.folder / "elsewhere")
        gone = {"problem": "ON", "attributes": {"trouble": "folder_missing"}}
        first.wait_for(lambda: listener.last("hersteld/anna/health") == gone, "the trouble at home")
        away.rename(anna.inbox)
        first.wait_for(lambda: listener.last("hersteld/anna/health")["problem"] == "OFF", "its end at home")
        assert listener.last("hersteld/bob/health")["problem"] == "OFF"
        second.send_signal(signal.SIGKILL)
        listener.wait_for("hersteld/bob/availability", "offline")
        assert listener.payloads("hersteld/anna/availability") == ["online"]
        assert first.running
        mib = next(
            int(line.split()[1]) / 1024
            for line in Path(f"/proc/{first.pid}/status").read_text().splitlines()
            if line.startswith("VmRSS:")
        )
        assert mib <= MOST_MIB


def test_no_password_of_the_broker_is_seen_anywhere(tmp_path: Path, broker: Broker, phone: HttpReceiver) -> None:
    home = home_of("anna", tmp_path, broker, phone)
    said: list[str] = []
    daemon: Program
    with listening(broker) as listener, home.daemon() as daemon:
        (home.inbox / "run.fit").write_bytes(home.workout())
        daemon.wait_for(lambda: has_workout(listener, "anna"), "the workout at home")
        said += [arguments.decode(errors="replace") for arguments, _ in processes()]
        broker.stop()
        daemon.wait_for(lambda: home.ask("status")["home_assistant_untold"], "the broker to be missed")
        for words in (["status"], ["check"], ["config", "show"], ["config", "show", "--json"], ["status", "--json"]):
            said.append(home.call(*words))
        daemon.stop_cleanly()
        said += [*daemon.stderr_lines, *daemon.stdout_lines]
    secret = PASSWORDS["anna"]
    assert [line for line in said if secret in line] == []
    state = [path for path in home.database.parent.rglob("*") if path.is_file()]
    assert len(state) >= 2
    assert [path.name for path in state if secret.encode() in path.read_bytes()] == []
    assert secret not in json.dumps([message for _, message, _ in listener.heard])
