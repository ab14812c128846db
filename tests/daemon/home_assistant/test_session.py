"""One connection to a real broker: accepted or refused for a reason that helps, heard, kept, and ended."""

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Never

import pytest
from paho.mqtt import client as library
from pydantic import SecretStr

from hersteld.config.settings import HomeAssistant
from hersteld.daemon.home_assistant import session as module
from hersteld.daemon.home_assistant.refusals import Unusable
from hersteld.daemon.home_assistant.session import OldBroker, Session
from tests.daemon.home_assistant.conftest import settings_for
from tests.support.mqtt import old_broker as support
from tests.support.mqtt.broker import Broker, certificates_in, free_port
from tests.support.mqtt.listener import Listener

AWAY = ("anna/availability", "offline")


@pytest.fixture
def wake() -> Iterator[socket.socket]:
    """What nobody wakes."""
    ours, others = socket.socketpair()
    with ours, others:
        yield ours


def connected(session: Session, wake: socket.socket) -> Session:
    session.open()
    while not session.is_connected:
        session.step(wake)
    return session


def until_it_ends(session: Session, wake: socket.socket) -> Never:
    while True:
        session.step(wake)


def reason(settings: HomeAssistant, wake: socket.socket, *, is_version_5: bool = True) -> str:
    """Return why there is no connection, by the id of its text."""
    with pytest.raises(Unusable) as caught:
        connected(Session(library, settings, "anna", is_version_5=is_version_5), wake)
    return caught.value.reason.id


@pytest.mark.parametrize("is_version_5", [True, False])
def test_what_is_published_is_kept_and_a_farewell_is_no_death(
    broker: Broker, wake: socket.socket, *, is_version_5: bool
) -> None:
    session = Session(library, settings_for(broker), "anna", will=AWAY, is_version_5=is_version_5)
    connected(session, wake)
    session.publish("anna/state", "é")
    while session.unanswered:
        session.step(wake)
    session.close()
    assert not session.is_connected
    with Listener(broker) as listener:
        listener.wait_for("anna/state", "é")
        assert [was_kept for _, _, was_kept in listener.heard] == [True]
        assert listener.payloads("anna/availability") == []


def test_what_does_not_leave_at_once_leaves_as_the_broker_takes_it(broker: Broker, wake: socket.socket) -> None:
    session = connected(Session(library, settings_for(broker), "anna"), wake)
    session.publish("anna/state", "x" * 8_000_000)
    while session.unanswered:
        session.step(wake)
    session.close()
    with Listener(broker) as listener:
        listener.wait_for("anna/state", "x" * 8_000_000)


def test_the_broker_tells_of_a_death_without_a_farewell(broker: Broker, wake: socket.socket) -> None:
    session = connected(Session(library, settings_for(broker), "anna", will=AWAY), wake)
    session._socket().shutdown(socket.SHUT_RDWR)
    with Listener(broker) as listener:
        listener.wait_for(*AWAY)
    with pytest.raises(Unusable) as caught:
        until_it_ends(session, wake)
    assert caught.value.reason.id == "delivery.broken_off"


def test_what_is_heard_is_that_home_assistant_is_there_and_nothing_else(broker: Broker, wake: socket.socket) -> None:
    session = connected(Session(library, settings_for(broker), "anna", hears=("homeassistant/status",)), wake)
    with Listener(broker) as home_assistant:
        for topic, payload in (
            ("homeassistant/status", "offline"),
            ("homeassistant/other", "online"),
            ("homeassistant/status", "ONLINE"),
        ):
            home_assistant.say(topic, payload)
        session.publish("mark", "1")
        while session.unanswered:
            session.step(wake)
        assert not session.has_heard
        home_assistant.say("homeassistant/status", "online")
        while not session.has_heard:
            session.step(wake)


def test_nobody_listens(wake: socket.socket) -> None:
    nobody = HomeAssistant(broker=SecretStr(f"mqtt://127.0.0.1:{free_port()}"))
    assert reason(nobody, wake) == "delivery.refused_connection"


def test_the_name_is_not_known(wake: socket.socket) -> None:
    assert reason(HomeAssistant(broker=SecretStr("mqtt://broker.invalid")), wake) == "delivery.name_unknown"


@pytest.mark.parametrize("login", ["", "anna@", "anna:wrong@", "bob:s3cret@"])
@pytest.mark.parametrize("is_version_5", [True, False])
def test_a_wrong_login_is_told_from_a_broker_that_is_away(
    login: str, tmp_path: Path, wake: socket.socket, *, is_version_5: bool
) -> None:
    with Broker(tmp_path, users={"anna": "s3cret"}) as broker:
        assert reason(settings_for(broker, login), wake, is_version_5=is_version_5) == "home_assistant.bad_login"


