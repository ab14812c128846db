"""systemd hears that we are ready, alive and stopping, on either kind of socket; without it nothing happens."""

import os
import socket
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from hersteld.daemon.system.systemd import Systemd
from tests.support.languages import speaking


@pytest.fixture(params=["path", "abstract"])
def listener(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, socket.socket]]:
    address = str(tmp_path / "notify") if request.param == "path" else f"@hersteld-test-{uuid.uuid4()}"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as bound:
        bound.bind(address.replace("@", "\0", 1) if address.startswith("@") else address)
        bound.settimeout(60)
        yield address, bound


def test_each_word_arrives_as_a_datagram_of_its_own(listener: tuple[str, socket.socket]) -> None:
    address, bound = listener
    systemd = Systemd({"NOTIFY_SOCKET": address})
    systemd.notify_ready()
    systemd.notify_watchdog()
    systemd.notify_stopping()
    heard = [bound.recv(4096).decode() for _ in range(3)]
    assert heard == ["READY=1", "WATCHDOG=1", "STOPPING=1"]


@pytest.mark.parametrize("address", ["", "vsock:2:1234"])
def test_without_a_socket_of_systemd_nothing_happens(address: str, caplog: pytest.LogCaptureFixture) -> None:
    systemd = Systemd({"NOTIFY_SOCKET": address} if address else {})
    systemd.notify_ready()
    assert systemd.watchdog_period_s is None
    assert caplog.text == ""


def test_a_socket_that_is_gone_is_told_but_stops_nobody(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    Systemd({"NOTIFY_SOCKET": str(tmp_path / "gone")}).notify_ready()
    assert "systemd did not take READY: no such file or directory" in caplog.text


def test_a_systemd_that_does_not_listen_is_told_without_wearing_out_the_processor(
    listener: tuple[str, socket.socket], caplog: pytest.LogCaptureFixture
) -> None:
    address, _ = listener
    systemd = Systemd({"NOTIFY_SOCKET": address}, patience_s=1)
    before_s = time.thread_time()
    while "systemd did not take WATCHDOG: no room" not in caplog.text:
        systemd.notify_watchdog()
    assert time.thread_time() - before_s < 0.5, "it waited by asking again and again"


def test_what_systemd_refuses_is_told_in_the_users_language(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with speaking("nl"):
        Systemd({"NOTIFY_SOCKET": str(tmp_path / "gone")}).notify_stopping()
    assert "systemd nam STOPPING niet aan: dat bestand of die map is er niet" in caplog.text


@pytest.mark.parametrize(
    ("environment", "period_s"),
    [
        ({"WATCHDOG_USEC": "30000000"}, 15.0),
        ({"WATCHDOG_USEC": "30000000", "WATCHDOG_PID": str(os.getpid())}, 15.0),
        ({"WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "1"}, None),
        ({"WATCHDOG_USEC": "0"}, None),
        ({"WATCHDOG_USEC": "soon"}, None),
        ({}, None),
    ],
)
def test_the_watchdog_is_fed_twice_as_often_as_it_asks(environment: dict[str, str], period_s: float | None) -> None:
    assert Systemd(environment).watchdog_period_s == period_s
