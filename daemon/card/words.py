"""Which words can be drawn, and how wide are they?

The typeface has the signs of English and Dutch. Other letters are drawn without their accents where that helps, and
other signs (emoji, names in another script) are left out: they would be drawn as nothing, or as boxes.
"""

import re
import unicodedata

from hersteld.daemon.card.fonts.widths import WIDTHS
from hersteld.daemon.card.theme import Lettering

_ELLIPSIS = "…"
# Spaces and hyphens that Unicode tells apart; the soft hyphen is no sign at all.
_SAME = str.maketrans({"\u2010": "-", "\u2011": "-", "\u2012": "–", "\u00ad": None})
# What is left around a name that could not be drawn: an empty pair of brackets, a space before a comma, and at the
# beginning whatever followed it.
_EMPTY_BRACKETS = re.compile(r"\(\s*\)|\[\s*\]")
_SPACE_BEFORE = re.compile(r"\s+(?=[,;.])")
_FIRST_SIGNS = re.compile(r"^[\s,;:.)\]–—-]+(?=\S)")


def drawable(words: str) -> str:
    """Return words without the signs that the typeface lacks, in single spaces."""
    composed = unicodedata.normalize("NFC", words.translate(_SAME))
    drawn = "".join(map(_drawn, composed))
    if not all(map(_drawn, composed)):  # something is lost
        drawn = _SPACE_BEFORE.sub("", _EMPTY_BRACKETS.sub("", drawn))
        if not _drawn(composed[0]):
            drawn = _FIRST_SIGNS.sub("", drawn)
    return " ".join(drawn.split())


def _is_drawable(sign: str) -> bool:
    return sign in WIDTHS[400]


def _drawn(sign: str) -> str:
    if _is_drawable(sign):
        return sign
    if sign.isspace():
        return " "
    return "".join(filter(_is_drawable, unicodedata.normalize("NFKD", sign)))


def width_px(words: str, lettering: Lettering) -> float:
    """Return how wide words are that the typeface has. Never less than drawn, but for a pair that stands apart.

    Args:
        words: As `drawable` returns them.
        lettering: Their size and weight.
    """
    of_sign = WIDTHS[lettering.weight]
    return sum(of_sign[sign] for sign in words) * lettering.size_px / 1000


def shortened(words: str, lettering: Lettering, room_px: float) -> str:
    """Return words that fit: all of them, or so many whole words and an ellipsis, or so many letters."""
    if width_px(words, lettering) <= room_px:
        return words
    for parts, joint in ((words.split(), " "), (list(words), "")):
        for count in range(len(parts) - 1, 0, -1):
            less = joint.join(parts[:count]).rstrip(" ,;:.–—-") + _ELLIPSIS
            if less != _ELLIPSIS and width_px(less, lettering) <= room_px:
                return less
    return _ELLIPSIS if width_px(_ELLIPSIS, lettering) <= room_px else ""


def wrapped(words: str, lettering: Lettering, room_px: float, most_lines: int | None = None) -> list[str]:
    """Return words in lines, broken between words.

    Args:
        words: As `drawable` returns them.
        lettering: Their size and weight.
        room_px: How wide a line may be; a single word that is wider is shortened.
        most_lines: What is beyond so many is shortened; None for as many lines as it takes.
    """
    lines: list[str] = []
    left = words.split()
    while left and len(lines) != most_lines:
        is_last = most_lines is not None and len(lines) == most_lines - 1
        count = len(left) if is_last else _fitting(left, lettering, room_px)
        lines.append(shortened(" ".join(left[:count]), lettering, room_px))
        left = left[count:]
    return lines


def _fitting(words: list[str], lettering: Lettering, room_px: float) -> int:
    """Return how many words fit into a line; one at least."""
    count = 1
    while count < len(words) and width_px(" ".join(words[: count + 1]), lettering) <= room_px:
        count += 1
    return count
