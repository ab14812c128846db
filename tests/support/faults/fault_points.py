"""Where may a kill hit the daemon, and how is it hit exactly there?

`python -m tests.support.faults.fault_points` loads the real program once and then forks it for every line it reads on
stdin: a process of its own, that starts, works and dies as `hersteld` does, without the half second that loading takes.
Named functions of the real modules are wrapped in it, and the n-th passing of one kills the process with SIGKILL. The
program itself knows nothing of all this.
"""

import ctypes
import functools
import importlib
import json
import os
import select
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

from tests.support.machine.process import PATIENCE_S

ROOT = Path(__file__).resolve().parents[3]
COMMIT, STATEMENT = "COMMIT", "any statement"


@dataclass(frozen=True, slots=True)
class FaultPoint:
    """A moment in the program.

    Attributes:
        function: "package.module:Class.method", or `COMMIT` for the end of any transaction, or `STATEMENT` for
            whatever the database is asked or told.
        said: Only calls with an argument that holds this text count.
        nth: The how-manieth passing kills.
        if_it_gives: A call that gives nothing, such as a claim when no message is due, is no passing.
    """

    moment: Literal["before", "after"]
    function: str
    said: str = ""
    nth: int = 1
    if_it_gives: bool = False

    def __str__(self) -> str:
        name = self.function.removeprefix("hersteld.daemon.")
        return f"{self.moment} {name}{f' {self.said!r}' if self.said else ''}, passing {self.nth}"


class Killer:
    """Counts the passings of one point in this process, and ends it at the right one."""

    def __init__(self, point: FaultPoint) -> None:
        self._point = point
        self._passed = 0

    def set_up(self) -> None:
        """Wrap what the point names."""
        if self._point.function in (COMMIT, STATEMENT):
            self._wrap_statements()
            return
        module, _, path = self._point.function.partition(":")
        owner: Any = importlib.import_module(module)
        *outer, name = path.split(".")
        for part in outer:
            owner = getattr(owner, part)
        setattr(owner, name, self._wrapped(getattr(owner, name)))

    def _wrapped(self, function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def passing(*arguments: Any, **named: Any) -> Any:
            counts = self._point.said in "\n".join(one for one in arguments if isinstance(one, str))
            if counts and self._point.moment == "before":
                self._pass()
            result = function(*arguments, **named)
            if counts and self._point.moment == "after" and (result or not self._point.if_it_gives):
                self._pass()
            return result

        return passing

    def _wrap_statements(self) -> None:
        killer, connect = self, sqlite3.connect

        class Connection(sqlite3.Connection):
            def execute(self, sql: str, *parameters: Any) -> sqlite3.Cursor:
                counts = killer._point.function in (sql, STATEMENT)
                if counts and killer._point.moment == "before":
                    killer._pass()
                cursor = super().execute(sql, *parameters)
                if counts and killer._point.moment == "after":
                    killer._pass()
                return cursor

        sqlite3.connect = functools.partial(connect, factory=Connection)  # type: ignore[assignment]  # a call that ours stands in for

    def _pass(self) -> None:
        self._passed += 1
        if self._passed == self._point.nth:
            os.kill(os.getpid(), signal.SIGKILL)


class Nursery:
    """The loaded program, of which any number of lives can be lived, one after the other."""

    def __init__(self) -> None:
        environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1"}
        self._parent = subprocess.Popen(
            [sys.executable, "-m", "tests.support.faults.fault_points"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
            cwd=ROOT,
            text=True,
            bufsize=1,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._parent.stdin is not None
        assert self._parent.stdout is not None
        self._parent.stdin.close()
        self._parent.wait(PATIENCE_S)
        self._parent.stdout.close()

    def start(
        self,
        words: Sequence[str],
        environment: Mapping[str, str],
        log: Path,
        point: FaultPoint | None = None,
        constants: Mapping[str, float] | None = None,
        powerless: bool = False,
    ) -> "Life":
        """Start `hersteld` with these words in an environment of its own; stderr goes to the end of `log`.

        Args:
            constants: "package.module:_NAME" of waiting times to shorten.
            powerless: Without root's right to open what is not its own, where we have it.
        """
        assert self._parent.stdin is not None
        order = {
            "words": list(words),
            "environment": dict(environment),
            "log": str(log),
            "point": None if point is None else asdict(point),
            "constants": dict(constants or {}),
            "powerless": powerless,
        }
        self._parent.stdin.write(json.dumps(order) + "\n")
        said = self.answer(PATIENCE_S)
        assert said, "the loaded program does not answer"
        return Life(self, int(said))

    def answer(self, patience_s: float) -> str | None:
        """Return the next line it says, or None when none comes in time."""
        assert self._parent.stdout is not None
        ready, _, _ = select.select([self._parent.stdout], [], [], patience_s)
        return self._parent.stdout.readline() if ready else None


class Life:
    """One process of the program; ended, at the latest, with the block."""

    def __init__(self, nursery: Nursery, pid: int) -> None:
        self._nursery = nursery
        self.pid = pid
        self._code: int | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._code is None:
            self.kill()
            self.wait()

    def kill(self, number: signal.Signals = signal.SIGKILL) -> None:
        """End it; it may have ended by itself."""
        if self._code is None:
            os.kill(self.pid, number)

    def ended(self, patience_s: float) -> bool:
        """Wait so long for its end; whether it came."""
        if self._code is None and (said := self._nursery.answer(patience_s)):
            self._code = int(said)
        return self._code is not None

    def wait(self) -> int:
        """Wait for its end and return its exit code, negative for a signal."""
        assert self.ended(PATIENCE_S), f"process {self.pid} did not end"
        assert self._code is not None
        return self._code


def _live(order: Mapping[str, Any]) -> None:
    """Be `hersteld` in this process, to its end."""
    os.environ.clear()
    os.environ.update(order["environment"])
    time.tzset()
    log = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.dup2(log, 1)
    os.dup2(log, 2)
    os.chdir("/")
    if order["powerless"]:
        _drop_rights()
    for place, value in order["constants"].items():
        module, _, name = place.partition(":")
        assert hasattr(importlib.import_module(module), name)
        setattr(importlib.import_module(module), name, value)
    if order["point"] is not None:
        Killer(FaultPoint(**order["point"])).set_up()
    sys.argv = ["hersteld", *order["words"]]
    from hersteld.daemon.cli.main import main

    main()


def _drop_rights() -> None:
    """Be root by name only: give every capability away, so that the rights of files hold as for anybody."""
    version_3, nothing = 0x20080522, (ctypes.c_uint32 * 6)()
    header = (ctypes.c_uint32 * 2)(version_3, 0)
    if ctypes.CDLL(None, use_errno=True).capset(header, nothing) != 0:
        raise OSError(ctypes.get_errno(), "capset")


_LOADED = (
    *("cli.main", "cli.options", "cli.run.run", "delivery.notifiers", "delivery.desktop_bus.notifications"),
    *("reading.second_opinion", "system.logs", "service.lifecycle"),
)


def _serve() -> None:
    """Load the program, then fork it for every order."""
    for name in _LOADED:
        importlib.import_module(f"hersteld.daemon.{name}")
    unburied = None
    for line in sys.stdin:
        if unburied is not None:
            os.waitpid(unburied, 0)
        pid = os.fork()
        if pid == 0:
            _live(json.loads(line))
            return
        _say(pid)
        end = os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
        assert end is not None
        _say(end.si_status if end.si_code == os.CLD_EXITED else -end.si_status)
        unburied = pid  # until the next order, so that nobody else gets the number that the test may still kill


def _say(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    _serve()
