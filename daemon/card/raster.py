"""How does the picture become a PNG, and can it on this machine?

The library is loaded only by what draws: the process that sends, `hersteld card`, `plan --card` and `check`.
"""

from pathlib import Path

from hersteld.daemon.card.fonts import FILES
from hersteld.daemon.card.theme import WIDTH_PX
from hersteld.parsers.line import Line

_FAMILY = "Hersteld"
_NOT_INSTALLED = Line("card.not_installed")
# A letter of each weight, or none.
_LETTER = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40">'
    '<text x="4" y="32" font-family="{family}" font-size="32" font-weight="{weight}">{letter}</text></svg>'
)


def png_of(svg: str, *, width_px: int = WIDTH_PX) -> bytes:
    """Return an SVG document as a PNG.

    Where the typeface is missing it has no words, and nothing says so: ask `fault` once before.

    Args:
        svg: As `svg_of` returns it.
        width_px: How wide; the height follows.

    Raises:
        ImportError: The library is not there.
        ValueError: It is no SVG document.
    """
    return _png_of(svg, FILES, width_px)


def fault(fonts: dict[int, Path] | None = None) -> Line | None:
    """Return why no picture can be drawn on this machine; None where it can.

    The library draws no words and raises nothing where a file of the typeface is missing or of a wrong kind, so a
    letter of each weight is drawn and looked for.

    Args:
        fonts: The file of each weight; ours where None.
    """
    files = FILES if fonts is None else fonts
    try:
        blank = _png_of(_LETTER.format(family=_FAMILY, weight=400, letter=""), files, None)
    except ImportError:
        return _NOT_INSTALLED
    for weight, file in files.items():
        # With the file alone: the other weight would stand in for it.
        svg = _LETTER.format(family=_FAMILY, weight=weight, letter="H")
        if _png_of(svg, {weight: file}, None) == blank:
            return Line("card.no_typeface", {"file": str(file)})
    return None


def _png_of(svg: str, fonts: dict[int, Path], width_px: int | None) -> bytes:
    import resvg_py  # noqa: PLC0415 - only what draws needs it

    files = [str(file) for file in fonts.values()]
    return resvg_py.svg_to_bytes(
        svg_string=svg, width=width_px, skip_system_fonts=True, font_files=files, font_family=_FAMILY
    )