def test_signs_of_a_password_may_be_written_as_in_every_address(tmp_path: Path, wake: socket.socket) -> None:
    with Broker(tmp_path, users={"an@na": "s3:/@ %é"}) as broker:
        settings = settings_for(broker, "an%40na:s3%3A%2F%40%20%25%C3%A9@")
        connected(Session(library, settings, "anna"), wake).close()


def test_a_topic_that_the_user_may_not_write_to_is_noticed(tmp_path: Path, wake: socket.socket) -> None:
    with Broker(tmp_path, users={"anna": "s3cret"}, acl="user anna\ntopic write hersteld/anna/#\n") as broker:
        session = connected(Session(library, settings_for(broker, "anna:s3cret@"), "anna"), wake)
        for topic, is_denied in (("hersteld/anna/state", False), ("homeassistant/device/anna/config", True)):
            session.publish(topic, "x")
            while session.unanswered:
                session.step(wake)
            assert session.is_denied == is_denied, topic


@pytest.mark.parametrize(
    ("code", "id_"),
    [
        (0x8E, "home_assistant.taken_over"),
        (0x8B, "home_assistant.broker_unavailable"),
        (0x87, "home_assistant.bad_login"),
        (0x9C, "home_assistant.refused"),
    ],
)
def test_a_broker_that_says_why_it_ends_the_connection_is_understood(code: int, id_: str, wake: socket.socket) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings = HomeAssistant(broker=SecretStr(f"mqtt://127.0.0.1:{server.getsockname()[1]}"))
        session = Session(library, settings, "anna")
        session.open()
        peer, _ = server.accept()
        # CONNACK, then DISCONNECT with a reason of the broker's own, "s3cret".
        peer.sendall(b"\x20\x03\x00\x00\x00" + bytes([0xE0, 11, code, 9]) + b"\x1f\x00\x06s3cret")
        with peer, pytest.raises(Unusable) as caught:
            until_it_ends(session, wake)
    assert caught.value.reason.id == id_


def test_a_broker_that_does_not_know_mqtt_5_is_told_from_others(broker: Broker, wake: socket.socket) -> None:
    with support.OldBroker(broker) as old:
        with pytest.raises(OldBroker):
            connected(Session(library, settings_for(old), "anna"), wake)
        connected(Session(library, settings_for(old), "anna", is_version_5=False), wake).close()


def test_only_a_broker_that_the_own_authority_vouches_for_is_trusted(tmp_path: Path, wake: socket.socket) -> None:
    certificates = certificates_in(tmp_path)
    with Broker(tmp_path, certificates=certificates, users={"anna": "s3cret"}) as broker:
        trusted = settings_for(broker, "anna:s3cret@", ca_file=certificates / "ca.pem")
        session = connected(Session(library, trusted, "anna"), wake)
        session.publish("anna/state", "x" * 20_000)
        while session.unanswered:
            session.step(wake)
        session.close()
        assert reason(settings_for(broker, "anna:s3cret@"), wake) == "delivery.not_secure"


def test_a_certificate_of_another_host_is_not_trusted(tmp_path: Path, wake: socket.socket) -> None:
    certificates = certificates_in(tmp_path, host="192.0.2.7")
    with Broker(tmp_path, certificates=certificates) as broker:
        assert reason(settings_for(broker, ca_file=certificates / "ca.pem"), wake) == "delivery.not_secure"


@pytest.mark.parametrize("content", [None, "no certificate", ""])
def test_a_file_of_certificates_that_is_none_is_said(content: str | None, tmp_path: Path, wake: socket.socket) -> None:
    if content is not None:
        (tmp_path / "ca.pem").write_text(content)
    settings = HomeAssistant(broker=SecretStr("mqtts://127.0.0.1:1"), ca_file=tmp_path / "ca.pem")
    assert reason(settings, wake) == "home_assistant.ca_unusable"


@pytest.mark.parametrize(
    "says", [b"", b"HTTP/1.1 400 Bad Request\r\n\r\n", b"\x20\x02\x00", b"\xff" * 50, b"\x20\xff\xff\xff\xff"]
)
def test_a_server_that_is_no_broker_does_not_hold_us_up(
    says: bytes, wake: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "CONNECT_S", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        session = Session(library, HomeAssistant(broker=SecretStr(f"mqtt://127.0.0.1:{port}")), "anna")
        session.open()
        peer, _ = server.accept()
        peer.sendall(says)
        with peer, pytest.raises(Unusable):
            until_it_ends(session, wake)
        session.close()
