"""How far is an import? A bar with its rate on a terminal, a line now and then where there is none."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import click

from hersteld.daemon.importing.importer import Report, Step
from hersteld.daemon.words.voice import Voice

_LINE_EVERY_S = 5.0
_WORDS: dict[Step, str] = {"reading": "import_reading", "storing": "import_storing"}


@contextmanager
def showing_progress(voice: Voice, *, line_every_s: float = _LINE_EVERY_S) -> Iterator[Report]:
    """Show on stderr what is reported while the block runs.

    Args:
        line_every_s: Where there is no terminal, a line is printed when so long has passed since the one before.
    """
    if sys.stderr.isatty():
        with _bars(voice) as report:
            yield report
    else:
        yield _Lines(voice, line_every_s)


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
