"""What a picture shows of a workout: the same as its message, in fewer words, and no claim that nobody measured."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from hersteld.config.texts.catalogue import load_texts
from hersteld.daemon.card.facts import CardFacts
from hersteld.daemon.picture.facts import facts_of
from hersteld.parsers.workout import Workout
from tests.support.command_line import settings_in
from tests.support.fit.recoveries import AMSTERDAM, recovery_of
from tests.support.fit.workouts import a_workout

HARD = a_workout(124, hr=172, sport="cycling")
EASY = a_workout(40, hr=120)
MARATHON = a_workout(250, hr=160, distance_m=42_195)
WEIGHTS = a_workout(52, sport="training", sub_sport="strength_training")


def facts(
    workout: Workout,
    home: Path,
    *,
    language: str = "en",
    experience: str = "trained",
    asks: bool = False,
    rpe: float | None = None,
    read_at: datetime | None = None,
) -> CardFacts:
    settings = settings_in(home, athlete__experience=experience, notify__language=language)
    athlete = replace(settings.athlete, max_hr_bpm=190, resting_hr_bpm=50)
    texts = load_texts(settings.notify.language)
    recovery = recovery_of(workout, athlete, rpe=rpe)
    return facts_of(workout, recovery, settings, texts, AMSTERDAM, asks=asks, read_at=read_at)


def test_a_hard_ride_says_how_long_it_was_above_threshold(tmp_path: Path) -> None:
    found = facts(HARD, tmp_path)
    assert found.title == "Very hard ride, 2 h 04"
    assert found.right.startswith("load ")
    assert found.right.endswith(", grade B")
    assert found.cause == "124 min above threshold"
    assert found.trace is not None
    assert found.trace.shows_threshold
    assert found.sentences == ()
    assert found.alternative.startswith("Very hard ride, 2 h 04: 124 min above threshold. Easy from ")


def test_the_picture_speaks_dutch(tmp_path: Path) -> None:
    found = facts(HARD, tmp_path, language="nl")
    assert found.title == "Heel zware rit, 2 u 04"
    assert found.right.startswith("belasting ")
    assert found.cause.endswith("boven je drempel")
    assert "Rustig trainen kan vanaf" in found.alternative


def test_an_easy_run_says_that_all_of_it_was_below_threshold(tmp_path: Path) -> None:
    assert facts(EASY, tmp_path).cause == "all below threshold"


def test_nothing_is_claimed_of_a_threshold_that_nobody_measured(tmp_path: Path) -> None:
    settings = settings_in(tmp_path, athlete__experience="trained")
    texts = load_texts("en")
    found = facts_of(HARD, recovery_of(HARD, settings.athlete), settings, texts, AMSTERDAM)
    assert "threshold" not in found.alternative
    assert found.trace is not None
    assert not found.trace.shows_threshold


def test_a_beginner_sees_no_load_and_no_grade_but_why_the_day_is_free(tmp_path: Path) -> None:
    found = facts(a_workout(45, hr=140), tmp_path, experience="beginner")
    assert found.right == ""
    assert found.cause == "You get fitter on the day off"


def test_a_marathon_says_its_distance_and_the_easy_week(tmp_path: Path) -> None:
    assert facts(MARATHON, tmp_path).cause == "42.2 km: an easy week"
    assert facts(MARATHON, tmp_path, language="nl").cause == "42,2 km: een rustige week"


def test_without_a_heart_rate_the_question_stands_in_its_place(tmp_path: Path) -> None:
    found = facts(WEIGHTS, tmp_path, asks=True)
    assert found.trace is None
    assert found.sentences == ("Estimated from its length only.", "How hard was it, 1 to 10?")
    assert facts(WEIGHTS, tmp_path).sentences == ("Estimated from its length only.",)


def test_with_a_heart_rate_the_question_stands_over_it(tmp_path: Path) -> None:
    assert facts(a_workout(52, hr=120), tmp_path, asks=True).cause == "How hard was it, 1 to 10?"


@pytest.mark.parametrize(
    ("language", "said"), [("en", "You rated it 8 out of 10."), ("nl", "Je gaf het een 8 van 10.")]
)
def test_a_rating_is_named_as_what_the_load_rests_on(language: str, said: str, tmp_path: Path) -> None:
    assert facts(WEIGHTS, tmp_path, language=language, rpe=8).sentences == (said,)


def test_without_a_clock_no_time_is_named(tmp_path: Path) -> None:
    found = facts(replace(HARD, has_clock=False), tmp_path)
    assert found.staircase is None
    assert found.sentences == ("Your watch had no clock: no times.",)
    assert found.trace is not None


def test_what_asks_for_no_rest_has_no_steps_and_still_a_title(tmp_path: Path) -> None:
    found = facts(a_workout(3, hr=100), tmp_path)
    assert found.staircase is None
    assert found.title
    assert found.alternative.startswith(found.title)
