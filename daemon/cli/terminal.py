"""How is something printed, whatever is in it and wherever it goes?"""

import json
import sys
from collections.abc import Sequence
from typing import Any

import click

from hersteld.daemon.logs import disarmed, disarmed_json

_PIPE_WIDTH = 250


def say(text: str = "", **style: Any) -> None:
    """Print a line; control characters from file names and devices are spelt out, and pipes get no colours."""
    click.secho(disarmed(text), **style)


def print_json(value: object) -> None:
    """Print a value that JSON knows as one line."""
    click.echo(disarmed_json(json.dumps(value, ensure_ascii=False, allow_nan=False)))


def print_table(
    rows: Sequence[Sequence[str]], headings: Sequence[str] = (), *, right: Sequence[int] = (), indent: int = 0
) -> None:
    """Print rows in columns.

    Args:
        headings: One per column, or none.
        right: Columns of numbers, which stand at the right.
        indent: Columns to leave free at the left.
    """
    from rich import box  # noqa: PLC0415 - slow, and only tables need it
    from rich.console import Console  # noqa: PLC0415 - as above
    from rich.table import Table  # noqa: PLC0415 - as above
    from rich.text import Text  # noqa: PLC0415 - as above

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, show_header=bool(headings))
    for number in range(len(headings or rows[0])):
        heading = headings[number] if headings else ""
        table.add_column(heading, justify="right" if number in right else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(disarmed(cell)) for cell in row))
    # A pipe has no width: nothing is folded there.
    console = Console(highlight=False, width=None if sys.stdout.isatty() else _PIPE_WIDTH)
    with console.capture() as captured:
        console.print(table, width=None if console.width <= indent else console.width - indent)
    for line in captured.get().splitlines():
        click.echo(f"{'':{indent}}{line}".rstrip())
