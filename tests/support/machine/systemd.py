"""Somebody who listens where systemd would, and remembers what the service said."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def listening(address: Path) -> Iterator[list[str]]:
    """Listen on a socket at this path; give the list of words heard, which grows until the block ends."""
    heard: list[str] = []
    address.unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ear:
        ear.bind(str(address))

        def listen() -> None:
            while word := ear.recv(4096):
                heard.append(word.decode())

        thread = threading.Thread(target=listen)
        thread.start()
        try:
            yield heard
        finally:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as mouth:
                mouth.sendto(b"", str(address))  # no word at all is the end
            thread.join()
