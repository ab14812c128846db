"""How is a value said in the user's language? `{volume_ml:litres}` is "1.5 l" in English and "1,5 l" in Dutch.

A placeholder is a name and, after the colon, a form. The name carries the unit of the value, the form chooses how it
reads. Beside the forms of `FORMS`, each word list of the texts is a form: with a list `sport`, `{sport:sport}` looks a
word up, and with a list `muscle`, `{muscles:muscles}` says several, with commas. `{portions:lines}` says lines within a
line, with commas too. The words around a number ("h", "ml", "and") are those of `forms.toml`.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from string import Formatter
from typing import Any, Literal

from hersteld.parsers.line import Line, Value

Shape = Literal["number", "moment", "day", "moments", "word", "words", "lines", "plain"]
"""What a form needs: a number, an aware datetime, a date, several datetimes, one or several keys of a word list,
lines, or plain: a number or a text."""

Words = Mapping[str, Mapping[str, str]]
"""Word lists by name: key as the rules say it, word as the user does."""

_EVENING_HOUR = 18
"""From this hour on, local time, it is tonight."""
_JUST_NOW_S = 60
_ENDS = (".", "?")
_ODD_SPACES = str.maketrans({"\N{NARROW NO-BREAK SPACE}": " ", "\N{NO-BREAK SPACE}": " "})


@dataclass(frozen=True, slots=True)
class Placeholder:
    """One `{name:form}` of a template."""

    name: str
    form: str


class BadPlaceholder(ValueError):  # noqa: N818 - says what is wrong, as in parsers.errors
    """What stands in braces is no `{name}` or `{name:form}`; `str(error)` is what stands there."""


def parts_of(template: str) -> Iterator[str | Placeholder]:
    """Yield the literal texts and placeholders of a template, in order.

    Raises:
        BadPlaceholder: What stands in braces is no placeholder.
        ValueError: The braces do not pair.
    """
    for literal, name, form, conversion in Formatter().parse(template):
        if literal:
            yield literal
        if name is None:
            continue
        if not name.isidentifier() or conversion or "{" in (form or ""):
            written = name + (f"!{conversion}" if conversion else "")
            raise BadPlaceholder(f"{{{written}}}")
        yield Placeholder(name, form or "")


def placeholders(template: str) -> frozenset[Placeholder]:
    """Return the placeholders of a template.

    Raises:
        ValueError: The template is malformed.
    """
    return frozenset(part for part in parts_of(template) if isinstance(part, Placeholder))


def shape_of(form: str, words: Words) -> Shape | None:
    """Return what a form needs, or None when there is no such form."""
    if form in FORMS:
        return FORMS[form][0]
    if form == "lines":
        return "lines"
    if form in words:
        return "word"
    return "words" if form.endswith("s") and form[:-1] in words else None


def word_of(words: Words, table: str, key: str) -> str:
    """Return the word of a list for a key; a key that nobody has translated reads as itself."""
    return words[table].get(key, key.replace("_", " "))


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a language and the place of a reader: what it takes to say a line.

    Attributes:
        read_at: When the line is read, aware: times of that day need no weekday. None where nobody knows.
    """

    templates: Mapping[str, str]
    words: Words
    zone: tzinfo
    read_at: datetime | None = None

    @property
    def locale(self) -> str:
        """Name of the locale by which Babel writes dates and numbers."""
        return self.words["forms.locale"]["name"]

    def say(self, line: Line) -> str:
        """Return a line with its values said.

        Raises:
            ValueError: There is no such text, or a value is missing or is not what its form needs.
        """
        if line.id not in self.templates:
            raise ValueError(f"there is no text {line.id}")
        sentence = ""
        for part in parts_of(self.templates[line.id]):
            if isinstance(part, str):
                # A reason may be a sentence of its own: one mark ends both.
                sentence += part[1:] if part.startswith(".") and sentence.endswith(_ENDS) else part
            else:
                sentence += self._value(part, line.values)
        return sentence.translate(_ODD_SPACES).strip()

    def with_unit(self, form: str, **values: str) -> str:
        """Return a value with the words around it, by the id of a text of `forms.toml`."""
        return self.say(Line(f"forms.{form}", values))

    def _value(self, placeholder: Placeholder, values: Mapping[str, Value]) -> str:
        value, form = values.get(placeholder.name), placeholder.form
        shape = shape_of(form, self.words)
        text: str | None = None
        if shape == "word" and isinstance(value, str):
            text = word_of(self.words, form, value)
        elif shape == "words" and isinstance(value, tuple):
            text = ", ".join(word_of(self.words, form[:-1], str(key)) for key in value)
        elif shape == "lines" and isinstance(value, tuple):
            text = ", ".join(filter(None, (self.say(line) for line in value if isinstance(line, Line))))
        elif form in FORMS and _fits(value, FORMS[form][0]):
            text = FORMS[form][1](self, value)
        if text is None:
            raise ValueError(f"{{{placeholder.name}:{form}}} cannot say {value!r}")
        return text


