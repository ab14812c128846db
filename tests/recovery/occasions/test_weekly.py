"""The word of a week says how much it was, how much rest there was, and one thing that would do good."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from hersteld.config.languages import Language
from hersteld.config.rules import load_rules
from hersteld.config.texts.catalogue import load_texts
from hersteld.config.texts.render import render
from hersteld.recovery.athlete.profile import Condition
from hersteld.recovery.occasions.weekly import Trained, Week, weekly

RULES = load_rules()
SUNDAY = date(2026, 5, 10)
AT = datetime(2026, 5, 10, 19, 0, tzinfo=UTC)
DAY = timedelta(days=1)
NO_COOLDOWN = frozenset({"no_cooldown"})


def on(days_ago: int, *, effort: str | None = None, load: float = 50, lacks: frozenset[str] = frozenset()) -> Trained:
    return Trained(SUNDAY - days_ago * DAY, 3600, load, gentle=False, effort=effort, sport="cycling", lacks=lacks)


USUAL = [on(7 + 2 * number) for number in range(14)]
"""Every other day for four weeks: 3.5 hours and a load of 175 a week."""
LONG_AGO = SUNDAY - 100 * DAY


def said(week: Week, language: Language = "en", *conditions: Condition, beginner: bool = False) -> list[str] | None:
    draft = weekly(week, RULES, conditions, at=AT, until=AT + DAY, beginner=beginner)
    return None if draft is None else render(draft, load_texts(language), UTC).body.splitlines()


WEEK = Week(SUNDAY, [*USUAL, on(0), on(2, effort="hard", load=120), on(4)], LONG_AGO)


def test_it_says_how_much_it_was_against_what_is_usual_the_rest_and_the_hardest_day() -> None:
    assert said(WEEK) == [
        "You trained 3 h in seven days, a load of 220; 3 h 30 and 175 are usual for you.",
        "4 days were rest days.",
        "The hardest was on Friday: hard ride.",
    ]
    assert said(WEEK, "nl") == [
        "Je trainde 3 u in zeven dagen, belasting 220; normaal is voor jou 3 u 30 en 175.",
        "4 dagen waren rustdagen.",
        "Het zwaarst was vrijdag, met een zware rit.",
    ]


@pytest.mark.parametrize("known_since", [LONG_AGO, SUNDAY - 10 * DAY])
def test_a_beginner_hears_of_no_load(known_since: date) -> None:
    lines = said(replace(WEEK, known_since=known_since), beginner=True)
    assert lines is not None
    assert "load" not in " ".join(lines)
    assert lines[0].startswith("You trained 3 h in seven days")


def test_what_is_usual_is_said_only_when_four_weeks_are_known() -> None:
    first = SUNDAY - 34 * DAY
    told = said(replace(WEEK, known_since=first))
    short = said(replace(WEEK, known_since=first + DAY))
    assert told is not None
    assert short is not None
    assert ("usual" in told[0], "usual" in short[0]) == (True, False)


@pytest.mark.parametrize("beginner", [True, False])
def test_after_four_weeks_without_training_nothing_is_called_usual(*, beginner: bool) -> None:
    """Who had been ill read that 0 min is usual for them."""
    told = said(Week(SUNDAY, [on(0), on(2)], LONG_AGO), beginner=beginner)
    assert told is not None
    assert told[0].startswith("You trained 2 h in seven days")
    assert "usual" not in told[0]


def test_a_week_without_training_has_no_word() -> None:
    assert said(Week(SUNDAY, USUAL, LONG_AGO)) is None


def test_a_walk_leaves_a_day_of_rest() -> None:
    walk = replace(on(6), gentle=True)
    assert Week(SUNDAY, [walk], LONG_AGO).rest_days == 7
    assert Week(SUNDAY, [walk, on(6), on(6)], LONG_AGO).rest_days == 6


@pytest.mark.parametrize(
    ("language", "many", "one"),
    [
        (
            "en",
            "4 days were rest days, with gentle exercise at most.",
            "One day was a rest day, with gentle exercise at most.",
        ),
        (
            "nl",
            "4 dagen waren rustdagen, met hooguit wat lichte beweging.",
            "Eén dag was een rustdag, met hooguit wat lichte beweging.",
        ),
    ],
)
def test_days_of_walking_are_called_days_of_rest_only_with_what_was_on_them(
    language: Language, many: str, one: str
) -> None:
    """Who walks to work each day heard of six hours of training and of four days of rest, and wondered."""
    walks = [replace(on(number), gentle=True) for number in range(7)]
    assert many in (said(replace(WEEK, workouts=[*WEEK.workouts, *walks]), language) or [])
    assert one in (said(Week(SUNDAY, [*DAILY[:6], walks[6]], LONG_AGO), language) or [])


def test_a_walk_on_a_day_of_training_changes_nothing_of_the_days_of_rest() -> None:
    walks = [replace(on(0), gentle=True), replace(on(2), gentle=True)]
    assert "4 days were rest days." in (said(replace(WEEK, workouts=[*WEEK.workouts, *walks])) or [])


DAILY = [on(number) for number in range(7)]


@pytest.mark.parametrize(
    ("week", "action"),
    [
        (replace(WEEK, sleep_s=6.9 * 3600), "Your nights were short"),
        (replace(WEEK, sleep_s=7 * 3600), None),
        (Week(SUNDAY, DAILY, LONG_AGO), "A day without training"),
        (replace(WEEK, workouts=[*USUAL, *DAILY[:5]]), "more training than usual"),
        (replace(WEEK, workouts=[*USUAL, *DAILY[:4]]), None),
        (
            replace(WEEK, workouts=[*USUAL, on(0, lacks=NO_COOLDOWN), on(2, lacks=NO_COOLDOWN)]),
            "A walk or some stretching",
        ),
        (replace(WEEK, workouts=[*USUAL, on(0, lacks=NO_COOLDOWN), on(2)]), None),
    ],
)
def test_one_action_point_at_most_by_what_the_week_lacked(week: Week, action: str | None) -> None:
    lines = said(week)
    assert lines is not None
    starts = ("Your nights", "A day without", "A week with more training than usual", "A walk or")
    assert [line for line in lines if line.startswith(starts)] == [line for line in lines if action and action in line]
    assert any(action in line for line in lines) if action else True


def test_with_some_conditions_an_action_point_is_left_out() -> None:
    more = replace(WEEK, workouts=[*USUAL, *DAILY[:5]])
    assert "regular meals" not in " ".join(said(more, "en", "eating_disorder") or [])
    stiff = replace(WEEK, workouts=[*USUAL, on(0, lacks=NO_COOLDOWN), on(2, lacks=NO_COOLDOWN)])
    assert "stretching" not in " ".join(said(stiff, "en", "injury") or [])


def test_a_habit_is_named_once_it_is_one() -> None:
    no_warmup = frozenset({"no_warmup"})
    lines = said(replace(WEEK, workouts=[on(0, lacks=no_warmup), on(2, lacks=no_warmup), on(4, lacks=NO_COOLDOWN)]))
    assert lines is not None
    assert [line for line in lines if "had no cool" in line or "went hard" in line] == [
        "2 workouts went hard from the start; start with 10 min at an easy pace."
    ]


@pytest.mark.parametrize("language", ["en", "nl"])
def test_it_has_six_lines_at_most_and_fits(language: Language) -> None:
    full = [on(number, effort="very_hard", load=100, lacks=NO_COOLDOWN) for number in range(7)]
    lines = said(Week(SUNDAY, [*USUAL, *full], LONG_AGO, sleep_s=6 * 3600, planned=4), language)
    assert lines is not None
    assert len(lines) == 6
    assert len("\n".join(lines)) <= 600
    one = said(replace(WEEK, planned=1), language)
    assert one is not None
    assert len(one) == 4
