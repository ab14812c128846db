"""How are the numbers printed that led to something?"""

from collections.abc import Iterable

from hersteld.config.texts.sources import source_in
from hersteld.daemon.cli.printing.terminal import print_table
from hersteld.daemon.words.voice import Voice
from hersteld.parsers.line import Line
from hersteld.recovery.numbers import Reason


def print_reasons(reasons: Iterable[Reason], voice: Voice) -> None:
    """Print a table of reasons with headings; nothing where there are none."""
    if rows := reason_rows(reasons, voice):
        print_table(rows, [voice.say(f"explain_{name}") for name in ("name", "value", "kind", "source")], indent=2)


def reason_rows(reasons: Iterable[Reason], voice: Voice) -> list[tuple[str, ...]]:
    """Return a row for each reason, in the user's language; a number of the rules is named by its key."""
    return [
        (
            reason.name if "." in reason.name else voice.word("numbers.name", reason.name),
            _value(reason, voice),
            voice.word("numbers.kind", reason.kind),
            source_in(voice.texts, reason.source),
        )
        for reason in dict.fromkeys(reasons)
    ]


def _value(reason: Reason, voice: Voice) -> str:
    if not isinstance(reason.value, str):
        return with_unit(voice.say("explain_number", number=reason.value), reason.unit, voice)
    if reason.name == "muscles":
        return ", ".join(voice.word("muscle", muscle) for muscle in reason.value.split(", "))
    if not reason.unit:
        return reason.value  # a word of hersteld.toml
    numbers = [voice.say("explain_number", number=float(number)) for number in reason.value.split(", ")]
    return with_unit("; ".join(numbers), reason.unit, voice)


def with_unit(value: str, unit: str, voice: Voice) -> str:
    """Return a number as it is said, with its unit."""
    return voice.line(Line("numbers.value", {"value": value, "unit": unit}))
