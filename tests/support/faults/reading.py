"""The reader of the service in tests: what it is given, and what it is heard to say."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hersteld.daemon.reading.contents import Reading
from hersteld.daemon.reading.file_reader import FileReader, ReaderCallbacks
from hersteld.daemon.reading.reader import ReaderProcess
from tests.support.pipeline import NOON, a_file

FILE = a_file(NOON, minutes=10)


@contextmanager
def process(**given: object) -> Iterator[ReaderProcess]:
    reader = ReaderProcess(**given)  # type: ignore[arg-type]
    try:
        yield reader
    finally:
        reader.close()


class Listener:
    """Hears what is asked and said while a file is read."""

    def __init__(self, *known: bytes) -> None:
        self.known = {hashlib.sha256(content).hexdigest() for content in known}
        self.left_out: list[tuple[str, str]] = []
        self.read: list[tuple[int, str]] = []

    def callbacks(self) -> ReaderCallbacks:
        return ReaderCallbacks(
            self.known.__contains__,
            lambda name, kind: self.left_out.append((name, kind)),
            lambda size, sha256: self.read.append((size, sha256)),
        )


def ready(reader: ReaderProcess) -> int:
    """Start the process, wait until it is ready, and return its number."""
    assert reader._ready() is not None
    assert reader.pid is not None
    return reader.pid


def readings(
    reader: FileReader, path: Path, content: bytes, heard: Listener | None = None, *, salvage: bool = False
) -> list[Reading]:
    path.write_bytes(content)
    with path.open("rb") as file:
        callbacks = (heard or Listener()).callbacks()
        return list(reader.read(file.fileno(), str(path), callbacks, salvage=salvage))
