"""What does the user mean by the words typed for a key, and may that stand in the configuration?

What is allowed is what the configuration itself allows, in its own sentences.
"""

import re
from collections.abc import Mapping
from typing import Any, Final

from hersteld.config.file.validate import validate
from hersteld.config.languages import LANGUAGES
from hersteld.config.texts.speech import word
from hersteld.daemon.answers.quantities import KG_PER_LB
from hersteld.parsers.line import Line
from hersteld.recovery.athlete.profile import CONDITIONS, EXPERIENCES

Value = int | float | str | list[str]

CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "notify.language": LANGUAGES,
    "athlete.experience": EXPERIENCES,
    "athlete.conditions": CONDITIONS,
}
"""The words that a key takes, in the order in which they are shown and numbered."""
WORDS: Final[Mapping[str, str]] = {
    "notify.language": "setup.language",
    "athlete.experience": "setup.experience",
    "athlete.conditions": "setup.condition",
}
"""The word list that says them in the reader's language."""
_NUMBERS = ("athlete.birth_year", "athlete.mass_kg", "athlete.max_hr", "athlete.resting_hr", "athlete.ftp_w")
_NUMBER = re.compile(r"(\d+(?:[.,]\d+)?)\s*(?:kg|bpm|w|watt)?", re.IGNORECASE)
_POUNDS = re.compile(r"(\d+(?:[.,]\d+)?)\s*(?:lbs?|pounds?)", re.IGNORECASE)
_HOURS = re.compile(r"(\d{1,2})(?:[:.](\d\d))?\s*[-–]\s*(\d{1,2})(?:[:.](\d\d))?")
_BETWEEN = re.compile(r"[,;\s]+")


class NotAllowed(Exception):  # noqa: N818 - says what is wrong, as in parsers.errors
    """What was typed may not stand there.

    Attributes:
        line: What is allowed; follows the name of the key.
    """

    def __init__(self, line: Line) -> None:
        super().__init__(line)
        self.line = line


def typed(key: str, text: str, document: Mapping[str, Any], this_year: int) -> Value:
    """Return the value that is meant for a key like "athlete.mass_kg".

    Args:
        text: A decimal has a point or a comma, and a number may have its unit behind it; a mass may be in
            pounds. Hours need no minutes. A word of a list may be typed as in the configuration, in the reader's
            language, or as its number in the list.
        document: The whole configuration as it will be, but for this key: heart rates must be in order, and times go
            with the quiet hours.
        this_year: For the plausibility of the year of birth.

    Raises:
        NotAllowed: It may not stand there.
    """
    value = _meant(key, text.strip())
    name = key.partition(".")[2]
    _, before = validate(with_value(document, key, None), this_year)
    _, after = validate(with_value(document, key, value), this_year)
    problems = [problem for problem in after if problem not in before]
    for problem in problems:
        if problem.key.partition("#")[0] == key:
            raise NotAllowed(problem.line)
    for problem in problems:
        if problem.line.values.get("key") == name:  # another heart rate that must be lower than this one
            raise NotAllowed(Line("setup.must_be_higher", {"key": problem.key.partition(".")[2]}))
        raise NotAllowed(Line("setup.must_go_with", {"key": problem.key}))
    return value


def with_value(document: Mapping[str, Any], key: str, value: Value | None) -> dict[str, Any]:
    """Return a document with one key changed, or without it."""
    table, _, name = key.partition(".")
    inner = {other: held for other, held in document.get(table, {}).items() if other != name}
    return {**document, table: inner if value is None else {**inner, name: value}}


def _meant(key: str, text: str) -> Value:
    if key in _NUMBERS:
        found = _NUMBER.fullmatch(text)
        in_pounds = _POUNDS.fullmatch(text) if key == "athlete.mass_kg" else None
        if not (found := in_pounds or found):
            return text
        number = float(found[1].replace(",", "."))
        number = round(number * KG_PER_LB, 1) if in_pounds else number
        return int(number) if number.is_integer() else number
    if key == "notify.quiet_hours" and (hours := _HOURS.fullmatch(text)):
        begin, begin_min, end, end_min = (int(part or 0) for part in hours.groups())
        return f"{begin:02}:{begin_min:02}-{end:02}:{end_min:02}"
    if key == "athlete.conditions":
        pieces = [piece for piece in re.split(r"\s*[,;]\s*", text) if piece]
        if all(piece.isdigit() for piece in _BETWEEN.split(text)):
            pieces = _BETWEEN.split(text)
        return list(dict.fromkeys(_choice(key, piece) for piece in pieces))
    return _choice(key, text) if key in CHOICES else text


def _choice(key: str, text: str) -> str:
    """Return the word of the configuration for a word, its number, or what the reader's language calls it."""
    choices = CHOICES[key]
    if text.isdecimal() and 1 <= int(text) <= len(choices):
        return choices[int(text) - 1]
    plain = text.lower().replace(" ", "_")
    spoken = {word(WORDS[key], choice).lower().replace(" ", "_"): choice for choice in choices}
    return plain if plain in choices else spoken.get(plain, text)
