"""A program of ours or another's, started for a test, listened to and ended."""

import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO

PATIENCE_S = 60.0
"""How long a test waits for what must happen; only a failing test waits that long."""
STOP_PATIENCE_S = PATIENCE_S / 2
"""How long a program that was told to end may take."""


def wait_until(condition: Callable[[], object], what: str, patience_s: float = PATIENCE_S) -> None:
    """Poll until the condition holds.

    Raises:
        AssertionError: It did not hold in time; `what` names it.
    """
    deadline = time.monotonic() + patience_s
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {patience_s:g} s in vain: {what}")
        time.sleep(0.02)


class Program:
    """A child process whose stdout and stderr are read line by line as they come; ended when the block ends.

    Args:
        command: Program and arguments.
        environment: The whole environment of the child.
        folder: Where it runs.
        pass_fds: File descriptors that the child inherits.
    """

    def __init__(
        self,
        command: Sequence[str | Path],
        *,
        environment: Mapping[str, str],
        folder: Path | None = None,
        pass_fds: Sequence[int] = (),
    ) -> None:
        self._child = subprocess.Popen(
            [str(word) for word in command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=dict(environment),
            cwd=folder,
            pass_fds=tuple(pass_fds),
            text=True,
            encoding="utf-8",
            errors="replace",
        )
        self.stdout_lines: list[str] = []
        self.stderr_lines: list[str] = []
        self._readers = [
            threading.Thread(target=self._read, args=(stream, lines), daemon=True)
            for stream, lines in ((self._child.stdout, self.stdout_lines), (self._child.stderr, self.stderr_lines))
        ]
        for reader in self._readers:
            reader.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def pid(self) -> int:
        """Process id of the child."""
        return self._child.pid

    @property
    def stderr(self) -> str:
        """All it has written on stderr so far."""
        return "\n".join(self.stderr_lines)

    @property
    def running(self) -> bool:
        """Whether it has not ended."""
        return self._child.poll() is None

    def wait_for(self, condition: Callable[[], object], what: str, patience_s: float = PATIENCE_S) -> None:
        """Wait until the condition holds; fail at once when the program ends before, and show what it said."""
        ended = False

        def holds_or_ended() -> bool:
            nonlocal ended
            ended = not self.running  # before the question: what it did last must still count
            return bool(condition()) or ended

        try:
            wait_until(holds_or_ended, what, patience_s)
        except AssertionError as error:
            raise AssertionError(f"{error}\nstderr:\n{self.stderr}") from None
        if ended:
            self._finish_reading()
            code = self._child.returncode
            assert condition(), f"ended with {code} before: {what}\nstderr:\n{self.stderr}"

    def wait_for_line(self, part: str, patience_s: float = PATIENCE_S) -> None:
        """Wait until a line of stderr or stdout holds this part."""
        self.wait_for(
            lambda: any(part in line for line in (*self.stderr_lines, *self.stdout_lines)),
            f"a line with {part!r}",
            patience_s,
        )

    def send_signal(self, number: signal.Signals) -> None:
        """Send a signal to the child."""
        self._child.send_signal(number)

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """End the child, politely at first; return its exit code."""
        if self.running:
            self._child.send_signal(number)
        try:
            code = self._child.wait(STOP_PATIENCE_S)
        except subprocess.TimeoutExpired:
            self._child.kill()
            code = self._child.wait()
        self._finish_reading()
        return code

    def stop_cleanly(self, number: signal.Signals = signal.SIGTERM) -> None:
        """End the child, and fail with the end of what it said unless it ended by itself and exited with 0."""
        began_s = time.monotonic()
        code = self.stop(number)
        took = f"the stop took {time.monotonic() - began_s:.1f} s and ended with {code}"
        if code == -signal.SIGKILL:
            took += f" (it is killed after {STOP_PATIENCE_S:g} s)"
        assert code == 0, "\n".join((f"{took}; the end of stderr:", *self.stderr_lines[-40:]))

    def _finish_reading(self) -> None:
        for reader in self._readers:
            reader.join(5)  # a grandchild that holds the pipe must not hold the test
        for stream in (self._child.stdout, self._child.stderr):
            if stream and not any(reader.is_alive() for reader in self._readers):
                stream.close()

    @staticmethod
    def _read(stream: TextIO | None, lines: list[str]) -> None:
        for line in stream or ():
            lines.append(line.rstrip("\n"))  # noqa: PERF401 - others watch the list grow
