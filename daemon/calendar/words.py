"""Which events of a calendar are training, and which training is hard?"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """The words of the configuration, ready to be looked for; they match whole words, whether small or capital."""

    training: re.Pattern[str]
    categories: frozenset[str]
    hard: re.Pattern[str]

    def is_training(self, title: str, categories: Iterable[str]) -> bool:
        """Return whether an event is training."""
        return bool(self.training.search(title)) or any(one.casefold() in self.categories for one in categories)

    def is_hard(self, title: str) -> bool:
        """Return whether a training is hard, by its title."""
        return bool(self.hard.search(title))


def words_of(training: Collection[str], categories: Collection[str], hard: Collection[str]) -> Words:
    """Return the words of the configuration, in which a `*` stands for any letters, and alone for any title.

    Args:
        training, hard: Words of a title.
        categories: By which an event is training, whatever its title.
    """
    known = frozenset(word.strip().casefold() for word in categories)
    return Words(_pattern(training), known - {""}, _pattern(hard))


def _pattern(words: Collection[str]) -> re.Pattern[str]:
    """Return what finds one of these words in a title."""
    words = [" ".join(word.split()) for word in words]
    if "*" in words:
        return re.compile("")
    branches = [r"\w*".join(map(_plain, re.split(r"\*+", word))) for word in words if word.strip("* ")]
    if not branches:
        return re.compile(r"(?!)")
    return re.compile(rf"(?<!\w)(?:{'|'.join(branches)})(?!\w)", re.IGNORECASE)


def _plain(text: str) -> str:
    return r"\s+".join(map(re.escape, text.split(" ")))
