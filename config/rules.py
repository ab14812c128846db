"""The numbers of rules.toml, with the user's own in their place; one outside its range is an error."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

from hersteld.config.problems import ConfigError, Problem, unquoted
from hersteld.config.showable import may_be_shown, nearest, shown
from hersteld.parsers.line import Line
from hersteld.recovery.numbers import Number, Numbers
from hersteld.recovery.rules import Rules

RuleTable = Mapping[str, Mapping[str, Mapping[str, Any]]]
"""Section, name, and then value, unit, min, max, at_most (of some), kind and source."""

CONFIGURED = "your configuration"

_T = TypeVar("_T")


@cache
def rule_table() -> RuleTable:
    """Return rules.toml as it stands."""
    with Path(__file__).with_name("rules.toml").open("rb") as file:
        return tomllib.load(file)


def load_rules(overrides: Mapping[str, object] | None = None) -> Rules:
    """Return the rules, with the user's numbers in place of ours.

    Args:
        overrides: The table [rules]: section, name, number (or list of numbers for a curve).

    Raises:
        ConfigError: A section or name is unknown, or a value is no number within its range; all of them at once.
    """
    return read_numbers(Rules, rule_table(), overrides or {})


def read_numbers(kind: type[_T], table: RuleTable, overrides: Mapping[str, object]) -> _T:
    """Fill a dataclass of section dataclasses with the numbers of a table; see `load_rules`."""
    problems = list(_problems(table, overrides))
    if problems:
        raise ConfigError(problems)
    sections = {}
    for section, section_kind in get_type_hints(kind).items():
        own = overrides.get(section)
        sections[section] = _section(section_kind, section, table[section], own if isinstance(own, dict) else {})
    return kind(**sections)


def _section(kind: type[Any], section: str, entries: Mapping[str, Mapping[str, Any]], own: Mapping[str, Any]) -> object:
    """Return one section of the rules."""
    numbers: dict[str, Number | Numbers] = {}
    for field in fields(kind):
        entry = entries[field.name]
        value = own.get(field.name, entry["value"])
        make = Numbers if isinstance(entry["value"], list) else Number
        numbers[field.name] = make(
            value,
            name=f"{section}.{field.name}",
            unit=entry["unit"],
            kind="input" if field.name in own else entry["kind"],
            source=CONFIGURED if field.name in own else entry["source"],
            minimum=entry["min"],
            maximum=entry["max"],
        )
    return kind(**numbers)


def _problems(table: RuleTable, overrides: Mapping[str, object]) -> Iterator[Problem]:
    """Yield everything that is wrong with the user's numbers."""
    for number, (section, own) in enumerate(overrides.items(), 1):
        if section not in table:
            unknown = Line("problems.no_such_rules")
            yield _unknown("rules", section, number, table, unknown, nearest(section, table))
            continue
        if not isinstance(own, dict):
            yield Problem("", f"rules.{section}", shown(own), Line("problems.must_be_rules", {"section": section}))
            continue
        everywhere = {known for entries in table.values() for known in entries}
        for place, (name, value) in enumerate(own.items(), 1):
            key = f"rules.{section}"
            if name not in table[section]:
                meant = _nearest_number(table, section, name)
                yield _unknown(key, name, place, everywhere, Line("problems.no_such_number"), meant)
            elif line := _wrong(value, table[section][name]):
                yield Problem("", f"{key}.{name}", shown(value), line, unquoted(value))
        yield from _crossed(section, table[section], own)


def _unknown(key: str, name: str, number: int, known: Iterable[str], line: Line, meant: str | None) -> Problem:
    """Return the problem of a name that is unknown: by that name if it may be shown, else by its number."""
    if may_be_shown(name, known):
        return Problem("", f"{key}.{name}", None, line, meant)
    return Problem("", key, None, Line("problems.no_such_entry", {"number": number}), meant)


def _crossed(section: str, entries: Mapping[str, Mapping[str, Any]], own: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield each lower number of a section that the user's numbers put above its upper one."""
    for name, entry in entries.items():
        upper = entry.get("at_most")
        if upper is None or not {name, upper} & set(own):
            continue
        low, high = own.get(name, entry["value"]), own.get(upper, entries[upper]["value"])
        if _within(low, entry) and _within(high, entries[upper]) and low > high:
            line = Line("problems.must_be_at_most", {"key": upper, "value": f"{high:g}"})
            yield Problem("", f"rules.{section}.{name}", shown(low), line)


def _nearest_number(table: RuleTable, section: str, name: str) -> str | None:
    """Return the number of the section that is most like a name, or one of that name in another section."""
    if close := nearest(name, table[section]):
        return close
    elsewhere = {known: f"rules.{other}.{known}" for other, entries in table.items() for known in entries}
    close = nearest(name, elsewhere)
    return elsewhere[close] if close else None


def _wrong(value: object, entry: Mapping[str, Any]) -> Line | None:
    """Return the sentence that says what is allowed, or None when the value is fine."""
    default = entry["value"]
    allowed = {"low": f"{entry['min']:g}", "high": f"{entry['max']:g}", "unit": entry["unit"]}
    if not isinstance(default, list):
        return None if _within(value, entry) else Line("problems.must_be_number", allowed)
    if not isinstance(value, list) or len(value) != len(default) or not all(_within(item, entry) for item in value):
        return Line("problems.must_be_numbers", {"count": len(default), **allowed})
    if default == sorted(default) and value != sorted(value):
        return Line("problems.must_rise")
    return None


def _within(value: object, entry: Mapping[str, Any]) -> bool:
    """Return whether a value is a number in its range; NaN is in none."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return is_number and entry["min"] <= value <= entry["max"]
