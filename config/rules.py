"""Which numbers do the rules work with? Those of rules.toml, unless the user's own lie within the range."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

from hersteld.config.problems import ConfigError, Problem, nearest, shown
from hersteld.recovery.numbers import Number, Numbers
from hersteld.recovery.rules import Rules

RuleTable = Mapping[str, Mapping[str, Mapping[str, Any]]]
"""Section, name, and then value, unit, min, max, kind and source."""

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
    for section, own in overrides.items():
        if section not in table:
            yield Problem("", f"rules.{section}", None, "there are no such rules", nearest(section, table))
            continue
        if not isinstance(own, dict):
            yield Problem("", f"rules.{section}", shown(own), f"must be a table: [rules.{section}]")
            continue
        for name, value in own.items():
            key = f"rules.{section}.{name}"
            if name not in table[section]:
                yield Problem("", key, None, "there is no such number", _nearest_number(table, section, name))
            elif sentence := _wrong(value, table[section][name]):
                yield Problem("", key, shown(value), sentence)
        yield from _crossed(section, table[section], own)


def _crossed(section: str, entries: Mapping[str, Mapping[str, Any]], own: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield each lower number of a section that the user's numbers put above its upper one."""
    for name, entry in entries.items():
        upper = entry.get("at_most")
        if upper is None or not {name, upper} & set(own):
            continue
        low, high = own.get(name, entry["value"]), own.get(upper, entries[upper]["value"])
        if _within(low, entry) and _within(high, entries[upper]) and low > high:
            sentence = f"must be at most {upper}, which is {high:g}"
            yield Problem("", f"rules.{section}.{name}", shown(low), sentence)


def _nearest_number(table: RuleTable, section: str, name: str) -> str | None:
    """Return the number of the section that is most like a name, or one of that name in another section."""
    if close := nearest(name, table[section]):
        return close
    elsewhere = {known: f"rules.{other}.{known}" for other, entries in table.items() for known in entries}
    close = nearest(name, elsewhere)
    return elsewhere[close] if close else None


def _wrong(value: object, entry: Mapping[str, Any]) -> str | None:
    """Return what is allowed when a value is not, else None."""
    default = entry["value"]
    unit = "" if entry["unit"] == "1" else f" {entry['unit']}"
    range_ = f"from {entry['min']:g} to {entry['max']:g}{unit}"
    if not isinstance(default, list):
        return None if _within(value, entry) else f"must be a number {range_}"
    if not isinstance(value, list) or len(value) != len(default) or not all(_within(one, entry) for one in value):
        return f"must be a list of {len(default)} numbers {range_}"
    if default == sorted(default) and value != sorted(value):
        return "must be a list of numbers that rise"
    return None


def _within(value: object, entry: Mapping[str, Any]) -> bool:
    """Whether a value is a number in its range; NaN is in none."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return is_number and entry["min"] <= value <= entry["max"]
