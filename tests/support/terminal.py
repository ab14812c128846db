"""A command at a terminal: somebody reads its questions and types answers."""

import os
import pty
import select
import signal
import sys
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

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


class Terminal:
    """A command at a pseudo-terminal of its own, with which one talks; ended when the block ends.

    Attributes:
        raw: All that the terminal has got, colours included.
    """

    def __init__(self, *words: str, environment: Mapping[str, str], folder: Path) -> None:
        command = [sys.executable, "-m", "hersteld", *words]
        self.raw = b""
        self._read_to = 0
        self._again = ""
        self._exit_code: int | None = None
        self._child, self._terminal = pty.fork()
        if self._child == 0:  # pragma: no cover - another program from here on
            os.chdir(folder)
            # Wide, so that a sentence stands on one line, where a test looks for it.
            os.execve(command[0], command, {"COLUMNS": "250", **environment})

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._exit_code is None:
            os.kill(self._child, signal.SIGKILL)
            os.waitpid(self._child, 0)
        os.close(self._terminal)

    @property
    def screen(self) -> str:
        """All that the terminal has shown, what was typed included."""
        return click.unstyle(self.raw.decode(errors="replace")).replace("\r\n", "\n")

    def reads(self, text: str) -> None:
        """Wait until the screen shows a text, after what was waited for before.

        Raises:
            AssertionError: It did not come.
        """
        while (found := self.screen.find(text, self._read_to)) < 0:
            part = _part(self._terminal, text, self.screen, self._again)
            if not part:
                raise AssertionError(f"it ended without {text!r}:\n{self.screen}")
            self.raw += part
        self._read_to = found + len(text)

    def types(self, keys: str) -> None:
        """Type a line, or a single control character."""
        self._again = CTRL_C if keys == CTRL_C else ""
        os.write(self._terminal, (keys if keys in (CTRL_C, CTRL_D) else f"{keys}\n").encode())

    def answers(self, question: str, keys: str = "") -> None:
        """Wait for a question and its prompt, and type the answer."""
        self.reads(question)
        self.reads("> ")
        self.types(keys)

    def ends(self) -> int:
        """Wait for the end, and return the exit code."""
        while part := _part(self._terminal, "the end", self.screen, self._again):
            self.raw += part
        _, status = os.waitpid(self._child, 0)
        self._exit_code = os.waitstatus_to_exitcode(status)
        return self._exit_code


def _part(terminal: int, awaited: str, screen: str, again: str) -> bytes:
    """Return what comes next; nothing at the end.

    Args:
        again: See `_read`.
    """
    patience_s, pause_s = PATIENCE_S, 1.0 if again else PATIENCE_S
    while not select.select([terminal], [], [], pause_s)[0]:
        patience_s -= pause_s
        if patience_s <= 0:
            raise AssertionError(f"waited in vain for {awaited!r} after:\n{screen}")
        os.write(terminal, again.encode())
    try:
        return os.read(terminal, 65536)
    except OSError:  # the other end is closed
        return b""


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
