"""What do commands say around the advice? Sentences of their own, in the user's language and in the same forms."""

import tomllib
from datetime import tzinfo
from functools import cache
from pathlib import Path
from types import MappingProxyType

from hersteld.config.settings import Language, Notify
from hersteld.config.texts.catalogue import Texts, load_texts
from hersteld.recovery.advice import Line, Value


@cache
def phrases_of(language: Language) -> dict[str, str]:
    """Return the templates of a language by id; every language has the same ids."""
    with Path(__file__).with_name(f"phrases.{language}.toml").open("rb") as file:
        return dict(tomllib.load(file))


class Voice:
    """Says our lines and those of the rules to one user.

    Args:
        zone: Where the user is.
    """

    def __init__(self, notify: Notify, zone: tzinfo) -> None:
        self.texts = load_texts(notify.language, notify.texts)
        self.zone = zone
        self.language = notify.language
        merged = {**self.texts.templates, **phrases_of(notify.language)}
        self._with_phrases = Texts(notify.language, MappingProxyType(merged), self.texts.words)

    def say(self, id_: str, **values: Value) -> str:
        """Return one of our sentences, or one of the rules'."""
        return self.line(Line(id_, values))

    def line(self, line: Line) -> str:
        """Return a line of the rules, or of ours."""
        return self._with_phrases.sentence(line, self.zone)

    def word(self, table: str, key: str) -> str:
        """Return a word of the messages' lists."""
        return self.texts.word(table, key)
