"""What has the shape of a token? Not a name with digits in it, such as those of phones, of watches and of exports.

In a name, words and numbers follow each other, each of several characters. In a token they change at almost every one.
"""

import itertools
import re

_TAIL = r"(?=[\w-]{16})[\w-]*?(?=[A-Za-z]*\d)[A-Za-z0-9]{10}"
_BEGUN = re.compile(
    rf"(?<![A-Za-z0-9])(?:(?:tk|sk|pk|xox[a-z]|gh[a-z]|glpat|github_pat)[_-]{_TAIL}|AKIA[A-Z0-9]{{16}})", re.IGNORECASE
)
"""How tokens of ntfy, Slack, GitHub, Amazon and others begin, with enough behind it that is no word."""
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_RUN = re.compile(r"[A-Za-z0-9]+(?:[_-][A-Za-z0-9]+)*")
_PIECE = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|\d+|[_-]")
_HEX = re.compile(r"[0-9a-f]{16,}|[0-9A-F]{16,}")

_LONG = 16
_SHORT = 12
"""So short a word is a token only where letters and digits change as often as in none that is spoken."""
_OFTEN = 6
_SEVERAL = 4
_SHORTEST_DOUBTFUL = 9
_SHORTEST_MEAN = 3.0
"""The pieces of names are longer than this on average."""


def has_token(text: str) -> bool:
    """Return whether something in a text has the shape of a token."""
    return bool(_BEGUN.search(text) or _UUID.search(text)) or any(_is_token(found[0]) for found in _RUN.finditer(text))


def may_be_token(text: str) -> bool:
    """Return whether something in a text has letters and digits as a token has, and is longer than words with a number.

    It finds more than `has_token`, also names: for places where hardly anybody writes one, such as titles of training.
    """
    runs = text.replace("@", " ").replace(".", " ").split()
    return any(len(run) >= _SHORTEST_DOUBTFUL and any(letter.isdigit() for letter in run) for run in runs)


def _is_token(run: str) -> bool:
    pieces = _PIECE.findall(run)
    words = [piece for piece in pieces if piece not in "_-"]
    length = sum(map(len, words))
    changes = [(one, other) for one, other in itertools.pairwise(pieces) if one not in "_-" and other not in "_-"]
    turns = sum(one.isdigit() != other.isdigit() for one, other in changes)
    if length < _LONG:
        return length >= _SHORT and turns >= _OFTEN
    if not turns:
        return False
    is_even = run == run.upper() or _HEX.fullmatch(run) is not None
    return (len(changes) + 1) * _SHORTEST_MEAN > length or (is_even and turns >= _SEVERAL)
