"""The steps after a workout: what may be done, from when, and how that is called."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hersteld.config.languages import Language
from hersteld.config.texts.catalogue import load_texts
from hersteld.daemon.card.facts import Staircase
from hersteld.daemon.picture.staircase import Steps
from hersteld.parsers.line import Line
from hersteld.parsers.workout import Workout
from hersteld.recovery.athlete.profile import Athlete
from hersteld.recovery.messages.quiet_hours import QuietHours
from hersteld.recovery.messages.readiness import Readiness, readiness
from tests.support.fit.recoveries import (
    AMSTERDAM,
    BEGINNER,
    TRAINED,
    local,
    recovery_of,
    shipped_rules,
    with_condition,
)
from tests.support.fit.workouts import a_workout

QUIET = QuietHours(time(22), time(7))
RULES = shipped_rules()
HARD = a_workout(124, hr=172, sport="cycling", ended_at=local("17:00"))
EASY = a_workout(40, hr=120, ended_at=local("12:10"))
MARATHON = a_workout(250, hr=160, distance_m=42_195, ended_at=local("14:00"))
LEG_DAY = a_workout(45, sport="training", sub_sport="strength_training", exercises=("squat",), ended_at=local("12:00"))
BEGINNERS = a_workout(45, hr=140, ended_at=local("17:00"))


def steps(
    workout: Workout,
    athlete: Athlete = TRAINED,
    *,
    language: Language = "en",
    quiet: QuietHours | None = QUIET,
    read_at: datetime | None = None,
) -> Staircase:
    at = read_at or workout.ended_at
    told = readiness(recovery_of(workout, athlete), RULES, at, AMSTERDAM)
    assert told is not None
    return Steps(load_texts(language), RULES.messages, quiet, AMSTERDAM).after(workout.ended_at, told, at)


def said(found: Staircase) -> list[tuple[str, str]]:
    return [(label.what, label.when) for label in found.labels]


def test_a_hard_workout_has_an_easy_and_a_hard_step_at_the_moments_of_the_message() -> None:
    found = steps(HARD)
    told = readiness(recovery_of(HARD), RULES, HARD.ended_at, AMSTERDAM)
    assert told is not None
    assert found.easy_s == (told.easy_from - HARD.ended_at).total_seconds()
    assert found.hard_s == (told.ready_at - HARD.ended_at).total_seconds()
    easy, hard = said(found)
    assert easy == ("easy from", f"{told.easy_from.astimezone(AMSTERDAM):%a %H:%M}")
    assert hard == ("hard from", f"{told.ready_at.astimezone(AMSTERDAM):%a %H:%M}")
    assert found.rest == "rest"
    assert [label.what for label in steps(HARD, language="nl").labels] == ["rustig vanaf", "hard vanaf"]


def test_an_easy_workout_has_one_step_and_its_hour_of_the_same_day_has_no_weekday() -> None:
    found = steps(EASY)
    assert found.easy_s == found.hard_s
    ((what, when),) = said(found)
    assert what == "anything from"
    assert len(when) == len("19:30"), when
    assert found.start == "Wed 12:10"


def test_a_rest_of_minutes_is_not_drawn_when_it_is_over() -> None:
    walk = a_workout(25, hr=90, sport="walking", ended_at=local("09:00"))
    told = readiness(recovery_of(walk), RULES, walk.ended_at, AMSTERDAM)
    assert told is not None
    minutes = replace(told, ready_at=walk.ended_at + timedelta(minutes=5))
    both = Steps(load_texts("en"), RULES.messages, QUIET, AMSTERDAM)

    before = both.after(walk.ended_at, minutes, walk.ended_at)
    after = both.after(walk.ended_at, minutes, walk.ended_at + timedelta(minutes=6))

    assert before.hard_s == 300
    assert said(after) == [("anything", "now")]
    assert (after.easy_s, after.hard_s, after.labels[0].at_s) == (0, 60, 60)


def test_what_is_fine_already_is_called_now() -> None:
    told = readiness(recovery_of(HARD), RULES, HARD.ended_at, AMSTERDAM)
    assert told is not None
    easy, hard = said(steps(HARD, read_at=told.easy_from + timedelta(hours=1)))
    assert easy == ("easy training", "now")
    assert hard[0] == "hard from"


def test_who_is_ready_when_it_is_read_reads_now_and_no_clock_of_the_past() -> None:
    told = readiness(recovery_of(EASY), RULES, EASY.ended_at, AMSTERDAM)
    assert told is not None
    assert said(steps(EASY, read_at=told.ready_at)) == [("anything", "now")]


def test_after_a_marathon_there_are_dates_and_no_nights() -> None:
    found = steps(MARATHON)
    assert [what for what, _ in said(found)] == ["easy from", "hard from"]
    assert all("May" in when and ":" not in when for _, when in said(found))
    assert found.nights == ()
    assert found.has_ticks
    assert [name for _, name in found.days[:3]] == ["6", "7", "8"]


def test_a_beginner_keeps_a_day_free_and_trains_again_on_the_next() -> None:
    found = steps(BEGINNERS, BEGINNER)
    assert said(found) == [("day off", "Thursday"), ("train again", "Friday")]
    assert found.rest == ""
    assert found.labels[0].at_s == 7 * 3600, "the day off begins at midnight"
    assert said(steps(BEGINNERS, BEGINNER, language="nl")) == [("vrije dag", "donderdag"), ("weer trainen", "vrijdag")]


@pytest.mark.parametrize(
    ("days", "off"), [(1, []), (2, [("day off", "Thursday")]), (4, [("days off", "Thu – Sat")])], ids=str
)
def test_days_off_are_named_from_the_first_to_the_last(days: int, off: list[tuple[str, str]]) -> None:
    ended_at = local("17:00")
    on = date(2026, 5, 6) + timedelta(days=days)
    at = ended_at + timedelta(hours=8)
    told = Readiness(Line("rest_days", {"next_training_on": on}), at, at + timedelta(hours=3))
    found = Steps(load_texts("en"), RULES.messages, QUIET, AMSTERDAM).after(ended_at, told, ended_at)
    assert said(found)[:-1] == off
    assert said(found)[-1][0] == "train easily"
    assert found.hard_s is None, "who is to begin easily is told of no hard training"


def test_who_is_told_of_no_hard_training_sees_no_step_of_it() -> None:
    found = steps(HARD, with_condition("heart"))
    assert found.hard_s is None
    assert [what for what, _ in said(found)] == ["easy from"]


def test_weights_name_the_part_of_the_body_that_rests() -> None:
    assert all(what.startswith("legs") for what, _ in said(steps(LEG_DAY)))
    assert all(what.startswith("benen") for what, _ in said(steps(LEG_DAY, language="nl")))


def test_the_nights_are_the_quiet_hours_of_the_athlete() -> None:
    found = steps(HARD)
    first, second = found.nights[:2]
    assert first == (5 * 3600, 14 * 3600), "from 22:00 to 07:00, after an end at 17:00"
    assert second[0] - first[0] == 86_400
    assert steps(HARD, quiet=QuietHours(time(0), time(0))).nights == ()
    assert steps(HARD, quiet=None).nights[0] == (5 * 3600, 13 * 3600), "those in which nobody is told to train"


def test_a_day_on_which_the_clocks_change_has_its_true_width() -> None:
    ended_at = local("17:00", "2026-10-24")
    found = steps(replace(HARD, started_at=ended_at - timedelta(minutes=124), ended_at=ended_at))
    (sunday_s, sunday), (monday_s, monday) = found.days[1:3]
    assert (sunday, monday) == ("Sun", "Mon")
    assert monday_s - sunday_s == 25 * 3600


@given(minutes=st.integers(20, 400), bpm=st.integers(90, 185), hour=st.integers(0, 23), trained=st.booleans())
def test_the_last_label_stands_at_its_step_and_the_days_reach_beyond_it(
    minutes: int, bpm: int, hour: int, trained: bool
) -> None:
    workout = a_workout(minutes, hr=bpm, step_s=30, ended_at=local(f"{hour:02}:10"))
    athlete = TRAINED if trained else BEGINNER
    told = readiness(recovery_of(workout, athlete), RULES, workout.ended_at, AMSTERDAM)
    if told is None:
        return
    found = steps(workout, athlete)
    last_s = found.easy_s if found.hard_s is None else found.hard_s
    assert found.labels[-1].at_s == last_s > 0
    assert all(low.at_s <= high.at_s for low, high in pairwise(found.labels))
    assert found.days[0][0] <= 0
    assert found.days[-1][0] >= 2 * last_s
    assert all(begin < end for begin, end in found.nights)
