"""Which events of a calendar are training, and which training is hard?"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

_NO_KINDS = frozenset({"hard", "zwaar", "zware", "*"})
"""Words that say how hard a training is and not that there is one: a deadline may be hard, too."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of the configuration, ready to be looked for; they match whole words, whether small or capital.

    Attributes:
        training: Finds what names a training, also a hard one.
        hard: Finds what says that a training is hard.
        other: Finds what says that an event is no training, whatever else its title says.
    """

    training: re.Pattern[str]
    categories: frozenset[str]
    hard: re.Pattern[str]
    other: re.Pattern[str]

    def is_training(self, title: str, categories: Iterable[str]) -> bool:
        """Return whether an event is training."""
        if any(one.casefold() in self.categories for one in categories):
            return True
        return bool(self.training.search(title)) and not self.other.search(title)

    def is_hard(self, title: str) -> bool:
        """Return whether a training is hard, by its title."""
        return bool(self.hard.search(title))


def words_of(training: Collection[str], categories: Collection[str], hard: Collection[str]) -> Words:
    """Return the words of the configuration, in which a `*` stands for any letters, and alone for any title.

    A word with a `-` before it says that an event is no training. What a word for hard training names is training.

    Args:
        training, hard: Words of a title.
        categories: By which an event is training, whatever its title.
    """
    known = frozenset(word.strip().casefold() for word in categories)
    words: list[str] = []
    hard_words: list[str] = []
    other: list[str] = []
    for own, into in ((training, words), (hard, hard_words)):
        for word in map(str.strip, own):
            (other if word.startswith("-") else into).append(word.removeprefix("-"))
    kinds = [word for word in hard_words if word.casefold() not in _NO_KINDS]
    return Words(_pattern([*words, *kinds]), known - {""}, _pattern(hard_words), _pattern(other))


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
