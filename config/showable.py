"""What of the user's own words may be printed?

An address, a token or a password may have come to stand anywhere: as a key, as a table, in place of a word. So what
hersteld does not know is not shown, unless it resembles something that hersteld knows, or is a short number or a
stretch of the day. Where nothing is known to compare with (the name of a target, a word of the command line), what
looks like a secret is not shown.
"""

import re
from collections.abc import Iterable
from difflib import get_close_matches

from hersteld.config.token_shapes import has_token

_NUMBER = re.compile(r"[+-]?\d{1,6}(\.\d{1,3})?")
_MOST = 10**6
_STRETCH = re.compile(r"\d{1,2}:\d\d ?[-–] ?\d{1,2}:\d\d")
_ALIKE = 0.75
"""To show a word takes more than to guess what it means: "sesame" is like "name" by 0.6."""
_LONGER = 3
"""A word with more letters than this beyond those of a known one may hide a secret behind it."""

_WEB = re.compile(r"https?://", re.IGNORECASE)
_FILE = re.compile(r"\.(?:fit|gz|zip|gpx|tcx|db|toml)$", re.IGNORECASE)
_SPACELESS = re.compile(r"[^\s'\"(),;]+")


def nearest(word: str, known: Iterable[str], alike: float = 0.6) -> str | None:
    """Return the known word most like this one, in small or capital letters, or None when none is much like it."""
    known = tuple(known)
    for written in (word, word.casefold()):
        if close := get_close_matches(written, known, n=1, cutoff=alike):
            return close[0]
    return None


def may_be_shown(word: str, known: Iterable[str]) -> bool:
    """Return whether a word is a known one, or one of them with a slip of the pen."""
    known = tuple(known) if word else ()
    if any(one.startswith(word) or sorted(word) == sorted(one) for one in known):  # cut off, or letters changed places
        return True
    close = nearest(word, known, _ALIKE)
    if close is None or len(word) > len(close) + _LONGER:
        return False
    return re.fullmatch(r"[A-Za-z0-9_-]+", word) is not None and set(re.findall(r"\d", word)) <= set(close)


def shown(value: object, known: Iterable[str] = ()) -> str | None:
    """Return a value as it may be printed, or None for what might be a secret.

    Args:
        known: The words that may stand there.
    """
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return None if _MOST <= abs(value) < float("inf") else f"{value:g}"
    if not isinstance(value, str):
        return None
    text = value.strip()
    if not text or is_number(text) or _STRETCH.fullmatch(text) or may_be_shown(text, known):
        return f'"{text}"'
    return None


def is_number(text: str) -> bool:
    """Return whether a text is a number that is too short to be a secret."""
    return _NUMBER.fullmatch(text.strip()) is not None


def looks_secret(text: str) -> bool:
    """Return whether a text has an address of a service, or something like a token, in it.

    A web address with nothing like a token in it is none.
    """
    return any(_is_secret(word) for word in text.split())


def holds_address(value: object) -> bool:
    """Return whether there is an address anywhere in a value, in tables and lists of it too."""
    if isinstance(value, dict):
        return any(map(holds_address, (*value, *value.values())))
    if isinstance(value, list):
        return any(map(holds_address, value))
    return isinstance(value, str) and "://" in value


def without_secrets_in(message: str) -> str:
    """Return a message with three stars for each of its words that looks like a secret; a name of a file does not."""

    def starred(found: re.Match[str]) -> str:
        word = found[0]
        return "***" if "://" in word or (_is_secret(word) and not _FILE.search(word)) else word

    return _SPACELESS.sub(starred, message)


def _is_secret(word: str) -> bool:
    if "://" in word and (not _WEB.match(word) or "@" in word):
        return True
    return has_token(word)
