"""How far is an import, or what follows from a change?

A terminal shows a bar with its rate; where there is none, a line is printed now and then.
"""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from hersteld.daemon.importing.importer import Report, Step
from hersteld.daemon.words.voice import Voice

_LINE_EVERY_S = 5.0
_WORDS: dict[Step, str] = {"reading": "import_reading", "storing": "import_storing", "assessing": "assessing_anew"}


@contextmanager
def showing_progress(voice: Voice, *, line_every_s: float | None = None) -> Iterator[Report]:
    """Show on stderr what is reported while the block runs.

    Args:
        line_every_s: Where there is no terminal, a line is printed when so long has passed since the one before; None
            for the usual.
    """
    if sys.stderr.isatty():
        with _bars(voice) as report:
            yield report
    else:
        yield _Lines(voice, _LINE_EVERY_S if line_every_s is None else line_every_s)


@contextmanager
def showing_assessing(voice: Voice) -> Iterator[Callable[[int, int], None]]:
    """Show likewise how many later workouts are assessed anew, and of how many."""
    with showing_progress(voice) as report:
        yield lambda done, of: report("assessing", done, of)


@contextmanager
def _bars(voice: Voice) -> Iterator[Report]:
    from rich.console import Console  # noqa: PLC0415 - slow, and only a terminal needs it
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn  # noqa: PLC0415 - as above

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"))
    with Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True) as progress:
        tasks: dict[Step, tuple[TaskID, float]] = {}

        def report(step: Step, done: int, of: int) -> None:
            if step not in tasks:
                tasks[step] = progress.add_task(voice.say(_WORDS[step]), total=of, rate=""), time.monotonic()
            task, begun_s = tasks[step]
            progress.update(task, completed=done, rate=_rate(voice, done, begun_s))

        yield report


class _Lines:
    """Prints a line when some time has passed since the one before."""

    def __init__(self, voice: Voice, every_s: float) -> None:
        self._voice = voice
        self._every_s = every_s
        self._said_s = time.monotonic()
        self._begun: dict[Step, float] = {}

    def __call__(self, step: Step, done: int, of: int) -> None:
        now_s = time.monotonic()
        begun_s = self._begun.setdefault(step, now_s)
        if now_s - self._said_s >= self._every_s:
            self._said_s = now_s
            what = self._voice.say(_WORDS[step])
            click.echo(f"{what}: {done}/{of}, {_rate(self._voice, done, begun_s)}", err=True)


def _rate(voice: Voice, done: int, begun_s: float) -> str:
    return voice.say("import_rate", rate=round(done / max(time.monotonic() - begun_s, 0.1)))
