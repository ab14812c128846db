"""How is a text shown at a terminal so that a phone can read it with its camera?

As a QR code with the border of four modules that its standard asks for, or of two where the terminal has no room for
more, which phones read as well. It corrects few errors, as a screen makes none, and so is as small as it can be. Its
modules are dark on light whatever colours the terminal has, as not every reader knows the inverse.
"""

from collections.abc import Mapping
from itertools import groupby

import click
import segno

_BORDERS = (4, 2)
_HALVES = {(0, 0): " ", (1, 0): "▀", (0, 1): "▄", (1, 1): "█"}
"""What shows two modules, one above the other, where dark ones are black and light ones are the background."""


def qr_lines(text: str, *, columns: int, has_utf8: bool, has_colours: bool = True) -> list[str]:
    """Return the lines of a QR code; none where the terminal is too narrow for it.

    Args:
        text: An address, of ASCII.
        columns: How many the terminal has for it.
        has_utf8: Whether the terminal shows half blocks. Otherwise each module takes two columns of plain ASCII, and
            each row a line.
        has_colours: Whether it has colours; without them dark modules are marks, as on paper.
    """
    code = segno.make(text, error="l", micro=False)
    room = columns if has_utf8 else columns // 2
    border = next((border for border in _BORDERS if len(code.matrix) + 2 * border <= room), None)
    if border is None:
        return []
    rows = [tuple(1 if module else 0 for module in row) for row in code.matrix_iter(border=border)]
    if not has_utf8:
        return [_of_ascii(row, has_colours=has_colours) for row in rows]
    light = (0,) * len(rows[0])
    below_each = [*rows[1::2], *([light] if len(rows) % 2 else [])]
    lines = [
        "".join(map(_HALVES.__getitem__, zip(*pair, strict=True))) for pair in zip(rows[::2], below_each, strict=True)
    ]
    return [click.style(line, fg="black", bg="bright_white") if has_colours else line.rstrip() for line in lines]


def _of_ascii(row: tuple[int, ...], *, has_colours: bool) -> str:
    if not has_colours:
        return "".join("##" if module else "  " for module in row).rstrip()
    runs = ((module, len(list(run))) for module, run in groupby(row))
    return "".join(click.style("  " * length, bg="black" if module else "bright_white") for module, length in runs)


def shows_utf8(encoding: str | None, environ: Mapping[str, str]) -> bool:
    """Return whether a terminal shows UTF-8, as far as its locale says.

    Args:
        encoding: Of the stream that goes to it. It is UTF-8 for Python also where the locale knows ASCII alone.
    """
    locale = next((environ[name] for name in ("LC_ALL", "LC_CTYPE", "LANG") if environ.get(name)), "")
    is_of_locale = locale.lower().partition("@")[0].replace("-", "").endswith(".utf8")
    return is_of_locale and (encoding or "").lower().replace("-", "") == "utf8"


def shows_colours(environ: Mapping[str, str]) -> bool:
    """Return whether a terminal has colours, and its user wants any."""
    return environ.get("TERM", "dumb") != "dumb" and not environ.get("NO_COLOR")
