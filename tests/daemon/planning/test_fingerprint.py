"""A fingerprint changes with everything that can reach what is stored or waits, and with nothing else."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import UTC, time
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from hersteld.config.file.load import load_settings
from hersteld.config.rules import load_rules
from hersteld.config.settings import Target
from hersteld.daemon.planning import fingerprint
from hersteld.daemon.planning.fingerprint import settings_fingerprint, wording_fingerprint
from hersteld.recovery.athlete.profile import Athlete
from hersteld.recovery.messages.quiet_hours import QuietHours
from hersteld.recovery.numbers import Number, Numbers
from hersteld.recovery.rules import VERSION

SETTINGS = load_settings(
    None, overrides={"athlete.conditions": '["heart", "diabetes"]'}, environ={"HOME": "/nonexistent"}
)
OTHER: dict[str, Any] = {
    "experience": "elite",
    "experience_assumed": False,
    "sex": "female",
    "birth_year": 1975,
    "mass_kg": 71.5,
    "resting_hr_bpm": 44.0,
    "max_hr_bpm": 188.0,
    "lthr_bpm": 166.0,
    "ftp_w": 271.0,
    "conditions": frozenset({"kidney"}),
    "food": frozenset({"vegan"}),
}


@pytest.mark.parametrize("name", [field.name for field in fields(Athlete)])
def test_every_field_of_the_athlete_changes_that_of_the_settings_and_not_that_of_the_words(name: str) -> None:
    assert getattr(SETTINGS.athlete, name) != OTHER[name]
    changed = replace(SETTINGS, athlete=replace(SETTINGS.athlete, **{name: OTHER[name]}))
    assert settings_fingerprint(changed) != settings_fingerprint(SETTINGS)
    assert wording_fingerprint(changed, UTC) == wording_fingerprint(SETTINGS, UTC)


def numbers_of_the_rules() -> Iterator[tuple[str, str]]:
    for section in fields(SETTINGS.rules):
        for number in fields(getattr(SETTINGS.rules, section.name)):
            yield section.name, number.name


def test_every_number_of_the_rules_changes_it() -> None:
    prints = {settings_fingerprint(SETTINGS)}
    names = list(numbers_of_the_rules())
    for section_name, name in names:
        section = getattr(SETTINGS.rules, section_name)
        number = getattr(section, name)
        if isinstance(number, Numbers):
            other: Any = (*number[:-1], number[-1] + 0.125)
        else:
            assert isinstance(number, Number)
            other = float(number) + 0.125
        rules = replace(SETTINGS.rules, **{section_name: replace(section, **{name: other})})
        prints.add(settings_fingerprint(replace(SETTINGS, rules=rules)))
    assert len(prints) == len(names) + 1, "each of them gives one of its own"


def test_other_code_of_the_rules_changes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    before = settings_fingerprint(SETTINGS)
    monkeypatch.setattr(fingerprint, "VERSION", VERSION + 1)
    assert settings_fingerprint(SETTINGS) != before


def test_the_same_number_by_another_name_of_it_changes_nothing() -> None:
    whole = replace(SETTINGS, athlete=replace(SETTINGS.athlete, mass_kg=70))
    decimal = replace(SETTINGS, athlete=replace(SETTINGS.athlete, mass_kg=70.0))
    assert settings_fingerprint(whole) == settings_fingerprint(decimal)
    same_rules = load_rules({"rest": {"level_trained": float(SETTINGS.rules.rest.level_trained)}})
    assert settings_fingerprint(replace(SETTINGS, rules=same_rules)) == settings_fingerprint(SETTINGS)


def test_where_files_come_from_and_messages_go_to_changes_neither(tmp_path: Path) -> None:
    elsewhere = replace(
        SETTINGS,
        watch=replace(SETTINGS.watch, folders=(tmp_path,), poll_every_s=7.0),
        notify=replace(SETTINGS.notify, targets=(Target("phone", SecretStr("json://localhost")),)),
        source=tmp_path / "hersteld.toml",
    )
    assert settings_fingerprint(elsewhere) == settings_fingerprint(SETTINGS)
    assert wording_fingerprint(elsewhere, UTC) == wording_fingerprint(SETTINGS, UTC)


@pytest.mark.parametrize(
    "changes",
    [
        {"language": "nl"},
        {"quiet_hours": None},
        {"quiet_hours": QuietHours(time(22, 30), time(7, 0))},
        {"texts": {"ready": "Go."}},
        {"style": "coach"},
    ],
    ids=["language", "no quiet hours", "other quiet hours", "own text", "style"],
)
def test_what_decides_on_words_and_hours_changes_that_of_the_words_alone(changes: dict[str, Any]) -> None:
    changed = replace(SETTINGS, notify=replace(SETTINGS.notify, **changes))
    assert wording_fingerprint(changed, UTC) != wording_fingerprint(SETTINGS, UTC)
    assert settings_fingerprint(changed) == settings_fingerprint(SETTINGS)


IN_ANOTHER_PROCESS = """
from datetime import UTC
from hersteld.config.file.load import load_settings
from hersteld.daemon.planning.fingerprint import settings_fingerprint, wording_fingerprint

settings = load_settings(
    None, overrides={"athlete.conditions": '["diabetes", "heart"]'}, environ={"HOME": "/nonexistent"}
)
print(settings_fingerprint(settings), wording_fingerprint(settings, UTC))
"""


@pytest.mark.parametrize("seed", ["1", "2", "3"])
def test_it_is_the_same_in_another_process_whatever_the_order_of_a_set(seed: str) -> None:
    command = [sys.executable, "-c", IN_ANOTHER_PROCESS]
    ended = subprocess.run(command, env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True)
    assert ended.stdout.split() == [settings_fingerprint(SETTINGS), wording_fingerprint(SETTINGS, UTC)]
