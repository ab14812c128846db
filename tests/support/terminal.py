"""A command at a terminal: somebody reads its question and types an answer."""

import os
import pty
import select
import signal
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import click

from tests.support.machine.process import PATIENCE_S

CTRL_C, CTRL_D = "\x03", "\x04"


class Answered(NamedTuple):
    """What a command did.

    Attributes:
        exit_code: Its exit code.
        screen: All that the terminal showed, the typed answer included.
    """

    exit_code: int
    screen: str


def answer(*words: str, question: str, keys: str, environment: Mapping[str, str], folder: Path) -> Answered:
    """Run `hersteld` at a pseudo-terminal of its own, and type keys when it has asked.

    Raises:
        AssertionError: It did not ask, or did not end.
    """
    command = [sys.executable, "-m", "hersteld", *words]
    child, terminal = pty.fork()
    if child == 0:  # pragma: no cover - another program from here on
        os.chdir(folder)
        os.execve(command[0], command, dict(environment))
    try:
        screen = _read(terminal, until=question)
        os.write(terminal, keys.encode())
        screen += _read(terminal, again=CTRL_C if keys == CTRL_C else "")
    except BaseException:
        os.kill(child, signal.SIGKILL)
        raise
    finally:
        _, status = os.waitpid(child, 0)
        os.close(terminal)
    return Answered(os.waitstatus_to_exitcode(status), click.unstyle(screen).replace("\r\n", "\n"))


def _read(terminal: int, until: str | None = None, again: str = "") -> str:
    """Return what comes, up to a text or to the end.

    Args:
        again: Typed each second in which nothing comes, as somebody does who presses Ctrl-C: Python misses one that
            comes in the instant before it waits for input.
    """
    raw = b""
    patience_s = PATIENCE_S
    while until is None or until not in raw.decode(errors="ignore"):
        pause_s = min(1.0, patience_s) if again else patience_s
        if not select.select([terminal], [], [], pause_s)[0]:
            patience_s -= pause_s
            if patience_s <= 0:
                raise AssertionError(f"waited in vain for {until!r} after {raw!r}")
            os.write(terminal, again.encode())
            continue
        try:
            part = os.read(terminal, 4096)
        except OSError:  # the other end is closed
            part = b""
        if not part:
            if until is None:
                break
            raise AssertionError(f"it ended without {until!r}: {raw!r}")
        raw += part
    return raw.decode()


def screen_of(command: list[str], keys: str, *, until: str, environment: Mapping[str, str], folder: Path) -> str:
    """Type at a program in a pseudo-terminal of its own; return what the screen shows up to a text, and end it.

    Raises:
        AssertionError: The text does not come.
    """
    child, terminal = pty.fork()
    if child == 0:  # pragma: no cover - another program from here on
        os.chdir(folder)
        os.execve(command[0], command, dict(environment))
    try:
        os.write(terminal, keys.encode())
        screen = _read(terminal, until=until)
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(terminal)
    return click.unstyle(screen).replace("\r\n", "\n")
