"""Where a number comes from is said in the user's language, whoever stored it."""

import re
from pathlib import Path
from typing import get_args

import pytest

from hersteld.config.languages import LANGUAGES, Language
from hersteld.config.rules import rule_table
from hersteld.config.texts.catalogue import load_texts
from hersteld.config.texts.sources import source_in
from hersteld.recovery.keys.sweat import Origin

RECOVERY = Path(__file__).parents[3] / "recovery"
OTHERS = tuple(language for language in LANGUAGES if language != "en")
YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@pytest.mark.parametrize("language", OTHERS)
def test_every_number_of_the_rules_has_its_source_with_the_same_years(language: Language) -> None:
    sources = load_texts(language).words["sources.source"]
    for section, numbers in rule_table().items():
        for name, entry in numbers.items():
            assert sources.get(entry["source"]), f"{section}.{name}"
            assert YEAR.findall(sources[entry["source"]]) == YEAR.findall(entry["source"]), f"{section}.{name}"


@pytest.mark.parametrize("language", OTHERS)
def test_no_source_is_left_over(language: Language) -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in RECOVERY.rglob("*.py"))
    code = re.sub(r"\{rules\.peaks:g\}", "{peaks}", re.sub(r"\{rules\.(peak|resting_hr)_days:g\}", "{days}", code))
    code = code.replace("{load.rung}", "{rung}")
    ours = {entry["source"] for numbers in rule_table().values() for entry in numbers.values()} | set(get_args(Origin))
    for source in load_texts(language).words["sources.source"]:
        assert source in ours or f'"{source}"' in code, source


def test_values_in_a_source_are_kept_and_words_are_translated() -> None:
    dutch = load_texts("nl")
    assert (
        source_in(dutch, "median of your 3 highest peaks in 365 days") == "mediaan van je 3 hoogste pieken in 365 dagen"
    )
    assert source_in(dutch, "rung: heart_rate") == "bepaald uit: hartslag"
    learned = "learned from your scales: 3 answers, from 1.26 to 2"
    assert source_in(dutch, learned) == "geleerd van je weegschaal: 3 antwoorden, van 1,26 tot 2"
    assert source_in(dutch, learned.replace("2", "no number")).endswith("tot no number")


def test_what_nobody_translated_stays_english() -> None:
    assert source_in(load_texts("nl"), "an older version said this") == "an older version said this"
    assert source_in(load_texts("en"), "your scales") == "your scales"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_that_is_computed_or_measured_has_a_name(language: Language) -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in RECOVERY.rglob("*.py"))
    names = set(re.findall(r'(?:given|Reason|first|unless_factory)\(\s*"(\w+)"', code))
    assert {"timer_s", "net_loss_ml", "max_hr_bpm", "experience"} <= names
    assert names == set(load_texts(language).words["numbers.name"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_unit_has_a_word(language: Language) -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in RECOVERY.rglob("*.py"))
    units = {entry["unit"] for numbers in rule_table().values() for entry in numbers.values()}
    units |= {unit for unit in re.findall(r'given\([^()]*(?:\([^()]*\))?[^()]*, "([^"]*)", ', code) if unit}
    assert units <= set(load_texts(language).words["numbers.unit"])
