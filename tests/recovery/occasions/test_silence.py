"""A silence is long by what is usual, and no silence for who trains seldom."""

from datetime import UTC, datetime, timedelta

import pytest

from hersteld.config.languages import Language
from hersteld.config.rules import load_rules
from hersteld.config.texts.catalogue import load_texts
from hersteld.config.texts.render import render
from hersteld.recovery.occasions.silence import is_noticed_after, question, usual_since

RULES = load_rules().occasions
NOON = datetime(2026, 5, 6, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("count", "days"), [(7, None), (8, 10.5), (12, 7), (16, 5.25), (17, 5), (28, 5), (100, 5), (0, None)]
)
def test_it_is_three_times_the_usual_gap_and_five_days_at_least(count: int, days: float | None) -> None:
    starts = [NOON - timedelta(hours=number) for number in range(count)]
    after = is_noticed_after(starts, RULES)
    assert after == (None if days is None else pytest.approx(timedelta(days=days), abs=timedelta(seconds=1)))


def test_what_is_usual_is_that_of_four_weeks() -> None:
    assert usual_since(NOON, RULES) == NOON - timedelta(days=28)


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Nothing has come in for 6 days."), ("nl", "Er is al 6 dagen niets binnengekomen.")]
)
def test_it_asks_kindly_how_long_nothing_came(language: Language, words: str) -> None:
    draft = question(NOON - timedelta(days=6, hours=20), NOON, NOON + timedelta(days=1))
    assert render(draft, load_texts(language), UTC).body.startswith(words)
