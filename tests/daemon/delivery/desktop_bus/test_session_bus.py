"""Where there is no session bus, or something else in its place, that is found out at once and raises nothing odd."""

import socket
import threading
from pathlib import Path

import pytest

from hersteld.daemon.delivery.desktop_bus import session_bus
from hersteld.daemon.delivery.desktop_bus.session_bus import BUS_ERRORS, connect, session_bus_answers


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere/bus"},
        {"DBUS_SESSION_BUS_ADDRESS": "no address at all"},
        {"DBUS_SESSION_BUS_ADDRESS": "tcp:host=example.org"},
        {"XDG_RUNTIME_DIR": "/nowhere"},
    ],
)
def test_no_bus_is_no_bus_whatever_the_environment_says(environment: dict[str, str]) -> None:
    assert not session_bus_answers(environment)
    with pytest.raises(BUS_ERRORS):
        connect(environment)


def test_the_bus_is_looked_for_where_systemd_puts_it_when_nothing_else_is_said(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "bus"))
        listening.listen()
        greeted: list[bytes] = []

        def refuse() -> None:
            connection, _ = listening.accept()
            with connection:
                while b"AUTH" not in b"".join(greeted):
                    greeted.append(connection.recv(100))
                connection.sendall(b"REJECTED\r\n")

        server = threading.Thread(target=refuse)
        server.start()
        assert not session_bus_answers({"XDG_RUNTIME_DIR": str(tmp_path)})
        server.join()
    assert b"".join(greeted).startswith(b"\0AUTH")


def test_a_bus_that_never_answers_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session_bus, "_CALL_TIMEOUT_S", 0.2)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "bus"))
        listening.listen()  # and nobody accepts
        with pytest.raises(TimeoutError):
            connect({"DBUS_SESSION_BUS_ADDRESS": f"unix:path={tmp_path}/bus"})
