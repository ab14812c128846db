"""What there is to tell reaches a real broker and stays there, whatever the broker does, and nobody waits for it."""

import contextlib
import logging
import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pydantic import SecretStr

from hersteld.config.settings import HomeAssistant
from hersteld.daemon.home_assistant import reporter as module
from hersteld.daemon.home_assistant.library import NotInstalled
from hersteld.daemon.home_assistant.reporter import Reporter
from hersteld.daemon.home_assistant.sensors import topics_of
from hersteld.daemon.home_assistant.session import Session
from tests.daemon.home_assistant.conftest import settings_for
from tests.support.machine.process import wait_until
from tests.support.mqtt.broker import Broker, certificates_in
from tests.support.mqtt.listener import Listener
from tests.support.mqtt.old_broker import OldBroker

TOPICS = topics_of(HomeAssistant())


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is tried again is tried again at once, so that no test waits for it."""
    monkeypatch.setattr(module, "_FIRST_PAUSE_S", 0.05)
    monkeypatch.setattr(module, "_LONGEST_PAUSE_S", 0.05)
    monkeypatch.setattr(module, "_BIRTH_EVERY_S", 0.0)


@contextmanager
def reporting(settings: HomeAssistant, **told: str) -> Iterator[Reporter]:
    """Run a reporter that is told these things before its start."""
    reporter = Reporter(settings)
    for name, payload in told.items():
        reporter.tell(getattr(topics_of(settings), name), payload)
    reporter.start()
    try:
        yield reporter
    finally:
        reporter.close()
        reporter._thread.join(30)


def trouble(reporter: Reporter) -> str | None:
    return reporter.trouble.id if reporter.trouble is not None else None


def test_what_is_told_is_kept_for_who_comes_later(broker: Broker) -> None:
    with reporting(settings_for(broker), discovery="device", state="1") as reporter:
        with Listener(broker) as early:
            early.wait_for(TOPICS.availability, "online")
            reporter.tell(TOPICS.state, "2")
            early.wait_for(TOPICS.state, "2")
        with Listener(broker) as late:
            late.wait_for(TOPICS.state, "2")
            late.wait_for(TOPICS.discovery, "device")
            late.wait_for(TOPICS.availability, "online")
            assert {was_kept for _, _, was_kept in late.heard} == {True}


def test_the_service_is_there_only_after_all_is_told(broker: Broker) -> None:
    with Listener(broker) as listener, reporting(settings_for(broker), discovery="device", state="1", health="well"):
        listener.wait_for(TOPICS.availability, "online")
        assert [topic for topic, _, _ in listener.heard] == [
            *(TOPICS.discovery, TOPICS.state, TOPICS.health, TOPICS.availability)
        ]


def test_a_service_that_stops_is_away(broker: Broker) -> None:
    with Listener(broker) as listener:
        with reporting(settings_for(broker)):
            listener.wait_for(TOPICS.availability, "online")
        listener.wait_for(TOPICS.availability, "offline")
    with Listener(broker) as late:
        late.wait_for(TOPICS.availability, "offline")


def test_what_is_told_twice_is_sent_once(broker: Broker) -> None:
    with Listener(broker) as listener, reporting(settings_for(broker), state="1") as reporter:
        listener.wait_for(TOPICS.state, "1")
        for _ in range(100):
            reporter.tell(TOPICS.state, "1")
        reporter.tell(TOPICS.health, "mark")
        listener.wait_for(TOPICS.health, "mark")
        assert listener.payloads(TOPICS.state) == ["1"]


def test_a_broker_that_comes_late_and_goes_and_comes_back_has_what_holds(
    broker: Broker, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    broker.stop()
    with reporting(settings_for(broker), discovery="device", state="1") as reporter:
        wait_until(lambda: trouble(reporter) == "delivery.refused_connection", "the broker to be missed")
        for number in range(10_000):
            reporter.tell(TOPICS.state, f"{number}")
        broker.start()
        with Listener(broker) as listener:
            listener.wait_for(TOPICS.availability, "online")
            assert listener.payloads(TOPICS.state) == ["9999"]
        wait_until(lambda: reporter.trouble is None, "the trouble to be over")
        broker.stop()
        wait_until(lambda: reporter.trouble is not None, "the broker to be missed again")
        reporter.tell(TOPICS.state, "new")
        broker.start()
        with Listener(broker) as listener:
            listener.wait_for(TOPICS.state, "new")
            listener.wait_for(TOPICS.availability, "online")
            assert listener.last(TOPICS.discovery) == "device"
    assert caplog.messages.count("Home Assistant is told how recovered you are.") == 1
    assert len(caplog.messages) <= 4  # however often it was tried


def test_all_is_told_anew_when_home_assistant_has_started(broker: Broker) -> None:
    with Listener(broker) as home_assistant, reporting(settings_for(broker), discovery="device", state="1"):
        home_assistant.wait_for(TOPICS.availability, "online")
        home_assistant.say("homeassistant/status", "online")
        again = (TOPICS.discovery, TOPICS.state, TOPICS.availability)
        wait_until(lambda: [len(home_assistant.payloads(topic)) for topic in again] == [2, 2, 2], "all to be told anew")


def test_a_birth_in_a_topic_below_another_prefix_is_heard_too(broker: Broker) -> None:
    settings = settings_for(broker, discovery_prefix="ha")
    with Listener(broker) as home_assistant, reporting(settings, discovery="device"):
        home_assistant.wait_for("hersteld/hersteld/availability", "online")
        home_assistant.say("ha/status", "online")
        wait_until(lambda: len(home_assistant.payloads("ha/device/hersteld/config")) == 2, "the device to be told anew")


def test_births_without_end_do_not_make_us_talk_without_end(broker: Broker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_BIRTH_EVERY_S", 3600.0)
    with Listener(broker) as home_assistant, reporting(settings_for(broker), discovery="device") as reporter:
        home_assistant.wait_for(TOPICS.availability, "online")
        for _ in range(200):
            home_assistant.say("homeassistant/status", "online")
        reporter.tell(TOPICS.state, "news")
        home_assistant.wait_for(TOPICS.state, "news")
        assert home_assistant.payloads(TOPICS.discovery) == ["device"]


def test_nothing_but_the_birth_is_listened_to(broker: Broker) -> None:
    """Whatever others write into our own topics is no command, and no answer to it is sent."""
    with Listener(broker) as other, reporting(settings_for(broker), state="1") as reporter:
        other.wait_for(TOPICS.availability, "online")
        for topic in ("hersteld/hersteld/set", "hersteld/hersteld/command", TOPICS.health):
            other.say(topic, "online")
        reporter.tell(TOPICS.state, "2")
        other.wait_for(TOPICS.state, "2")
        ours = [payload for topic, payload, _ in other.heard if topic in (TOPICS.state, TOPICS.availability)]
        assert ours == ["1", "online", "2"]


def test_two_athletes_on_one_broker_do_not_meet(broker: Broker) -> None:
    with (
        Listener(broker) as listener,
        reporting(settings_for(broker, node_id="anna"), discovery="a", state="1"),
        reporting(settings_for(broker, node_id="bob"), discovery="b", state="2") as bob,
    ):
        listener.wait_for("hersteld/anna/availability", "online")
        listener.wait_for("hersteld/bob/availability", "online")
        assert listener.last("homeassistant/device/anna/config") == "a"
        assert listener.last("homeassistant/device/bob/config") == "b"
        bob.close()
        listener.wait_for("hersteld/bob/availability", "offline")
        assert listener.payloads("hersteld/anna/availability") == ["online"]
        assert listener.last("hersteld/anna/state") == "1"


def test_two_athletes_of_the_same_name_are_found_out(broker: Broker) -> None:
    names = {"home_assistant.broken_off_again", "home_assistant.taken_over"}
    with reporting(settings_for(broker)) as one, reporting(settings_for(broker)) as other:
        wait_until(lambda: trouble(one) in names and trouble(other) in names, "both to say what is wrong")


def test_a_wrong_password_is_tried_once_and_not_again_and_again(tmp_path: Path) -> None:
    with Broker(tmp_path, users={"anna": "s3cret"}) as broker, reporting(settings_for(broker, "anna:x@")) as reporter:
        wait_until(lambda: trouble(reporter) == "home_assistant.bad_login", "the refusal to be noticed")
        before = broker.log().lower().count("authori")  # its versions word a refusal differently
        for number in range(100):
            reporter.tell(TOPICS.state, f"{number}")
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", broker.port)) as mark:
            mark.close()
        assert broker.log().lower().count("authori") == before >= 1


def test_the_rights_that_the_docs_name_suffice(tmp_path: Path) -> None:
    """They stand in docs/home-assistant.md, for the athlete anna; each user of the broker has a list like that."""
    page = (Path(__file__).parents[3] / "docs" / "home-assistant.md").read_text(encoding="utf-8")
    (rights,) = re.findall(r"```\n(user anna\n.*?)```", page, re.DOTALL)
    users = {"anna": "s3cret", "home": "s3cret"}
    with (
        Broker(tmp_path, users=users, acl=f"{rights}\nuser home\ntopic readwrite #\n") as broker,
        Listener(broker, user="home", password="s3cret") as home_assistant,
        reporting(settings_for(broker, "anna:s3cret@", node_id="anna"), discovery="device", state="1") as reporter,
    ):
        home_assistant.wait_for("hersteld/anna/availability", "online")
        home_assistant.say("homeassistant/status", "online")
        device = "homeassistant/device/anna/config"
        wait_until(lambda: len(home_assistant.payloads(device)) == 2, "the birth to be heard")
        assert reporter.trouble is None


def test_a_missing_right_is_told(tmp_path: Path) -> None:
    acl = "user anna\ntopic write hersteld/hersteld/#\n"
    with (
        Broker(tmp_path, users={"anna": "s3cret"}, acl=acl) as broker,
        reporting(settings_for(broker, "anna:s3cret@"), discovery="device", state="1") as reporter,
    ):
        wait_until(lambda: trouble(reporter) == "home_assistant.not_allowed", "the missing right to be noticed")


def test_an_encrypted_connection_tells_the_same(tmp_path: Path) -> None:
    certificates = certificates_in(tmp_path)
    with Broker(tmp_path, certificates=certificates, users={"anna": "s3cret"}) as broker:
        settings = settings_for(broker, "anna:s3cret@", ca_file=certificates / "ca.pem")
        with (
            Listener(broker, user="anna", password="s3cret") as listener,
            reporting(settings, discovery="device" * 5000, state="1") as reporter,
        ):
            listener.wait_for(TOPICS.availability, "online")
            listener.wait_for(TOPICS.discovery, "device" * 5000)
            reporter.tell(TOPICS.state, "two")
            listener.wait_for(TOPICS.state, "two")


def test_a_broker_without_mqtt_5_is_told_the_same(broker: Broker) -> None:
    with (
        OldBroker(broker) as old,
        Listener(broker) as listener,
        reporting(settings_for(old), discovery="device") as reporter,
    ):
        listener.wait_for(TOPICS.availability, "online")
        assert listener.last(TOPICS.discovery) == "device"
        assert old.refused == 1
        assert reporter.trouble is None


def test_a_stop_waits_for_no_broker_that_cannot_be_reached(broker: Broker, monkeypatch: pytest.MonkeyPatch) -> None:
    """Looking up a name, say, may take half a minute, and nothing wakes who waits for that."""
    begun, answered = threading.Event(), threading.Event()

    def opening(_: Session) -> None:
        begun.set()
        answered.wait(60)

    monkeypatch.setattr(Session, "open", opening)
    with reporting(settings_for(broker)) as reporter:
        assert begun.wait(30)
        reporter.close()
        assert reporter._thread.is_alive()
        answered.set()


def test_a_stop_wakes_who_waits_for_an_answer() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings = HomeAssistant(broker=SecretStr(f"mqtt://127.0.0.1:{server.getsockname()[1]}"))
        reporter = Reporter(settings)
        reporter.start()
        peer, _ = server.accept()
        with peer:
            peer.recv(1000)  # its CONNECT, which gets no answer
            reporter.close()
            assert peer.recv(1000) == b""


def test_telling_waits_for_nobody(broker: Broker) -> None:
    """Without anybody who reads, not one call blocks."""
    reporter = Reporter(settings_for(broker))
    for number in range(100_000):
        reporter.tell(TOPICS.state, f"{number}")
    reporter.close()


def test_without_the_library_it_is_said_once_and_the_thread_ends(
    broker: Broker, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> None:
        raise NotInstalled

    monkeypatch.setattr(module, "mqtt_client", missing)
    with reporting(settings_for(broker), state="1") as reporter:
        reporter._thread.join(30)
        assert not reporter._thread.is_alive()
        assert trouble(reporter) == "home_assistant.not_installed"
        reporter.tell(TOPICS.state, "2")
    (message,) = caplog.messages
    assert message.startswith("Home Assistant is not told: the package paho-mqtt (2 or later) is not installed")


@pytest.mark.parametrize("login", ["an%6Ea:s3cret@", "s3cret@"])
def test_no_word_of_the_address_is_logged(login: str, broker: Broker, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    broker.stop()
    with reporting(settings_for(broker, login)) as reporter:
        wait_until(lambda: reporter.trouble is not None, "the broker to be missed")
        broker.start()
        wait_until(lambda: reporter.trouble is None, "the broker to be there")
    assert "s3cret" not in caplog.text
    assert str(broker.port) not in caplog.text
