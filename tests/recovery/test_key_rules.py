"""The numbers of the keys are those of the file."""

from dataclasses import fields

from hersteld.config.rules import rule_table
from hersteld.recovery import key_rules
from hersteld.recovery.rules import Rules
from tests.support.fit.recoveries import shipped_rules


def test_every_key_has_its_numbers_from_the_file() -> None:
    sections = {field.name: getattr(shipped_rules(), field.name) for field in fields(Rules)}
    of_keys = {name: section for name, section in sections.items() if type(section).__module__ == key_rules.__name__}
    assert set(of_keys) == {
        "stretching",
        "hydration",
        "glycogen",
        "before",
        "avoid",
        "omega3",
        "cooldown",
        "red_flags",
        "overload",
    }
    for name, section in of_keys.items():
        assert {field.name for field in fields(section)} == set(rule_table()[name])
