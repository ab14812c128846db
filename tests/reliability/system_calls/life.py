"""A life of the installed program in which one call is refused, and a second one in which none is."""

import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from hersteld.daemon.cli.exit_codes import STAY_DOWN
from tests.support.faults.killed import Shelf
from tests.support.faults.strace import Attached, Refused, most_calls, traced, was_refused
from tests.support.machine.process import Program, wait_until

Begin = Literal["on our files", "from the start", "once ready"]
_COMMAND = Path(sys.executable).with_name("hersteld")
_READY = "ready; messages go to"
_ENOUGH_S = 4.0
"""How long the first life may try to get over the fault, once it is ready; what is left is for the second one."""


@dataclass(frozen=True, slots=True)
class Told:
    """What became of a life in which a call was refused.

    Attributes:
        code: Its exit code.
        said: All that it said.
        was_refused: Whether the call was refused at all.
        most: How many such calls the busiest thread made.
    """

    code: int
    said: str
    was_refused: bool
    most: int


def live(shelf: Shelf, begin: Begin, refused: Refused) -> Told:
    """Live with a refused call.

    Args:
        begin: Which calls count: those on our files alone, with a workout that is there already; or all of this kind
            from the start; or all once the service has said that it is ready, and then the workout comes.
    """
    trace = shelf.folder / "trace"
    if begin == "once ready":
        code, said = _live_once_ready(shelf, trace, refused)
    else:
        shelf.put("one.fit")
        command: list[str | Path] = [
            *traced(trace, refused, _files_of(shelf) if begin == "on our files" else ()),
            _COMMAND,
            *shelf.words,
        ]
        with Program(command, environment=shelf.environment, folder=shelf.folder) as life:
            _await_the_end(shelf, life)
            code = life.stop()
        said = life.stderr
    return Told(code, said, was_refused(trace), most_calls(trace))


def _live_once_ready(shelf: Shelf, trace: Path, refused: Refused) -> tuple[int, str]:
    with Program([_COMMAND, *shelf.words], environment=shelf.environment, folder=shelf.folder) as life:
        life.wait_for_line(_READY)
        with Attached(trace, refused, life.pid) as tracer:
            shelf.put("one.fit")
            _await_the_end(shelf, life, tracer.let_go_when_refused)
            code = life.stop()
    return code, life.stderr


def check(shelf: Shelf, first: Told, *, is_unanswered: bool = False) -> None:
    """Live on without a fault; then nothing is lost and nothing repeated, and the first life ended as it should.

    Args:
        is_unanswered: Whether what the phone has heard may come once more, as its answer was lost.
    """
    assert "Traceback" not in first.said, first.said
    assert first.code in {0, 1, *STAY_DOWN}, (first.code, first.said)
    assert first.code == 0 or "Error: " in first.said.splitlines()[-1], first.said
    assert "should not happen" not in first.said, first.said
    assert "set aside" not in first.said, first.said
    shelf.take_stock()
    if is_unanswered:
        shelf.excused.update(shelf.phone.received)
    let_time_pass(shelf)
    shelf.live_again()
    shelf.check()
    assert shelf.repeated <= sum(shelf.excused.values())


def let_time_pass(shelf: Shelf) -> None:
    """Let the pauses be over: after a refusal, a message without an answer, and a file at which reading ended."""
    if shelf.database.exists():
        with closing(sqlite3.connect(shelf.database)) as database, database:
            database.execute("UPDATE outbox SET try_at = due_at WHERE state IN ('pending', 'unknown')")
            database.execute("UPDATE set_aside SET at = (strftime('%Y', at) - 1) || substr(at, 5)")


def _files_of(shelf: Shelf) -> list[Path]:
    state = [shelf.database.with_name(shelf.database.name + name) for name in ("", "-wal", "-journal", ".lock")]
    return [*state, shelf.database.parent, shelf.inbox, shelf.inbox / "one.fit"]


def _await_the_end(shelf: Shelf, life: Program, meanwhile: Callable[[], None] = lambda: None) -> None:
    def is_over() -> bool:
        meanwhile()
        return not life.running or shelf.is_done()

    wait_until(lambda: not life.running or _READY in life.stderr, "readiness, or the end")
    try:
        wait_until(is_over, "the end of the work", _ENOUGH_S)
    except (AssertionError, sqlite3.Error):
        return
