"""Every message can be said in every language, with the same values, and none of it shouts."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

import pytest

from hersteld.config.settings import LANGUAGES, Language
from hersteld.config.texts.catalogue import load_texts, text_ids
from hersteld.config.texts.forms import Shape, placeholders, shape_of
from hersteld.parsers.line import Line, Value
from hersteld.parsers.workout import Vendor
from hersteld.recovery.advice import Clock, Intensity, Rung
from hersteld.recovery.athlete import muscles as sports
from hersteld.recovery.athlete import sport_families as families
from hersteld.recovery.athlete.regions import Region
from hersteld.recovery.athlete.sport_families import MUSCLES_OF
from hersteld.recovery.numbers import Kind

MOMENT = datetime(2026, 5, 6, 15, 15, tzinfo=UTC)
SAMPLES: Mapping[Shape, Value] = {
    "number": 1500,
    "moment": MOMENT,
    "day": MOMENT.date(),
    "moments": (MOMENT, MOMENT),
    "word": "nobody knows",
    "words": ("nobody knows",),
    "lines": (Line("disclaimer"),),
    "plain": "x",
}


def test_there_is_one_folder_per_language() -> None:
    folder = Path(__file__).parents[3] / "config" / "texts"
    assert {path.parent.name for path in folder.glob("*/messages.toml")} == set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_text_and_every_word(language: Language) -> None:
    ours, english = load_texts(language), load_texts("en")
    assert set(ours.templates) == set(english.templates)
    assert set(ours.messages) == text_ids()
    # The English of a source is its key, and stands beside its number.
    assert set(ours.words) - {"sources.source"} == set(english.words)
    for table, words in english.words.items():
        assert set(ours.words[table]) == set(words), table
        assert {key for key, word in ours.words[table].items() if not word} <= {"1"}, table  # the unit of a pure number


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_template_names_the_same_values_in_every_language(language: Language) -> None:
    ours, english = load_texts(language), load_texts("en")
    for text_id, template in english.templates.items():
        names = {placeholder.name for placeholder in placeholders(template)}
        assert {placeholder.name for placeholder in placeholders(ours.templates[text_id])} == names, text_id


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_can_be_said(language: Language) -> None:
    texts = load_texts(language)
    for text_id, template in texts.templates.items():
        values: dict[str, Value] = {}
        for placeholder in placeholders(template):
            shape = shape_of(placeholder.form, texts.words)
            assert shape
            # A moment can also be said as a day, not the other way round.
            if not isinstance(values.get(placeholder.name), datetime):
                values[placeholder.name] = SAMPLES[shape]
        said = texts.sentence(Line(text_id, values), UTC)
        assert said, text_id
        assert text_id in ("problems.no_placeholder", "problems.no_template") or not set("{}") & set(said), text_id


@pytest.mark.parametrize(("language", "ours"), [("en", "(ours"), ("nl", "(van ons")])
def test_explain_says_what_trials_found_and_which_amount_is_ours(language: Language, ours: str) -> None:
    rules = load_texts(language).words["rule"]
    assert "Lv 2020" in rules["omega3"]
    published, own = rules["glycogen"].split("(ACSM 2016)")
    assert "0.25" in published.replace(",", ".")
    assert "1 g" not in published
    assert "1 g" in own
    assert ours in own


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_the_rules_can_name_has_a_word(language: Language) -> None:
    words = load_texts(language).words
    muscles = {muscle for trained in (*MUSCLES_OF.values(), *sports._BY_EXERCISE.values()) for muscle in trained}
    assert muscles <= set(words["muscle"])
    assert families.WORDS | set(get_args(families.Family)) <= set(words["sport"])
    assert set(get_args(Intensity)) <= set(words["intensity"])
    assert {*get_args(Intensity), "hard", "very_hard"} == set(words["effort"])
    assert set(get_args(Rung)) <= set(words["rung"])
    assert set(get_args(Clock)) == set(words["rest_clock"])
    assert set(get_args(Region)) == set(words["resting"])
    assert {"trained", "swimming_upper_body", "running_cycling_legs", "running_legs"} <= set(words["others"])
    assert {field.name for field in fields(Vendor)} == set(words["numbers.vendor"])
    assert set(get_args(Kind)) == set(words["numbers.kind"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_shouts_or_is_sloppy(language: Language) -> None:
    for text_id, template in load_texts(language).templates.items():
        assert "!" not in template, text_id
        assert "  " not in template, text_id
        assert template == template.strip(), text_id
