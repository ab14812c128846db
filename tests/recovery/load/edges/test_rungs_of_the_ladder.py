"""Which rung gives the load of a session that lies exactly at the edge of one."""

from dataclasses import replace

import numpy as np
import pytest

from hersteld.config.rules import load_rules
from hersteld.parsers.workout import Workout
from hersteld.recovery.advice import Load
from hersteld.recovery.athlete.history import History
from hersteld.recovery.athlete.physiology import resolve
from hersteld.recovery.load.ladder import training_load
from tests.support.fit.recoveries import TRAINED
from tests.support.fit.workouts import a_workout

HOUR_IN_ZONE_5 = (0.0, 0.0, 0.0, 0.0, 3600.0)


def load_of(workout: Workout, *, rpe: float | None = None, **numbers: object) -> Load:
    rules = load_rules({"load": numbers})
    return training_load(workout, resolve(TRAINED, workout, History(), rules.athlete), rules.load, rpe=rpe)


def told(load: Load, name: str) -> list[float | str]:
    return [reason.value for reason in load.reasons if reason.name == name]


def measured_for(measured_s: int) -> Workout:
    """Return an hour of which only the first seconds have a heart rate."""
    return a_workout(60, hr=np.where(np.arange(3601) <= measured_s, 150.0, np.nan))


@pytest.mark.parametrize(
    ("measured_s", "rung", "grade"),
    [
        (2159, "duration", "D"),
        (2160, "heart_rate", "C"),
        (3239, "heart_rate", "C"),
        (3240, "heart_rate", "B"),
    ],
)
def test_sixty_percent_of_the_heart_rate_are_enough_and_ninety_are_all(measured_s: int, rung: str, grade: str) -> None:
    load = load_of(measured_for(measured_s))
    assert (load.rung, load.grade) == (rung, grade)


@pytest.mark.parametrize(
    ("zones_s", "rung"),
    [
        ((0.0, 0.0, 2160.0, 0.0, 0.0), "zone_times"),
        ((0.0, 0.0, 2159.0, 0.0, 0.0), "duration"),
        ((900.0,) * 4, "duration"),
        ((500.0,) * 8, "duration"),
    ],
)
def test_zones_tell_the_load_when_they_cover_sixty_percent_and_are_five_to_seven(
    zones_s: tuple[float, ...], rung: str
) -> None:
    assert load_of(a_workout(60, zones=zones_s)).rung == rung


@pytest.mark.parametrize(
    ("average_bpm", "rung"), [(29, "duration"), (30, "zone_times"), (220, "zone_times"), (221, "duration")]
)
def test_an_average_of_30_to_220_beats_is_believed(average_bpm: float, rung: str) -> None:
    assert load_of(a_workout(60, avg_hr=average_bpm)).rung == rung


@pytest.mark.parametrize(("timer_s", "rung"), [(0, "duration"), (1, "zone_times")])
def test_a_session_of_no_time_at_all_has_no_load_and_the_lowest_rung(timer_s: float, rung: str) -> None:
    in_zone_4 = (0.0, 0.0, 0.0, timer_s, 0.0)
    by_zones = load_of(a_workout(timer_s / 60, zones=in_zone_4))
    by_average = load_of(a_workout(timer_s / 60, avg_hr=169))
    assert (by_zones.rung, by_average.rung) == (rung, rung)
    assert by_zones.value == pytest.approx(100 * timer_s / 3600)
    assert by_average.value == pytest.approx(100 * timer_s / 3600)


@pytest.mark.parametrize(("in_zone_3_s", "rung"), [(1440, "zone_times"), (1439, "duration")])
def test_strength_believes_the_zones_that_give_as_much_as_the_usual_rating(in_zone_3_s: int, rung: str) -> None:
    """The usual rating gives 60 an hour, and so do 36 minutes in zone 2 and 24 in zone 3."""
    zones_s = (0.0, 3600.0 - in_zone_3_s, float(in_zone_3_s), 0.0, 0.0)
    lifting = a_workout(60, zones=zones_s, sport="training", sub_sport="strength_training")
    load = load_of(lifting)
    assert (load.value, load.rung) == (60, rung)


@pytest.mark.parametrize(("most", "rung"), [(125, "zone_times"), (124, "duration")])
def test_a_load_is_believed_that_somebody_can_just_do(most: float, rung: str) -> None:
    """An hour in zone 5 is 125."""
    assert load_of(a_workout(60, zones=HOUR_IN_ZONE_5), max_per_hour=most).rung == rung


def test_neither_a_rating_nor_the_last_rung_is_ever_too_much() -> None:
    rated = load_of(a_workout(60, zones=HOUR_IN_ZONE_5), rpe=10, max_per_hour=120)
    assert (rated.value, rated.rung) == (140, "rpe")
    assert [session.rejected for session in rated.sessions] == [("zone_times",)]
    assumed = load_of(a_workout(60, sport="hiit"), rpe_intervals=10, max_per_hour=120)
    assert (assumed.value, assumed.rung) == (140, "duration")


def test_a_rating_below_one_is_none() -> None:
    assert [load_of(a_workout(60), rpe=rpe).rung for rpe in (0, 0.9, 1)] == ["duration", "duration", "rpe"]


def test_only_an_average_is_called_one() -> None:
    by_zones, by_average, by_heart_rate = (
        load_of(a_workout(60, zones=HOUR_IN_ZONE_5)),
        load_of(a_workout(60, avg_hr=150)),
        load_of(a_workout(60, hr=150)),
    )
    assert [load.sessions[0].from_average for load in (by_zones, by_average, by_heart_rate)] == [False, True, False]


def test_the_impulse_is_that_of_the_whole_hour_where_a_part_was_measured() -> None:
    part, whole = load_of(measured_for(2700)), load_of(a_workout(60, hr=150))
    assert part.trimp == pytest.approx(whole.trimp)


def test_what_was_measured_is_told_rounded() -> None:
    run = a_workout(30)
    run = replace(run, sessions=(replace(run.sessions[0], timer_s=1800.26),))
    assert told(load_of(run), "timer_s") == [1800.3]
    assert told(load_of(measured_for(2345)), "hr_coverage") == [0.651]
    ride = load_of(a_workout(60, power=200.26, sport="running", threshold_power_w=250))
    assert told(ride, "weighted_power_w") == [200.3]
    assert told(ride, "ftp_w") == [250]


def test_the_power_at_threshold_is_told_with_where_it_is_from() -> None:
    ride = a_workout(60, power=200, sport="cycling")
    rules = load_rules({})
    known = resolve(replace(TRAINED, ftp_w=250), ride, History(), rules.athlete)
    reasons = training_load(ride, known, rules.load).reasons
    assert [reason for reason in reasons if reason.name == "ftp_w"] == [known.reasons["ftp_w"]]
