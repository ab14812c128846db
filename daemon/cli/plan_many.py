"""How are many files planned by all cores, and printed in the order given?"""

from collections.abc import Iterator, Sequence
from contextlib import redirect_stdout
from dataclasses import replace
from functools import partial
from io import StringIO
from pathlib import Path

import click

from hersteld.daemon.cli.plan_printing import Printing
from hersteld.daemon.paths import shown
from hersteld.daemon.plan_file import PlannedFile
from hersteld.daemon.pool import Lost, Pool


def print_many(files: Sequence[Path], printing: Printing) -> Iterator[str]:
    """Print the plans of files as they are ready, in the order given, and yield what became of each."""
    with Pool(partial(_printed, _portable(printing))) as pool:
        for path, result in pool.map(files):
            if isinstance(result, Lost):
                lost = PlannedFile(shown(path), None, "rejected", result.reason)
                printing.print_planned(lost)
                yield lost.status
            else:
                text, statuses = result
                click.echo(text, nl=False)
                yield from statuses


def _portable(printing: Printing) -> Printing:
    """Return what other processes need to know; addresses are not among it."""
    notify = printing.settings.notify
    notify = replace(notify, targets=(), texts=dict(notify.texts))
    return replace(printing, settings=replace(printing.settings, notify=notify))


def _printed(printing: Printing, path: Path) -> tuple[str, tuple[str, ...]]:
    """Be the work of a worker: return what is to be printed, and what became of the file."""
    with redirect_stdout(StringIO()) as printed:
        statuses = tuple(printing.print_file(path))
    return printed.getvalue(), statuses
