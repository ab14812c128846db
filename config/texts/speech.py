"""In which language does this process speak to whoever called it, and how does it say a line?

A process has one reader: the user of the command, or of the service's log. So, as gettext does, it is told its language
once, and errors, log lines and commands need not hand it on. Messages are for other readers, and never said by this.
"""

from collections.abc import Callable
from datetime import UTC, datetime, tzinfo
from functools import cache
from typing import TYPE_CHECKING

from hersteld.config.languages import Language
from hersteld.parsers.line import Line, Value

if TYPE_CHECKING:  # `--version` says nothing
    from hersteld.config.texts.catalogue import Texts


class _Reader:
    """Whoever reads what this process says.

    Attributes:
        find_language: Returns the language, where nobody has needed it yet.
    """

    language: Language | None = "en"
    zone: tzinfo = UTC
    find_language: Callable[[], Language] | None = None


def speak(language: Language, zone: tzinfo) -> None:
    """Say everything in this language from now on, and times in this zone."""
    _Reader.language, _Reader.zone, _Reader.find_language = language, zone, None


def speak_when_needed(find_language: Callable[[], Language]) -> None:
    """Say everything in the language that a function returns; it is called when the first text is said, if ever."""
    _Reader.language, _Reader.find_language = None, find_language


def spoken_language() -> Language:
    """Return the language that this process speaks."""
    if _Reader.language is None:
        _Reader.language = _Reader.find_language() if _Reader.find_language else "en"
    return _Reader.language


def read_all_texts() -> None:
    """Read every text of this process's language now, and how numbers and dates are written in it.

    A service does so at its start. Then it can still say what is wrong when no file can be opened any more, or when an
    update has replaced the files of the texts.
    """
    texts = _texts(spoken_language())
    for _ in texts.templates:  # a subject is read when its ids are asked for
        pass
    say("commands.distance", distance_m=0)
    say("commands.when", at=datetime.now(UTC))


def say(id_: str, **values: Value) -> str:
    """Return a text with its values in the language of this process.

    Raises:
        TextError: There is no such text, or it names a value that is not given.
    """
    return said(Line(id_, values))


def said(line: Line, *, zone: tzinfo | None = None) -> str:
    """Return a line in the language of this process; see `say`.

    Args:
        zone: Where the reader is now; None for where the reader was when this process began.
    """
    return _texts(spoken_language()).sentence(line, zone or _Reader.zone)


def text_exists(id_: str) -> bool:
    """Return whether there is a text of this id."""
    return id_ in _texts(spoken_language()).templates


def word(table: str, key: str) -> str:
    """Return the word of a list in the language of this process; a key that is in no list reads as itself."""
    return _texts(spoken_language()).word(table, key)


def spoken_source(english: str) -> str:
    """Return the source of a number in the language of this process."""
    from hersteld.config.texts.sources import source_in  # noqa: PLC0415 - few commands show sources

    return source_in(_texts(spoken_language()), english)


def forget_texts() -> None:
    """Read the texts anew when the next one is said: they may stand elsewhere by now."""
    _texts.cache_clear()


@cache
def _texts(language: Language) -> "Texts":
    from hersteld.config.texts.catalogue import load_texts  # noqa: PLC0415 - `--version` says nothing

    return load_texts(language)
