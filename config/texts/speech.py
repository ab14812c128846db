"""In which language does this process speak to whoever called it, and how does it say a line?

A process has one reader: the user of the command, or of the service's log. So, as gettext does, it is told its language
once, and errors, log lines and commands need not hand it on. Messages are for other readers, and never said by this.
"""

from datetime import UTC, datetime, tzinfo
from functools import cache

from hersteld.config.settings import Language
from hersteld.config.texts.catalogue import Texts, load_texts
from hersteld.parsers.line import Line, Value


class _Reader:
    """Whoever reads what this process says."""

    language: Language = "en"
    zone: tzinfo = UTC


def speak(language: Language, zone: tzinfo) -> None:
    """Say everything in this language from now on, and times in this zone."""
    _Reader.language, _Reader.zone = language, zone


def spoken_language() -> Language:
    """Return the language that this process speaks."""
    return _Reader.language


def read_all_texts() -> None:
    """Read every text of this process's language now, and how numbers and dates are written in it.

    A service does so at its start. Then it can still say what is wrong when no file can be opened any more, or when an
    update has replaced the files of the texts.
    """
    texts = _texts(_Reader.language)
    for _ in texts.templates:  # a subject is read when its ids are asked for
        pass
    say("commands.distance", distance_m=0)
    say("commands.when", at=datetime.now(UTC))


def say(id_: str, **values: Value) -> str:
    """Return a text with its values in the language of this process.

    Raises:
        ConfigError: There is no such text, or it names a value that is not given.
    """
    return said(Line(id_, values))


def said(line: Line, *, zone: tzinfo | None = None) -> str:
    """Return a line in the language of this process; see `say`.

    Args:
        zone: Where the reader is now; None for where the reader was when this process began.
    """
    return _texts(_Reader.language).sentence(line, zone or _Reader.zone)


@cache
def _texts(language: Language) -> Texts:
    return load_texts(language)
