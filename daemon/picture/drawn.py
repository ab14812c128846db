"""How does a picture get into a file that somebody asked for?"""

import tempfile
from pathlib import Path
from typing import Literal

from hersteld.daemon.card.facts import CardFacts
from hersteld.daemon.card.svg import svg_of
from hersteld.daemon.system.errors import DaemonError, reason_of
from hersteld.daemon.system.paths import shown
from hersteld.parsers.line import Line

PictureKind = Literal["png", "svg"]


class NotDrawn(DaemonError):  # noqa: N818 - says what is wrong, as in parsers.errors
    """There is no picture; the error says why."""


def kind_of(path: Path) -> PictureKind | None:
    """Return which kind of picture a file is to hold, by its name; None for a name that says neither."""
    suffix = path.suffix.lower()
    if suffix == ".png":
        return "png"
    return "svg" if suffix == ".svg" else None


def written(path: Path, size: int) -> Line:
    """Return where a picture is, and how large, as a sentence."""
    return Line("card.written", {"path": shown(path), "size_kb": size / 1000})


def write(facts: CardFacts, path: Path) -> int:
    """Draw a picture into a file, in place of what stands there, and return its size in bytes.

    Args:
        path: Its name ends in ".png" or ".svg".

    Raises:
        NotDrawn: It cannot be drawn on this machine, or not be written there.
    """
    svg = svg_of(facts)
    content = svg.encode() if kind_of(path) == "svg" else _png(svg)
    try:
        _put(content, path.resolve())
    except OSError as error:
        raise NotDrawn("card.not_written", path=shown(path), reason=(reason_of(error),)) from error
    return len(content)


def _put(content: bytes, path: Path) -> None:
    """Write a file whole, or leave what stands there as it was.

    Raises:
        OSError: It cannot be written.
    """
    if path.exists() and not path.is_file():
        path.write_bytes(content)  # a pipe or a device has nothing to keep
        return
    with tempfile.TemporaryDirectory(prefix=".hersteld-", dir=path.parent) as folder:
        beside = Path(folder) / path.name
        beside.write_bytes(content)
        beside.replace(path)


def _png(svg: str) -> bytes:
    from hersteld.daemon.card.raster import fault, png_of  # noqa: PLC0415 - an SVG needs no library

    reason = fault()
    if reason is not None:
        raise NotDrawn(reason)
    return png_of(svg)
