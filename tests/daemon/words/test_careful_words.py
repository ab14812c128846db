"""In which words a rule is explained to whom."""

from dataclasses import replace

import pytest

from hersteld.config.settings import LANGUAGES
from hersteld.config.texts.catalogue import load_texts
from hersteld.daemon.words.careful_words import rule_text_id
from hersteld.recovery.athlete.profile import CONDITIONS, FOODS, Athlete
from tests.support.fit.recoveries import HARD_RIDE, TRAINED, recovery_of, with_condition
from tests.support.safety.forbidden import FORBIDDEN, Flag, contradictions

RULES = sorted(
    {verdict.rule for verdict in recovery_of(HARD_RIDE).verdicts}
    | {"beginner", "warmup", "cooldown", "rest", "ready", "red_flags"}
)


def _with(flag: Flag) -> Athlete:
    conditions, food = (frozenset(one for one in names if one == flag) for names in (CONDITIONS, FOODS))
    return replace(TRAINED, conditions=conditions, food=food)  # type: ignore[arg-type]


@pytest.mark.parametrize("flag", FORBIDDEN)
def test_no_words_about_a_rule_contradict_a_flag(flag: Flag) -> None:
    for language in LANGUAGES:
        words = load_texts(language).words
        for rule in RULES:
            text_id = rule_text_id(rule, _with(flag), adult=flag != "minor")
            assert contradictions(words["rule"][text_id], {flag}) == []
            assert contradictions(words["formula"].get(text_id, ""), {flag}) == []


@pytest.mark.parametrize("rule", RULES)
def test_who_has_no_flag_reads_the_rule_itself(rule: str) -> None:
    assert rule_text_id(rule, TRAINED, adult=True) == rule


def test_the_fish_of_a_pregnancy_is_well_cooked() -> None:
    assert rule_text_id("omega3", with_condition("pregnancy"), adult=True) == "omega3_cooked"
