"""The process that reads for the service says that it is ready, that it gets on, and all that is in a file."""

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from hersteld.daemon.reading import reader_program
from hersteld.daemon.reading.contents import read_content
from hersteld.daemon.system.channel import Channel, Closed, Json, close_all
from tests.support.pipeline import NOON, a_file

FILE = a_file(NOON, minutes=10)


@contextmanager
def served(monkeypatch: pytest.MonkeyPatch) -> Iterator[Channel]:
    """Run the program in a thread, and give the other end of its channel."""
    monkeypatch.setattr(reader_program, "_go_first", lambda: None)
    ours, theirs = socket.socketpair()

    def serve() -> None:
        with Channel(theirs) as channel, suppress(Closed):
            reader_program.serve(channel)

    thread = threading.Thread(target=serve)
    thread.start()
    with Channel(ours) as channel:
        yield channel
    thread.join()


def words_of(channel: Channel, path: Path) -> Iterator[Json]:
    """Have a file read, and yield what is said of it; no content is known."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        channel.send({"path": str(path), "salvage": False}, [descriptor])
    finally:
        os.close(descriptor)
    while True:
        word, files = channel.receive(within_s=60)
        close_all(files)
        yield word
        if {"over", "refused", "unread", "fault"} & word.keys():
            return
        if {"read", "is_known"} & word.keys():
            channel.send({"known": False})


def test_it_says_when_it_is_ready_and_all_that_is_in_each_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "a.fit"
    path.write_bytes(FILE)
    with served(monkeypatch) as channel:
        assert channel.receive(within_s=60) == ({"ready": True}, ())
        for _ in range(2):
            words = [next(iter(word)) for word in words_of(channel, path)]
            assert list(dict.fromkeys(words)) == ["read", "is_known", "reading", "over"]


def test_it_says_that_it_gets_on_while_a_slow_disk_gives_the_bytes(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(reader_program, "BREATH_S", 0.0)
    path = tmp_path / "a.fit"
    path.write_bytes(FILE + bytes(3 * 2**20))
    with served(monkeypatch) as channel:
        channel.receive(within_s=60)
        words = [next(iter(word)) for word in words_of(channel, path)]
    assert words.count("alive") == 4
    assert words[4] == "read"


@pytest.mark.parametrize(
    ("error", "word"),
    [
        (MemoryError(), {"unread": "reasons.no_memory"}),
        (OSError(5, "Input/output error"), {"refused": 5}),
    ],
    ids=["no memory", "a failing disk"],
)
def test_it_says_what_keeps_it_from_reading_a_file_and_reads_the_next(
    error: Exception, word: Json, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:

    def read_or_fail(content: bytes, path: str, **given: object) -> object:
        if path.endswith("bad.fit"):
            raise error
        return read_content(content, path, **given)  # type: ignore[arg-type]

    monkeypatch.setattr(reader_program, "read_content", read_or_fail)
    for name in ("bad.fit", "good.fit"):
        (tmp_path / name).write_bytes(FILE)
    with served(monkeypatch) as channel:
        channel.receive(within_s=60)
        assert list(words_of(channel, tmp_path / "bad.fit"))[-1] == word
        assert list(words_of(channel, tmp_path / "good.fit"))[-1] == {"over": True}
