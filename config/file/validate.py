"""Does a document fit the models? If not: which key, what is allowed, which known key is nearest?"""

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from hersteld.config.file.day_times import parse_time, parse_week_time
from hersteld.config.file.known_keys import Place, dotted, known_in, number_in, showable_part
from hersteld.config.file.models import NotifyTable, SettingsFile, parse_quiet_hours
from hersteld.config.file.schema import dotted_keys, keys_schema, kind_of, node_at, requirement
from hersteld.config.problems import Problem, unquoted
from hersteld.config.showable import nearest, shown
from hersteld.config.token_shapes import has_token
from hersteld.parsers.line import Line

_ATHLETE_ORDER = ("resting_hr", "lthr", "max_hr")
_OF_HEALTH = ("conditions", "food")
"""Lists of words of which none is guessed at, nor repeated: a knee is no kidney, and who means what is told all."""
_NAME = re.compile(r"[A-Za-z][A-Za-z_-]{0,23}")
_ALIKE_LETTERS = 4
_TARGETS: Place = ("notify", "targets")

_SECRET: tuple[Place, ...] = (
    ("notify", "urls_file"),
    ("health", "ping_url"),
    ("home_assistant", "broker"),
    ("home_assistant", "broker_file"),
)

_MUST_BE: Mapping[Place, Line] = {
    ("notify", "quiet_hours"): Line("problems.must_be_quiet_hours"),
    ("notify", "morning"): Line("problems.must_be_time"),
    ("notify", "weekly"): Line("problems.must_be_week_time"),
    ("plan", "calendar"): Line("problems.must_be_calendar"),
    ("plan", "attendee"): Line("problems.must_be_mail"),
}
"""What is said of a key whatever is wrong with it, as "text in quotes" would not say enough."""
_MUST_BE_LIKE: Mapping[int | str, Line] = {
    "url": Line("problems.must_be_address"),
    "reply": Line("problems.must_be_reply"),
    "reply_token": Line("problems.must_be_token"),
}


def validate(document: Mapping[str, Any], this_year: int) -> tuple[SettingsFile | None, list[Problem]]:
    """Check a document against the models and the rules between keys.

    Args:
        document: What tomllib read.
        this_year: For the plausibility of the year of birth.

    Returns:
        The models, None when there is a problem with them; and the problems, whose `file` is still empty.
    """
    problems = [*_athlete_problems(document.get("athlete"), this_year), *_quiet_problems(document.get("notify"))]
    try:
        return SettingsFile.model_validate(document), problems
    except ValidationError as error:
        details = error.errors(include_url=False)
    return None, [*(_problem(document, error) for error in details), *problems]


def _problem(document: Mapping[str, Any], error: ErrorDetails) -> Problem:
    """Return the problem that pydantic found, in the user's words."""
    place, value = error["loc"], error["input"]
    key = dotted(place)
    node = node_at(keys_schema(), place)
    seen = showable_part(place)
    if len(place) == 1 and isinstance(value, dict) and (table := _nearest_table(str(place[0]))) is not None:
        return Problem("", key, None, Line("problems.no_such_table"), table)
    if len(seen) < len(place):
        number = number_in(document, place[: len(seen) + 1])
        close = _nearest_key(place) if error["type"] == "extra_forbidden" else None
        return Problem("", dotted(seen), None, no_such_entry(number, seen), close)
    if error["type"] == "extra_forbidden":
        return Problem("", key, None, Line("problems.no_such_key"), _nearest_key(place))
    if error["type"] == "missing":
        return Problem("", key, None, Line("problems.missing", {"kind": kind_of(node)}))
    secret = place[:2] == _TARGETS or place in _SECRET
    words = () if set(_OF_HEALTH) & set(place) else node.get("enum", ())
    text = None if secret else shown(value, words)
    if place in _MUST_BE:
        return Problem("", key, text, _MUST_BE[place])
    if error["type"] == "string_pattern_mismatch":
        return Problem("", key, None, _MUST_BE_LIKE.get(place[-1], Line("problems.must_be_one_word")))
    meant: str | Line | None = None
    if isinstance(value, str) and words:
        meant = nearest(value, words)
    elif kind_of(node) in ("number", "integer"):
        meant = unquoted(value)
    return Problem("", key, text, _shape(place) or requirement(node), meant)


