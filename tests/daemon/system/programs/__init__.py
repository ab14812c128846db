"""Programs for child processes of tests."""

import os
import resource
import signal
import subprocess
import sys
import tempfile
import time

from hersteld.daemon.system.channel import Channel


def echo(channel: Channel) -> None:
    """Answer each request with the request, and with the content of the file that came with it."""
    while True:
        request, files = channel.receive()
        texts = []
        for descriptor in files:
            with os.fdopen(descriptor) as file:
                texts.append(file.read())
        channel.send({**request, "files": texts})


def write(channel: Channel) -> None:
    """Answer with a file that has no name."""
    request, _ = channel.receive()
    with tempfile.TemporaryFile() as file:
        file.write(str(request["text"]).encode())
        file.seek(0)
        channel.send({}, [file.fileno()])
    channel.receive()


def answer_much(channel: Channel) -> None:
    """Answer with as many characters as was asked for."""
    while True:
        request, _ = channel.receive()
        channel.send({"text": "x" * int(str(request["characters"]))})


def no_json(channel: Channel) -> None:
    """Answer with what is no message."""
    channel.receive()
    os.write(channel.fileno(), b"\x04\x00\x00\x00]][[")
    channel.receive()


def half(channel: Channel) -> None:
    """Answer with the first half of a message, and hang."""
    channel.receive()
    os.write(channel.fileno(), b"\x40\x00\x00\x00{")
    time.sleep(3600)


def allocate(channel: Channel) -> None:
    """Allocate more and more."""
    channel.receive()
    kept = []
    while True:
        kept.append(bytearray(2**22))


def spin(channel: Channel) -> None:
    """Use the processor, for ever."""
    channel.receive()
    while True:
        pass


def exit_with(channel: Channel) -> None:
    """End with the exit code that was asked for."""
    request, _ = channel.receive()
    os._exit(int(str(request["code"])))


def tell_limits(channel: Channel) -> None:
    """Answer with the limits of this process, what signals it ignores, and its group."""
    channel.receive()
    limits = {
        name: resource.getrlimit(getattr(resource, f"RLIMIT_{name}"))[0] for name in ("DATA", "AS", "CPU", "CORE")
    }
    ignored = [number for number in (signal.SIGTERM, signal.SIGINT) if signal.getsignal(number) == signal.SIG_IGN]
    channel.send({"limits": limits, "ignored": ignored, "leads": os.getpgid(0) == os.getpid()})


def with_grandchild(channel: Channel) -> None:
    """Start a process that sleeps, answer with its number, and hang."""
    channel.receive()
    grandchild = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(3600)"])
    channel.send({"pid": grandchild.pid})
    time.sleep(3600)
