"""How are numbers, words and shapes written in SVG?"""

from html import escape

from hersteld.daemon.card.theme import Lettering


def number(value: float) -> str:
    """Return a length in pixels with at most one decimal."""
    return f"{round(value, 1) + 0:g}"  # + 0 turns -0.0 into 0


def text(x_px: float, y_px: float, words: str, lettering: Lettering, anchor: str = "start") -> str:
    """Return words on their base line; nothing where there are none.

    Args:
        x_px, y_px: Where they begin, are centred or end, as `anchor` says, and their base line.
        words: Words that the typeface has.
        lettering: Their kind.
        anchor: "start", "middle" or "end".
    """
    if not words:
        return ""
    at = f'x="{number(x_px)}" y="{number(y_px)}"' + ("" if anchor == "start" else f' text-anchor="{anchor}"')
    return f'<text {at} class="{lettering.name}">{escape(words, quote=False)}</text>'


def box(x_px: float, y_px: float, width_px: float, height_px: float, name: str) -> str:
    """Return a rectangle of a class; nothing where it is too thin to be seen."""
    if min(width_px, height_px) < 0.5:
        return ""
    sides = f'width="{number(width_px)}" height="{number(height_px)}"'
    return f'<rect x="{number(x_px)}" y="{number(y_px)}" {sides} class="{name}"/>'


def line(path: str, name: str, dashes: str = "") -> str:
    """Return a line of a class along a path, with "2 5" for dashes of 2 px and gaps of 5 px."""
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return f'<path d="{path}" class="{name}"{dashed}/>'
