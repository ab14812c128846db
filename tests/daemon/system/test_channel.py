"""Two processes of ours speak in whole messages, and with files beside them."""

import os
import socket
from collections.abc import Iterator

import pytest

from hersteld.daemon.system.channel import Channel, Closed, Garbled, Late, content_of, in_memory


@pytest.fixture
def ends() -> Iterator[tuple[Channel, socket.socket]]:
    ours, theirs = socket.socketpair()
    with Channel(ours, most_bytes=100) as channel, theirs:
        yield channel, theirs


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
