"""What the rules make of a workout as a text, and the digests of many such texts."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path

from hersteld.recovery.numbers import Number, Numbers
from hersteld.recovery.rules import VERSION
from tests.recovery.recorded.many import Made, many
from tests.recovery.recorded.typical import typical
from tests.support.fit.recoveries import shipped_rules

RECORD = Path(__file__).parent / "recorded.txt"
"""Two lines with the version and the digest of the numbers, then one line per workout: digest, two spaces, name."""
SAID = Path(__file__).parent / "messages.txt"
"""One line per workout: the digest of the drafts of its messages, two spaces, name."""
MANY = 360


def all_made() -> Iterator[Made]:
    """Yield what the rules make of the typical workouts, and then of many drawn ones; each is made when asked for."""
    yield from (Made(f"typical {index}", recovery) for index, recovery in enumerate(typical()))
    yield from many(MANY)


def text_of(made: Made) -> str:
    """Return load, assessment, advice, verdicts and the athlete, with all reasons, the same on every machine."""
    recovery = made.recovery
    parts = (recovery.load, recovery.assessment, *recovery.plan, *recovery.verdicts, recovery.physiology, made.past)
    return "\n".join(written(part) for part in parts)


def numbers() -> Iterator[tuple[str, Number | Numbers]]:
    """Yield the numbers of the rules as shipped, by name."""
    rules = shipped_rules()
    for section in fields(rules):
        for number in fields(getattr(rules, section.name)):
            yield number.name, getattr(getattr(rules, section.name), number.name)


def head() -> list[str]:
    """Return the first two lines of the record as they are now."""
    values = (f"{name} {tuple(one) if isinstance(one, Numbers) else float(one)}" for name, one in numbers())
    return [f"version {VERSION}", f"numbers {digest_of(chr(10).join(values))}"]


def line_of(made: Made) -> str:
    """Return the line of the record for one workout."""
    return f"{digest_of(text_of(made))}  {made.name}"


def digest_of(text: str) -> str:
    """Return sixteen characters that differ where the text does."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def written(value: object) -> str:
    """Return a value as a text; numbers with five digits, because machines differ in the last ones."""
    if is_dataclass(value):
        inner = (f"{one.name}={written(getattr(value, one.name))}" for one in fields(value))
        return f"{type(value).__name__}({', '.join(inner)})"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}={written(one)}" for key, one in value.items()) + "}"
    if isinstance(value, (tuple, list)):
        return "[" + ", ".join(written(one) for one in value) + "]"
    if isinstance(value, date):
        return value.isoformat()[:16]
    if isinstance(value, float):
        return f"{value:.5g}"
    return str(value)
