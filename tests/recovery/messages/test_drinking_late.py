"""How much is told to drink, however late the file comes, and after what was told before."""

import re
from datetime import timedelta
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hersteld.config.languages import Language
from hersteld.config.texts.catalogue import load_texts
from hersteld.parsers.line import Line
from hersteld.recovery.advice import Advice
from hersteld.recovery.messages.drinking import Drink, Drunk, drink_lines, drinks_from
from tests.support.fit.recoveries import AMSTERDAM, recovery_of, shipped_rules
from tests.support.fit.workouts import NOON, a_workout

RULES = shipped_rules().hydration
RIDE = a_workout(124, hr=172, sport="cycling", kcal=1290, temperature_c=30, ended_at=NOON)
LOST_50_G = st.integers(15, 60)
LATE = st.integers(0, 299)
WINDOW = timedelta(hours=float(RULES.expires_h))


@cache
def plan_after(lost_50_g: int) -> tuple[Advice, ...]:
    return recovery_of(RIDE, weighed_loss_kg=lost_50_g / 20).plan


def asked_ml(plan: tuple[Advice, ...]) -> int:
    return sum(drink.volume_ml for drink in drinks_from(plan, NOON, None, RULES))


def told(minutes: float, *, drunk: Drunk | None = None) -> tuple[Drink, ...]:
    return drinks_from(plan_after(20), NOON + timedelta(minutes=minutes), None, RULES, drunk)


@given(lost_50_g=LOST_50_G, late_min=LATE, later_min=LATE)
def test_a_late_file_asks_for_the_same_within_the_time_that_is_left(
    lost_50_g: int, late_min: int, later_min: int
) -> None:
    plan = plan_after(lost_50_g)
    whole, late_min, later_min = asked_ml(plan), min(late_min, later_min), max(late_min, later_min)
    volumes = []
    for minutes in (late_min, later_min):
        at = NOON + timedelta(minutes=minutes)
        drinks = drinks_from(plan, at, None, RULES)
        volumes.append(sum(drink.volume_ml for drink in drinks))
        assert all(at <= drink.due_at <= NOON + WINDOW for drink in drinks)
        assert all(drink.volume_ml <= 800 for drink in drinks[:1])
        assert all(drink.volume_ml <= 200 for drink in drinks[1:])
        assert len({drink.due_at for drink in drinks}) == len(drinks), "never two at once"
        has_time = at + len(drinks) * timedelta(minutes=float(RULES.interval_min)) < NOON + WINDOW - timedelta(
            minutes=8
        )
        assert volumes[-1] == whole or not has_time, "less only because the time for drinking is over"
    assert whole >= volumes[0] >= volumes[1]


@pytest.mark.parametrize("late_min", range(0, 240, 7))
def test_the_first_amount_is_the_same_however_late_and_nothing_is_called_more(late_min: int) -> None:
    plan, at = plan_after(20), NOON + timedelta(minutes=late_min)
    assert told(late_min)[0] == Drink(at, 800)
    languages: dict[Language, str] = {"en": r"more|in all", "nl": r"\bnog\b|totaal"}
    for language, more in languages.items():
        for without_times in (False, True):
            (line,) = drink_lines(plan, at, None, RULES, without_times=without_times)
            assert not re.search(more, load_texts(language).sentence(line, AMSTERDAM))


def test_what_was_drunk_is_left_out_and_the_rest_is_called_more() -> None:
    plan, at = plan_after(20), NOON + timedelta(minutes=5)
    before = Drunk(800, NOON + timedelta(minutes=15))
    assert [drink.volume_ml for drink in told(5, drunk=before)] == [200, 200, 150, 150]
    assert told(5, drunk=before)[0].due_at == NOON + timedelta(minutes=15), "not a litre at once"
    (line,) = drink_lines(plan, at, None, RULES, before)
    assert (line.id, line.values["total_ml"]) == ("drink_more", 700)
    assert drink_lines(plan, at, None, RULES, before, without_times=True) == [
        Line("drink_total_more", {"total_ml": 700})
    ]
    assert drink_lines(plan, at, None, RULES, Drunk(1500)) == []


def test_what_was_told_and_not_drunk_is_told_in_all() -> None:
    plan, before = plan_after(20), Drunk(told=True)
    (line,) = drink_lines(plan, NOON, None, RULES, before)
    assert (line.id, line.values["total_ml"]) == ("drink_in_all", 1500)
    (line,) = drink_lines(plan, NOON, None, RULES, before, without_times=True)
    assert line == Line("drink_total_in_all", {"total_ml": 1500})


@given(lost_50_g=LOST_50_G, drunk_ml=st.integers(0, 60).map(lambda steps: 50 * steps), late_min=LATE)
def test_what_is_drunk_and_what_is_told_then_are_never_more_than_is_asked_for(
    lost_50_g: int, drunk_ml: int, late_min: int
) -> None:
    plan = plan_after(lost_50_g)
    drinks = drinks_from(plan, NOON + timedelta(minutes=late_min), None, RULES, Drunk(drunk_ml))
    assert sum(drink.volume_ml for drink in drinks) <= max(0, asked_ml(plan) - drunk_ml)
    assert all(drink.volume_ml >= RULES.min_portion_ml for drink in drinks)
