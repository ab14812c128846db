"""A phone's camera that is pointed at a terminal: it sees squares of light and dark, and reads what they say."""

import re
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.support.machine.components import require

_PIECE = re.compile(r"\x1b\[([\d;]*)m|(.)", re.DOTALL)
_SCALE = 4
_HALVES = {" ": (0, 0), "▀": (1, 0), "▄": (0, 1), "█": (1, 1)}
"""Which half of a letter's place, above and below, is in the colour of the letter."""


def seen(lines: Iterable[str]) -> list[list[bool]]:
    """Return what is dark on a terminal of which each line has its colours, two rows for each line."""
    return [row for line in lines for row in _rows(line)]


def read_code(lines: Iterable[str], folder: Path) -> str:
    """Return what the QR code says that a terminal shows.

    Args:
        folder: For a picture of it.
    """
    rows = [row for row in seen(lines) if row]
    widest = max(map(len, rows))
    picture = folder / "terminal.pgm"
    with picture.open("w") as file:
        file.write(f"P2\n{widest * _SCALE} {len(rows) * _SCALE}\n1\n")
        for row in rows:
            dots = [dot for is_dark in (*row, *[False] * (widest - len(row))) for dot in "01"[not is_dark] * _SCALE]
            file.write((" ".join(dots) + "\n") * _SCALE)
    command = [str(require("zbarimg")), "--quiet", "--raw", "--nodbus", str(picture)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    return done.stdout.strip()


def _rows(line: str) -> Iterator[list[bool]]:
    above: list[bool] = []
    below: list[bool] = []
    letter, ground = False, False
    for found in _PIECE.finditer(line.strip("\r\n")):
        codes = set((found[1] or "0").split(";")) if found[2] is None else set()
        if found[2] is None:
            if codes & {"30", "97"}:
                letter = "30" in codes
            if codes & {"40", "107"}:
                ground = "40" in codes
            if codes & {"0", ""}:
                letter, ground = False, False
            continue
        upper, lower = _HALVES.get(found[2], (0, 0))
        above.append(letter if upper else ground)
        below.append(letter if lower else ground)
    yield above
    yield below
