"""What is said before a planned training: what to eat, and that it comes too soon where it is hard."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from hersteld.config.languages import Language
from hersteld.config.texts.catalogue import load_texts
from hersteld.recovery.athlete.profile import Athlete, Food
from hersteld.recovery.messages.draft import Draft
from hersteld.recovery.messages.quiet_hours import QuietHours
from hersteld.recovery.occasions.before_training import (
    StillToRest,
    before_evening,
    before_meal,
    evening_at,
    is_eaten_in_the_evening,
)
from hersteld.recovery.occasions.planned_session import PlannedSession
from tests.support.fit.recoveries import shipped_rules
from tests.support.safety.forbidden import contradictions

RULES = shipped_rules()
START = datetime(2026, 11, 28, 18, tzinfo=UTC)
EVENING = datetime(2026, 11, 27, 19, tzinfo=UTC)
QUIET = QuietHours(time(22), time(7))


def session(start: datetime | None = START, minutes: float | None = 60, *, hard: bool = False) -> PlannedSession:
    return PlannedSession("a", START.date() if start is None else start.date(), start, minutes, "Run", is_hard=hard)


def ids(draft: Draft | None) -> list[str]:
    return [] if draft is None else [line.id for line in draft.lines]


def meal(one: PlannedSession, at: datetime, *others: PlannedSession, is_refuelling: bool = False) -> list[str]:
    return ids(before_meal(one, others, Athlete(), RULES, at=at, is_refuelling=is_refuelling))


def evening(
    one: PlannedSession, easy_h: float, hard_h: float, *, may: bool = True, with_meal: bool = False
) -> list[str]:
    rest = StillToRest(EVENING + timedelta(hours=easy_h), EVENING + timedelta(hours=hard_h), may)
    until = datetime(2026, 11, 28, tzinfo=UTC)
    return ids(before_evening(one, rest, Athlete(), RULES, at=EVENING, until=until, zone=UTC, with_meal=with_meal))


@pytest.mark.parametrize(("minutes", "is_long"), [(None, False), (90, False), (91, True)])
def test_more_than_90_minutes_asks_for_pasta_or_rice(minutes: float | None, *, is_long: bool) -> None:
    said = meal(session(minutes=minutes), START - timedelta(hours=3))
    assert said == ["before_eat_now", *(["before_long"] if is_long else [])]


def test_it_is_too_late_to_eat_shortly_before() -> None:
    assert meal(session(), START - timedelta(minutes=91))
    assert not meal(session(), START - timedelta(minutes=90))


def test_who_eats_for_an_earlier_session_or_refuels_needs_no_other_word() -> None:
    at = START - timedelta(hours=3)
    assert not meal(session(), at, session(START - timedelta(hours=3)))
    assert meal(session(), at, session(START - timedelta(hours=4)), session(None))
    assert not meal(session(), at, is_refuelling=True)


def test_a_hard_session_before_hard_from_is_named_with_what_is_fine_instead() -> None:
    hard = session(hard=True)
    assert evening(hard, 5, 27) == ["before_too_soon", "before_easy_instead"]
    assert evening(hard, 25, 50) == ["before_too_soon", "before_rest_instead"]
    assert evening(hard, 5, 27, may=False) == ["before_too_soon_careful", "before_easy_instead"]


def test_nothing_is_said_of_an_easy_session_or_of_one_that_is_soon_enough() -> None:
    assert evening(session(), 25, 50) == []
    assert evening(session(hard=True), 5, 26) == []
    assert evening(session(None, hard=True), 5, 32) == []
    assert evening(session(None, hard=True), 5, 33) == ["before_too_soon", "before_easy_instead"]


def test_the_meal_of_an_early_session_or_of_one_without_an_hour_is_spoken_of_the_evening_before() -> None:
    early = session(START.replace(hour=8))
    assert is_eaten_in_the_evening(early, RULES, QUIET, UTC)
    assert not is_eaten_in_the_evening(early, RULES, None, UTC)
    assert not is_eaten_in_the_evening(session(), RULES, QUIET, UTC)
    assert evening(early, 0, 0, with_meal=True) == ["before_eat_tonight"]
    assert is_eaten_in_the_evening(session(None), RULES, None, UTC)
    assert evening(session(None), 0, 0, with_meal=True) == ["before_eat_tomorrow"]


@pytest.mark.parametrize("hour", [4, 6, 8, 9])
@pytest.mark.parametrize("language", ["en", "nl"])
def test_nobody_who_can_have_breakfast_is_told_that_it_is_too_early_to_eat(hour: int, language: Language) -> None:
    """At half past nine there was time for breakfast after the quiet hours, and the word said that there was none."""
    one = session(START.replace(hour=hour, minute=30))
    assert is_eaten_in_the_evening(one, RULES, QUIET, UTC)
    until = datetime(2026, 11, 28, tzinfo=UTC)
    draft = before_evening(one, None, Athlete(), RULES, at=EVENING, until=until, zone=UTC, with_meal=True)
    assert draft is not None
    said = load_texts(language).sentence(draft.lines[0], UTC)
    assert {"en": "too early", "nl": "te vroeg"}[language] not in said
    assert {"en": "little time", "nl": "weinig tijd"}[language] in said


@pytest.mark.parametrize("language", ["en", "nl"])
def test_rest_that_is_over_on_the_same_day_is_called_no_day_of_rest(language: Language) -> None:
    rest = StillToRest(START.replace(hour=13), START + timedelta(days=1), may_train_hard=True)
    until = datetime(2026, 11, 28, tzinfo=UTC)
    hard = session(START.replace(hour=11), hard=True)
    draft = before_evening(hard, rest, Athlete(), RULES, at=EVENING, until=until, zone=UTC, with_meal=False)
    assert draft is not None
    said = load_texts(language).sentence(draft.lines[1], UTC, read_at=EVENING)
    assert "13:00" in said
    assert {"en": "day of rest", "nl": "rustdag"}[language] not in said


def test_the_evening_word_comes_before_the_quiet_hours() -> None:
    midnight = datetime(2026, 11, 28, tzinfo=UTC)
    assert evening_at(session(), RULES, QUIET, UTC) == (EVENING, midnight)
    early_to_bed = QuietHours(time(19), time(7))
    assert evening_at(session(), RULES, early_to_bed, UTC) == (EVENING - timedelta(hours=1), midnight)
    assert evening_at(PlannedSession("a", date(2026, 11, 28), None, None, "", is_hard=False), RULES, None, UTC) == (
        EVENING,
        midnight,
    )


@pytest.mark.parametrize("start_hour", range(24))
@pytest.mark.parametrize("hours", [1, 6, 12, 20, 23])
def test_the_evening_word_says_tomorrow_so_it_comes_on_the_day_before(start_hour: int, hours: int) -> None:
    """Who sleeps by day, with quiet hours from midnight on, read of tomorrow two days before."""
    quiet = QuietHours(time(start_hour), time((start_hour + hours) % 24))
    at, until = evening_at(session(), RULES, quiet, UTC)
    assert at.date() == date(2026, 11, 27)
    assert at < until
    assert not quiet.holds(at, UTC)


@pytest.mark.parametrize(
    "food",
    [
        *((), ("nut_allergy",), ("fish_allergy",), ("vegetarian",), ("vegan",)),
        *(("fish_allergy", "nut_allergy"), ("vegan", "nut_allergy")),
    ],
)
def test_the_meal_names_only_what_the_athlete_eats_and_no_amount(food: tuple[Food, ...]) -> None:
    athlete = Athlete(food=frozenset(food))
    draft = before_meal(session(minutes=120), (), athlete, RULES, at=START - timedelta(hours=3))
    assert draft is not None
    english: tuple[Language, str, tuple[str, ...]] = ("en", "nuts", ("egg", "yoghurt", "fish"))
    dutch: tuple[Language, str, tuple[str, ...]] = ("nl", "noten", ("eieren", "yoghurt", "vis"))
    for language, nuts, animal in (english, dutch):
        said = " ".join(load_texts(language).sentence(line, UTC) for line in draft.lines)
        assert contradictions(said, [*food, "diabetes", "eating_disorder", "minor"]) == []
        assert "nut_allergy" not in food or nuts not in said
        assert "vegan" not in food or not any(f" {word}" in said for word in animal)
        assert not any(letter.isdigit() for letter in said)


def test_weak_kidneys_are_told_of_no_protein() -> None:
    athlete = Athlete(conditions=frozenset({"kidney"}))
    draft = before_meal(session(), (), athlete, RULES, at=START - timedelta(hours=3))
    assert ids(draft) == ["before_eat_now_plain"]


@pytest.mark.parametrize(
    ("easy_h", "hard_h", "may", "clause"),
    [
        (0, 0, True, []),
        (-1, 3, True, []),
        (-1, 3.1, True, ["before_keep_easy"]),
        (0, 27, False, ["before_keep_easy_careful"]),
        (0.1, 27, True, ["before_not_yet"]),
        (0.1, 27, False, ["before_not_yet"]),
    ],
)
@pytest.mark.parametrize("hard", [False, True])
def test_a_word_about_the_meal_does_not_deny_a_rest_that_still_holds(
    easy_h: float, hard_h: float, clause: list[str], *, may: bool, hard: bool
) -> None:
    one = session(hard=hard)
    rest = StillToRest(START + timedelta(hours=easy_h), START + timedelta(hours=hard_h), may)
    told = ids(before_meal(one, (), Athlete(), RULES, at=START - timedelta(hours=3), rest=rest))
    assert told == ["before_eat_now", *clause]
    begins = (START - EVENING) / timedelta(hours=1)
    the_evening = evening(one, begins + easy_h, begins + hard_h, may=may, with_meal=True)
    assert the_evening[-1:] == (clause if clause and not hard else ["before_eat_tonight"])
    assert (the_evening == ["before_eat_tonight"]) is not bool(clause)
