"""Every number has its standing, the file and the types agree, and the user's own numbers keep to the range."""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any, get_args, get_type_hints

import pytest

from hersteld.config.problems import ConfigError
from hersteld.config.rules import load_rules, rule_table
from hersteld.recovery.numbers import Kind, Number, Numbers
from hersteld.recovery.rules import Rules

KEYS = {"value", "unit", "min", "max", "kind", "source"}
KINDS_OF_THE_FILE = set(get_args(Kind)) - {"input"}


def numbers_of(rules: Rules) -> Iterator[tuple[str, Number | Numbers]]:
    for section in fields(rules):
        for field in fields(getattr(rules, section.name)):
            yield f"{section.name}.{field.name}", getattr(getattr(rules, section.name), field.name)


def test_the_types_and_the_file_name_the_same_numbers() -> None:
    typed = {
        f"{section}.{name}": hint
        for section, kind in get_type_hints(Rules).items()
        for name, hint in get_type_hints(kind).items()
    }
    written = {
        f"{section}.{name}": Numbers if isinstance(entry["value"], list) else Number
        for section, entries in rule_table().items()
        for name, entry in entries.items()
    }
    assert typed == written


@pytest.mark.parametrize(
    ("name", "entry"),
    [(f"{section}.{name}", entry) for section, entries in rule_table().items() for name, entry in entries.items()],
)
def test_every_number_has_unit_range_kind_and_source(name: str, entry: Mapping[str, Any]) -> None:
    assert set(entry) - {"at_most"} == KEYS, name
    assert entry["unit"]
    assert len(entry["source"]) >= 8
    assert entry["kind"] in KINDS_OF_THE_FILE
    values = entry["value"] if isinstance(entry["value"], list) else [entry["value"]]
    assert values
    assert all(entry["min"] <= value <= entry["max"] for value in values)
    assert entry["min"] < entry["max"]


def test_a_number_knows_its_name_and_standing() -> None:
    for name, number in numbers_of(load_rules()):
        section, _, key = name.partition(".")
        entry = rule_table()[section][key]
        value = list(number) if isinstance(number, Numbers) else float(number)
        assert value == entry["value"]
        assert number.name == name
        assert (number.unit, number.kind, number.source) == (entry["unit"], entry["kind"], entry["source"])
        assert (number.minimum, number.maximum) == (entry["min"], entry["max"])


def test_the_users_number_is_an_input_and_the_others_stay() -> None:
    rules = load_rules({"hydration": {"first_portion_ml": 650}})
    mine = rules.hydration.first_portion_ml
    assert (float(mine), mine.kind, mine.source) == (650, "input", "your configuration")
    assert mine.unit == "ml"
    others = dict(numbers_of(rules))
    assert others.pop("hydration.first_portion_ml") is mine
    assert all(number.kind != "input" for number in others.values())


def curves() -> list[str]:
    return [name for name, number in numbers_of(load_rules()) if isinstance(number, Numbers)]


@pytest.mark.parametrize("name", curves())
def test_a_curve_takes_as_many_numbers_as_ours(name: str) -> None:
    section, _, key = name.partition(".")
    value = rule_table()[section][key]["value"]
    assert list(getattr(getattr(load_rules({section: {key: value}}), section), key)) == value
    for wrong in (value[:-1], value[0], [*value[:-1], 1e9], [*value[:-1], "x"], "x"):
        with pytest.raises(ConfigError, match=rf"rules\.{name}.*must be a list of {len(value)} numbers from"):
            load_rules({section: {key: wrong}})


def test_a_curve_that_rises_must_rise() -> None:
    rising = [
        (section, key, entry["value"])
        for section, entries in rule_table().items()
        for key, entry in entries.items()
        if isinstance(entry["value"], list) and entry["value"] == sorted(set(entry["value"]))
    ]
    assert rising
    for section, key, value in rising:
        with pytest.raises(ConfigError, match="numbers that rise"):
            load_rules({section: {key: value[::-1]}})


@pytest.mark.parametrize("wrong", [99, 1001, True, "800", [800], float("nan"), float("inf")])
def test_a_number_outside_its_range_is_refused_with_the_range(wrong: object) -> None:
    with pytest.raises(ConfigError, match=r"rules\.hydration\.first_portion_ml.*must be a number from 100 to 800 ml"):
        load_rules({"hydration": {"first_portion_ml": wrong}})


def test_all_wrong_numbers_are_named_at_once() -> None:
    with pytest.raises(ConfigError) as caught:
        load_rules({"hydration": {"first_portion_ml": 5, "net_los": 5}, "sleep": {}, "load": {"first_portion_ml": 600}})
    assert [problem.key for problem in caught.value.problems] == [
        "rules.hydration.first_portion_ml",
        "rules.hydration",  # "net_los" is like none of our numbers, so it may be anything
        "rules",
        "rules.load.first_portion_ml",
    ]
    assert caught.value.problems[3].nearest == "rules.hydration.first_portion_ml"


def test_a_lower_bound_above_its_upper_one_is_refused() -> None:
    with pytest.raises(ConfigError, match=r"bath_low_c = 20: must be at most bath_high_c, which is 12"):
        load_rules({"stretching": {"bath_low_c": 20, "bath_high_c": 12}})
