"""How is something printed, whatever is in it and wherever it goes?"""

import json
import sys
from collections.abc import Sequence
from typing import Any

import click

from hersteld.daemon.logs import disarmed


def say(text: str = "", **style: Any) -> None:
    """Print a line; control characters from file names and devices are spelt out, and pipes get no colours."""
    click.secho(disarmed(text), **style)


def print_json(value: object) -> None:
    """Print a value that JSON knows as one line."""
    click.echo(json.dumps(value, ensure_ascii=False, allow_nan=False))


def print_table(headings: Sequence[str], rows: Sequence[Sequence[str]], *, right: Sequence[int] = ()) -> None:
    """Print rows under headings.

    Args:
        right: Columns of numbers, which stand at the right.
    """
    from rich import box  # noqa: PLC0415 - slow, and only tables need it
    from rich.console import Console  # noqa: PLC0415 - as above
    from rich.table import Table  # noqa: PLC0415 - as above
    from rich.text import Text  # noqa: PLC0415 - as above

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for number, heading in enumerate(headings):
        table.add_column(heading, justify="right" if number in right else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(disarmed(cell)) for cell in row))
    # A pipe has no width: nothing is folded there.
    Console(highlight=False, width=None if sys.stdout.isatty() else 250).print(table)