def _shape(place: Place) -> Line | None:
    """Return how a table, or a list of tables, is written, where something else stands; None for any other place."""
    if place == _TARGETS or (place[:-1] == _TARGETS and isinstance(place[-1], int)):
        return Line("problems.must_be_targets")
    if kind_of(node_at(keys_schema(), place)) == "object":
        return Line("problems.must_be_table", {"table": dotted(place)})
    return None


def no_such_entry(number: int, table: Place) -> Line:
    """Return what is said of a key that is not shown: as which entry it stands, and which keys there are, if few."""
    if table == ("notify", "texts"):
        return Line("problems.no_such_entry", {"number": number})
    return Line("problems.no_such_entry_of", {"number": number, "keys": ", ".join(known_in(table))})


def _nearest_table(name: str) -> str | None:
    """Return the table that is probably meant: one that is much alike, or else begins likewise.

    Any other name, and one that looks like a token, may be a secret.
    """
    tables = known_in(())
    if _NAME.fullmatch(name) is None or has_token(name):
        return None
    if close := nearest(name, tables):
        return close
    return next((one for one in tables if name.casefold()[:_ALIKE_LETTERS] == one[:_ALIKE_LETTERS]), None)


def _nearest_key(place: Place) -> str | Line | None:
    """Return the known key most like an unknown one: beside it, or else of that name in another table."""
    name = str(place[-1])
    beside = node_at(keys_schema(), place[:-1]).get("properties", {})
    if close := nearest(name, beside):
        return close
    elsewhere = {key.rpartition(".")[2]: key for key in dotted_keys(keys_schema())}
    close = nearest(name, elsewhere)
    if close and elsewhere[close].startswith("notify.targets."):
        return Line("problems.under_targets", {"key": close})
    return elsewhere[close] if close else None


def _athlete_problems(athlete: object, this_year: int) -> Iterator[Problem]:
    """Yield what no single key of [athlete] can know: ages, and heart rates in the wrong order."""
    if not isinstance(athlete, dict):
        return
    birth_year = athlete.get("birth_year")
    if isinstance(birth_year, int) and birth_year > this_year - 5:
        line = Line("problems.must_be_year", {"low": "1900", "high": str(this_year - 5)})
        yield Problem("", "athlete.birth_year", shown(birth_year), line)
    rates = [(name, athlete[name]) for name in _ATHLETE_ORDER if _is_number(athlete.get(name))]
    for (low_name, low), (high_name, high) in pairwise(rates):
        if low >= high and shown(low) and shown(high):  # one that is not shown is far out of its range
            line = Line("problems.must_be_lower", {"key": high_name, "value": f"{high:g}"})
            yield Problem("", f"athlete.{low_name}", shown(low), line)


def _quiet_problems(notify: object) -> Iterator[Problem]:
    """Yield what is to be told at a time at which nothing is told. What is told by default waits for another time."""
    if not isinstance(notify, dict):
        return
    quiet = notify.get("quiet_hours", NotifyTable().quiet_hours)
    hours = _parsed(parse_quiet_hours, quiet)
    week_time = _parsed(parse_week_time, notify.get("weekly"))
    times = {
        "morning": _parsed(parse_time, notify.get("morning")),
        "weekly": None if week_time is None else week_time.at,
    }
    for key, at in times.items():
        if at is not None and hours is not None and hours.includes(at):
            line = Line("problems.must_be_outside_quiet_hours", {"quiet_hours": quiet})
            yield Problem("", f"notify.{key}", shown(notify[key]), line)


T = TypeVar("T")


def _parsed(parse: Callable[[str], T | None], text: object) -> T | None:
    """Return what a text means; None where it means nothing, of which the models say why."""
    try:
        return parse(text) if isinstance(text, str) else None
    except ValueError:
        return None


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
