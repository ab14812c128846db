"""Two processes of ours speak in whole messages, and with files beside them."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest

from hersteld.daemon.system import channel as channel_module
from hersteld.daemon.system.channel import Channel, Closed, Garbled, Late, content_of, in_memory


@pytest.fixture
def ends() -> Iterator[tuple[Channel, socket.socket]]:
    ours, theirs = socket.socketpair()
    with Channel(ours, most_bytes=100) as channel, theirs:
        yield channel, theirs


def stop() -> NoReturn:
    raise InterruptedError


@pytest.mark.parametrize(
    "sent",
    [
        b"\x05\x00\x00\x00]][[\n",
        b"\x02\x00\x00\x00[]",
        b"\x02\x00\x00\x00\xff\xff",
        b"\x65\x00\x00\x00" + b" " * 101,
        b"\xff\xff\xff\xff",
        b"\x63\x00\x00\x00" + b"[" * 99,
    ],
)
def test_what_is_no_message_or_too_long_is_refused(ends: tuple[Channel, socket.socket], sent: bytes) -> None:
    channel, other = ends
    other.sendall(sent)
    with pytest.raises(Garbled):
        channel.receive(within_s=60)


def test_half_a_message_is_late_or_closed(ends: tuple[Channel, socket.socket]) -> None:
    channel, other = ends
    other.sendall(b"\x05\x00\x00\x00{")
    with pytest.raises(Late):
        channel.receive(within_s=0.01)
    other.close()
    with pytest.raises(Closed):
        channel.receive(within_s=60)


def test_while_half_a_message_is_waited_for_something_else_may_be_done(
    ends: tuple[Channel, socket.socket], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(channel_module, "_BREATH_S", 0.001)
    channel, other = ends
    other.sendall(b"\x02\x00\x00\x00{")
    calls: list[None] = []

    def send_the_rest_at_the_third_call() -> None:
        calls.append(None)
        if len(calls) == 3:
            other.sendall(b"}")

    assert channel.receive(within_s=60, meanwhile=send_the_rest_at_the_third_call) == ({}, ())
    other.sendall(b"\x02")
    with pytest.raises(InterruptedError):
        channel.receive(within_s=60, meanwhile=stop)


def test_what_is_there_already_is_taken_also_when_no_time_is_left(ends: tuple[Channel, socket.socket]) -> None:
    channel, other = ends
    other.sendall(b"\x02\x00\x00\x00{}")
    assert channel.receive(within_s=0.0) == ({}, ())


def test_more_files_than_two_are_refused_and_closed(ends: tuple[Channel, socket.socket], tmp_path: Path) -> None:
    channel, other = ends
    (tmp_path / "a").write_text("a")
    before = len(list(Path("/proc/self/fd").iterdir()))
    with (tmp_path / "a").open() as file:
        socket.send_fds(other, [b"\x02\x00\x00\x00"], [file.fileno()] * 2)
        socket.send_fds(other, [b"{}"], [file.fileno()] * 2)
    with pytest.raises(Garbled):
        channel.receive(within_s=60)
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_who_does_not_read_is_late_and_who_is_gone_is_closed(ends: tuple[Channel, socket.socket]) -> None:
    channel, other = ends
    with pytest.raises(Late):
        channel.send({"text": "x" * 10_000_000}, within_s=0.01)
    other.close()
    with pytest.raises(Closed):
        channel.send({})


def test_a_file_in_memory_is_read_from_its_beginning_and_only_so_far() -> None:
    with in_memory(b"twelve bytes") as file:
        descriptor = os.dup(file)
        assert content_of(descriptor) == b"twelve bytes"
        with pytest.raises(OSError, match="Bad file"):
            os.fstat(descriptor)
    with in_memory(b"twelve bytes") as file, pytest.raises(Garbled):
        content_of(os.dup(file), most_bytes=11)