def _fits(value: object, shape: Shape) -> bool:
    """Return whether a value is what a form needs. A naive datetime is no moment."""
    if shape == "moment":
        return isinstance(value, datetime) and value.tzinfo is not None
    if shape == "moments":
        return isinstance(value, tuple) and all(_fits(moment, "moment") for moment in value)
    if shape == "day":
        return isinstance(value, date)
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return is_number or (shape == "plain" and isinstance(value, str))


def _decimal(wording: Wording, number: float, pattern: str = "0.##") -> str:
    from babel.numbers import format_decimal  # noqa: PLC0415 - slow, and `--help` needs none

    return format_decimal(number, pattern, locale=wording.locale)


def _date(wording: Wording, day: date, pattern: str) -> str:
    from babel.dates import format_date  # noqa: PLC0415 - as above

    local = day.astimezone(wording.zone).date() if isinstance(day, datetime) else day
    return format_date(local, pattern, locale=wording.locale)


def _clock(wording: Wording, moment: datetime) -> str:
    return f"{moment.astimezone(wording.zone):%H:%M}"


def _when(wording: Wording, moment: datetime) -> str:
    """Return the clock time, with the weekday where it is not that of the reader's day."""
    clock = _clock(wording, moment)
    today = wording.read_at.astimezone(wording.zone).date() if wording.read_at is not None else None
    if moment.astimezone(wording.zone).date() == today:
        return clock
    return f"{_date(wording, moment, 'EEE')} {clock}"


def _until(wording: Wording, moment: datetime) -> str:
    """Return "tonight" for an evening that the reader has before them, else what `_when` returns."""
    local = moment.astimezone(wording.zone)
    if wording.read_at is None or local.hour < _EVENING_HOUR:
        return _when(wording, moment)
    read_at = wording.read_at.astimezone(wording.zone)
    is_ahead = read_at.date() == local.date() and read_at.hour < _EVENING_HOUR
    return wording.with_unit("tonight") if is_ahead else _when(wording, moment)


def _clocks(wording: Wording, moments: tuple[datetime, ...]) -> str:
    *most, last = [_clock(wording, moment) for moment in moments] or [""]
    return wording.with_unit("list", most=", ".join(most), last=last) if most else last


def _duration(wording: Wording, seconds: float) -> str:
    hours, minutes = divmod(round(seconds / 60), 60)
    if not hours:
        return wording.with_unit("duration_minutes", minutes=str(minutes))
    if not minutes:
        return wording.with_unit("duration_hours", hours=str(hours))
    return wording.with_unit("duration", hours=str(hours), minutes=f"{minutes:02}")


def _ago(wording: Wording, seconds: float) -> str:
    """Return how long ago something was, in whole minutes."""
    if seconds < _JUST_NOW_S:
        return wording.with_unit("just_now")
    return wording.with_unit("ago", duration=_duration(wording, seconds))


def _minutes(wording: Wording, minutes: float) -> str:
    return wording.with_unit("minutes_one" if round(minutes) == 1 else "minutes", minutes=str(round(minutes)))


def _plain(wording: Wording, value: str | float) -> str:
    return value if isinstance(value, str) else _decimal(wording, value)


def _measure(unit: str, pattern: str, divisor: float = 1) -> Callable[[Wording, float], str]:
    """Return a form that says a number with a unit of `forms.toml`."""

    def say(wording: Wording, number: float) -> str:
        return wording.with_unit(unit, number=_decimal(wording, number / divisor, pattern))

    return say


# Any: `_fits` has seen to it that each form gets values of its shape.
FORMS: Mapping[str, tuple[Shape, Callable[[Wording, Any], str]]] = {
    "": ("plain", _plain),
    "number": ("number", _decimal),
    "decimal": ("number", lambda wording, number: _decimal(wording, number, "0.0")),
    "exact": ("number", lambda wording, number: _decimal(wording, number, "0.######")),
    "duration": ("number", _duration),
    "minutes": ("number", _minutes),
    "ago": ("number", _ago),
    "litres": ("number", _measure("litres", "0.###", 1000)),
    "ml": ("number", _measure("ml", "0")),
    "g": ("number", _measure("g", "0")),
    "km": ("number", _measure("km", "0.#", 1000)),
    "celsius": ("number", _measure("celsius", "0")),
    "clock": ("moment", _clock),
    "when": ("moment", _when),
    "until": ("moment", _until),
    "clocks": ("moments", _clocks),
    "weekday": ("day", lambda wording, day: _date(wording, day, "EEEE")),
    "day": ("day", lambda wording, day: _date(wording, day, "d MMM")),
    "date": ("day", lambda wording, day: _date(wording, day, "EEE d MMM")),
    "short_weekday": ("day", lambda wording, day: _date(wording, day, "EEE")),
    "day_number": ("day", lambda wording, day: _date(wording, day, "d")),
}
