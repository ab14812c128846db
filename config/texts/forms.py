"""How is a value said in the user's language? `{volume_ml:litres}` is "1.5 l" in English and "1,5 l" in Dutch.

A placeholder is a name and, after the colon, a form. The name carries the unit of the value, the form chooses how it
reads. Beside the forms of `FORMS`, each word list of the texts is a form: with a list `sport`, `{sport:sport}` looks a
word up, and with a list `muscle`, `{muscles:muscles}` says several, with commas. `{portions:lines}` says lines within a
line, with commas too.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from string import Formatter
from typing import Any, Literal

from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal

from hersteld.config.settings import Language
from hersteld.parsers.line import Line, Value

Shape = Literal["number", "moment", "day", "moments", "word", "words", "lines", "plain"]
"""What a form needs: a number, an aware datetime, a date, several datetimes, one or several keys of a word list,
lines, or plain: a number or a text."""

Words = Mapping[str, Mapping[str, str]]
"""Word lists by name: key as the rules say it, word as the user does."""

_LOCALES: Mapping[Language, str] = {"en": "en_GB", "nl": "nl"}
_HOUR: Mapping[Language, str] = {"en": "h", "nl": "u"}
_MINUTES: Mapping[Language, tuple[str, str]] = {"en": ("min", "min"), "nl": ("minuut", "minuten")}
_ODD_SPACES = str.maketrans({"\N{NARROW NO-BREAK SPACE}": " ", "\N{NO-BREAK SPACE}": " "})


@dataclass(frozen=True, slots=True)
class Placeholder:
    """One `{name:form}` of a template."""

    name: str
    form: str


def parts_of(template: str) -> Iterator[str | Placeholder]:
    """Yield the literal texts and placeholders of a template, in order.

    Raises:
        ValueError: The template is malformed; the message says how.
    """
    for literal, name, form, conversion in Formatter().parse(template):
        if literal:
            yield literal
        if name is None:
            continue
        if not name.isidentifier() or conversion or "{" in (form or ""):
            said = name + (f"!{conversion}" if conversion else "")
            raise ValueError(f"{{{said}}} is no placeholder: it must be {{name}} or {{name:form}}")
        yield Placeholder(name, form or "")


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
class Voice:
    """A language and a place: what it takes to say a line."""

    language: Language
    templates: Mapping[str, str]
    words: Words
    zone: tzinfo

    def say(self, line: Line) -> str:
        """Return a line with its values said.

        Raises:
            ValueError: There is no such text, or a value is missing or is not what its form needs.
        """
        if line.id not in self.templates:
            raise ValueError(f"there is no text {line.id}")
        said = ""
        for part in parts_of(self.templates[line.id]):
            said += part if isinstance(part, str) else self._value(part, line.values)
        return said.translate(_ODD_SPACES).strip()

    def _value(self, placeholder: Placeholder, values: Mapping[str, Value]) -> str:
        value, form = values.get(placeholder.name), placeholder.form
        shape = shape_of(form, self.words)
        said: str | None = None
        if shape == "word" and isinstance(value, str):
            said = word_of(self.words, form, value)
        elif shape == "words" and isinstance(value, tuple):
            said = ", ".join(word_of(self.words, form[:-1], str(key)) for key in value)
        elif shape == "lines" and isinstance(value, tuple):
            said = ", ".join(filter(None, (self.say(line) for line in value if isinstance(line, Line))))
        elif form in FORMS and _fits(value, FORMS[form][0]):
            said = FORMS[form][1](self, value)
        if said is None:
            raise ValueError(f"{{{placeholder.name}:{form}}} cannot say {value!r}")
        return said


def _fits(value: object, shape: Shape) -> bool:
    """Whether a value is what a form needs. A naive datetime is no moment."""
    if shape == "moment":
        return isinstance(value, datetime) and value.tzinfo is not None
    if shape == "moments":
        return isinstance(value, tuple) and all(_fits(one, "moment") for one in value)
    if shape == "day":
        return isinstance(value, date)
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return is_number or (shape == "plain" and isinstance(value, str))


def _decimal(voice: Voice, number: float, pattern: str = "0.##") -> str:
    return format_decimal(number, pattern, locale=_LOCALES[voice.language])


def _date(voice: Voice, day: date, pattern: str) -> str:
    local = day.astimezone(voice.zone).date() if isinstance(day, datetime) else day
    return format_date(local, pattern, locale=_LOCALES[voice.language])


def _clock(voice: Voice, moment: datetime) -> str:
    return f"{moment.astimezone(voice.zone):%H:%M}"


def _clocks(voice: Voice, moments: tuple[datetime, ...]) -> str:
    return format_list([_clock(voice, moment) for moment in moments], locale=_LOCALES[voice.language])


def _duration(voice: Voice, seconds: float) -> str:
    hours, minutes = divmod(round(seconds / 60), 60)
    if not hours:
        return f"{minutes} min"
    return f"{hours} {_HOUR[voice.language]} {minutes:02}" if minutes else f"{hours} {_HOUR[voice.language]}"


def _minutes(voice: Voice, minutes: float) -> str:
    one, more = _MINUTES[voice.language]
    return f"{round(minutes)} {one if round(minutes) == 1 else more}"


def _plain(voice: Voice, value: str | float) -> str:
    return value if isinstance(value, str) else _decimal(voice, value)


# Any: `_fits` has seen to it that each form gets values of its shape.
FORMS: Mapping[str, tuple[Shape, Callable[[Voice, Any], str]]] = {
    "": ("plain", _plain),
    "number": ("number", _decimal),
    "decimal": ("number", lambda voice, number: _decimal(voice, number, "0.0")),
    "duration": ("number", _duration),
    "minutes": ("number", _minutes),
    "litres": ("number", lambda voice, volume_ml: f"{_decimal(voice, volume_ml / 1000, '0.#')} l"),
    "ml": ("number", lambda voice, volume_ml: f"{_decimal(voice, volume_ml, '0')} ml"),
    "g": ("number", lambda voice, mass_g: f"{_decimal(voice, mass_g, '0')} g"),
    "km": ("number", lambda voice, distance_m: f"{_decimal(voice, distance_m / 1000, '0.#')} km"),
    "celsius": ("number", lambda voice, temperature_c: f"{_decimal(voice, temperature_c, '0')} °C"),
    "clock": ("moment", _clock),
    "when": ("moment", lambda voice, moment: f"{_date(voice, moment, 'EEE')} {_clock(voice, moment)}"),
    "clocks": ("moments", _clocks),
    "weekday": ("day", lambda voice, day: _date(voice, day, "EEEE")),
    "day": ("day", lambda voice, day: _date(voice, day, "d MMM")),
}
