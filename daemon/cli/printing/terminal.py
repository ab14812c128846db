"""How is something printed, whatever is in it and wherever it goes?"""

import json
import shutil
import sys
import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from hersteld.daemon.system.logs import disarmed, disarmed_json

if TYPE_CHECKING:  # slow, and only tables need it
    from rich.console import Group
    from rich.table import Table

_PIPE_WIDTH = 250
_GAP = 3  # what rich leaves between two columns


def say(text: str = "", **style: Any) -> None:
    """Print a line; control characters from file names and devices are spelt out, and pipes get no colours."""
    click.secho(disarmed(text), **style)


def tell(text: str = "", **style: Any) -> None:
    """Print a sentence as `say` does; on a terminal no word of it is broken at the margin, and its indent is kept."""
    lines = [disarmed(text)]
    if sys.stdout.isatty():
        indent = " " * (len(text) - len(text.lstrip(" ")))
        width = max(shutil.get_terminal_size().columns, len(indent) + 20)
        layout = textwrap.TextWrapper(width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
        lines = layout.wrap(lines[0]) or [""]
    for line in lines:
        click.secho(line, **style)


def print_json(value: object) -> None:
    """Print a value that JSON knows as one line."""
    click.echo(disarmed_json(json.dumps(value, ensure_ascii=False, allow_nan=False)))


def print_table(
    rows: Sequence[Sequence[str]],
    headings: Sequence[str] = (),
    *,
    right: Sequence[int] = (),
    indent: int = 0,
    key_columns: int = 0,
) -> None:
    """Print rows in columns.

    Args:
        headings: One per column, or none.
        right: Columns of numbers, which stand at the right.
        indent: Columns to leave free at the left.
        key_columns: On a terminal too narrow for whole rows, this many columns stay, and the others are told below
            them, each after its heading. 0 folds cells instead.
    """
    from rich.cells import cell_len  # noqa: PLC0415 - slow, and only tables need it
    from rich.console import Console  # noqa: PLC0415 - as above

    # A pipe has no width: nothing is folded there.
    console = Console(highlight=False, width=None if sys.stdout.isatty() else _PIPE_WIDTH)
    room = console.width if console.width <= indent else console.width - indent
    harmless = [[disarmed(cell) for cell in row] for row in rows]
    columns = zip(*([headings] if headings else []), *harmless, strict=True)
    needed = sum(max(map(cell_len, column)) + _GAP for column in columns) - _GAP
    with console.capture() as captured:
        if key_columns and needed > room:
            console.print(_stacked(harmless, headings, right, key_columns), width=room)
        else:
            console.print(_table(harmless, headings, right), width=room)
    for line in captured.get().splitlines():
        click.echo(f"{'':{indent}}{line}".rstrip())


def _table(rows: Sequence[Sequence[str]], headings: Sequence[str], right: Sequence[int]) -> "Table":
    from rich import box  # noqa: PLC0415 - slow, and only tables need it
    from rich.table import Table  # noqa: PLC0415 - as above
    from rich.text import Text  # noqa: PLC0415 - as above

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, show_header=bool(headings))
    for number in range(len(headings or rows[0])):
        heading = headings[number] if headings else ""
        table.add_column(heading, justify="right" if number in right else "left", overflow="fold")
    for row in rows:
        table.add_row(*map(Text, row))
    return table


def _stacked(rows: Sequence[Sequence[str]], headings: Sequence[str], right: Sequence[int], key_columns: int) -> "Group":
    """Return each row as a line of its first columns, and below it the others, set in."""
    from rich.cells import cell_len  # noqa: PLC0415 - slow, and only tables need it
    from rich.console import Group  # noqa: PLC0415 - as above
    from rich.padding import Padding  # noqa: PLC0415 - as above
    from rich.text import Text  # noqa: PLC0415 - as above

    widths = [max(cell_len(row[number]) for row in rows) for number in range(key_columns)]
    lines = []
    for row in rows:
        cells = []
        for number, width in enumerate(widths):
            blank = " " * (width - cell_len(row[number]))
            cells.append(blank + row[number] if number in right else row[number] + blank)
        lines.append(Padding(Text("  ".join(cells).rstrip(), overflow="fold"), 0))
        others = zip(headings[key_columns:], row[key_columns:], strict=True)
        told = " · ".join(f"{heading}: {cell}" for heading, cell in others if cell)
        lines.append(Padding(Text(told, overflow="fold"), (0, 0, 0, 4)))
    return Group(*lines)
