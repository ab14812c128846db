"""What leaves is told before it does, and what left whole is told from what broke off."""

import socket
import struct
import subprocess
import sys
import threading

import pytest

from hersteld.daemon.delivery.on_the_wire import Wire


@pytest.mark.parametrize(
    ("begun", "accepted", "is_accepted", "in_part"),
    [(0, 0, False, False), (1, 0, False, False), (1, 1, True, False), (2, 1, False, True), (2, 2, True, False)],
)
def test_mail_is_accepted_when_each_recipient_has_it(
    begun: int, accepted: int, is_accepted: bool, in_part: bool
) -> None:
    wire = Wire(lambda: None)
    for _ in range(begun):
        wire.mail_begun()
    for _ in range(accepted):
        wire.mail_accepted()
    assert (wire.is_accepted, wire.is_accepted_in_part) == (is_accepted, in_part)
    wire.begin()
    assert (wire.is_accepted, wire.is_accepted_in_part) == (False, False)


def test_each_request_is_told_once_before_it_leaves() -> None:
    told: list[str] = []
    wire = Wire(lambda: told.append("leaves"))
    for count in (1, 2):
        wire.leaves()
        wire.leaves()
        assert len(told) == count
        wire.left("http")
        assert wire.is_unanswered
        wire.answered("http")
        assert not wire.is_unanswered


def test_a_request_that_breaks_off_before_its_end_has_not_left_whole() -> None:
    """The library asks for an answer all the same; what the server has is no message."""
    script = (
        "import sys, requests\n"
        "from hersteld.daemon.delivery.on_the_wire import watch\n"
        "said = []\n"
        "wire = watch(lambda: said.append('leaves'), 3)\n"
        "try:\n"
        "    requests.post(sys.argv[1], data=b'x' * 50_000_000, timeout=3)\n"
        "except requests.RequestException as error:\n"
        "    print(said, wire.is_unanswered)\n"
    )
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.recv(1024)
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        done = subprocess.run([sys.executable, "-c", script, url], capture_output=True, text=True, check=True)
    assert done.stdout == "['leaves'] False\n"


def test_what_some_receiver_took_is_known_whatever_else_became_of_the_call() -> None:
    wire = Wire(lambda: None)
    wire.left("http 1")
    wire.answered("http 1")
    assert not wire.is_taken
    wire.answered("a login", accepts=True)
    assert not wire.is_taken
    wire.left("http 2")
    wire.answered("http 2", accepts=True)
    assert wire.is_taken
    wire.begin()
    assert not wire.is_taken
    wire.mail_begun()
    wire.mail_accepted()
    assert wire.is_taken
