"""How are many files planned on all cores, and printed in the order given?

A job is one FIT file. Archives are unpacked in this process, so that a bad file in one costs the others nothing.
"""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import redirect_stdout
from dataclasses import replace
from functools import partial
from io import StringIO
from typing import cast

import click

from hersteld.daemon.cli.printing.plan_print import Printing
from hersteld.daemon.reading.second_opinion import asked_from, asked_told
from hersteld.daemon.system.channel import Json
from hersteld.daemon.system.worker_pool import Lost, Pool, Result
from hersteld.daemon.views.plan_file import FitFile, PlannedFile


def print_many(fits: Iterable[FitFile | PlannedFile], printing: Printing) -> Iterator[str]:
    """Print the plans of files as they are ready, in the order given, and yield what became of each."""
    with Pool(partial(_printed, _portable(printing))) as pool:
        for fit, result in pool.map(fits):
            if isinstance(result, Lost):
                sha256 = hashlib.sha256(fit.content).hexdigest() if isinstance(fit, FitFile) else fit.sha256
                yield printing.print_plan(PlannedFile(fit.path, sha256, "rejected", result.reason)).status
                continue
            planned, text = result
            if planned["asked"]:
                asked_from(cast("Json", planned["asked"])).log(fit.path)
            click.echo(text.decode(), nl=False)
            yield str(planned["status"])


def _portable(printing: Printing) -> Printing:
    """Return what other processes need, which no address is."""
    notify = printing.settings.notify
    notify = replace(notify, targets=(), texts=dict(notify.texts))
    return replace(printing, settings=replace(printing.settings, notify=notify))


def _printed(printing: Printing, fit: FitFile | PlannedFile) -> Result:
    """Return the status of a file and how our own reader failed at it, and what is to be printed."""
    with redirect_stdout(StringIO()) as printed:
        planned = printing.print_plan(fit)
    asked = None if planned.asked is None else asked_told(planned.asked)
    return {"status": planned.status, "asked": asked}, printed.getvalue().encode()
