"""What the message after a workout says, when it is read at a given moment."""

from dataclasses import replace
from datetime import datetime, time, timedelta

import numpy as np
import pytest

from hersteld.config.rules import load_rules
from hersteld.parsers.line import Line
from hersteld.parsers.workout import Workout
from hersteld.recovery.advice import Clock, Recovery
from hersteld.recovery.athlete.history import History, PastWorkout
from hersteld.recovery.athlete.profile import Athlete
from hersteld.recovery.messages.first_message import effort_word, headline, lines_at, title
from hersteld.recovery.messages.quiet_hours import QuietHours
from hersteld.recovery.messages.readiness import readiness
from hersteld.recovery.recover import recover
from tests.support.fit.recoveries import (
    AMSTERDAM,
    TRAINED,
    a_past_workout,
    local,
    recovery_of,
    shipped_rules,
    with_condition,
)
from tests.support.fit.workouts import a_workout

QUIET = QuietHours(time(22), time(7))
RULES = shipped_rules()


RIDE = a_workout(124, hr=172, sport="cycling", kcal=1290, temperature_c=30, ended_at=local("17:00"))


def effort(workout: Workout, athlete: Athlete = TRAINED) -> Line | None:
    """Return what made a workout hard, as the first line says it; None where it says nothing of it."""
    return effort_of(workout, recovery_of(workout, athlete))


def effort_of(workout: Workout, recovery: Recovery) -> Line | None:
    train_again = readiness(recovery, RULES, workout.ended_at, AMSTERDAM)
    assert train_again is not None
    efforts = headline(workout, recovery, RULES, train_again).values["effort"]
    assert isinstance(efforts, tuple)
    (effort_line,) = efforts or (None,)
    assert effort_line is None or isinstance(effort_line, Line)
    return effort_line


def drinking(workout: Workout, at: datetime, *, lost_kg: float) -> Line:
    (line,) = (
        line
        for line in lines_at(recovery_of(workout, weighed_loss_kg=lost_kg), RULES, at, None)
        if line.id.startswith("drink")
    )
    return line


@pytest.mark.parametrize(
    ("workout", "word", "reason"),
    [
        (RIDE, "very_hard", "effort_threshold"),
        (a_workout(40, hr=110), "moderate", None),
        (a_workout(130, hr=150, sport="cycling"), "hard", None),
        (a_workout(360, hr=115, sport="cycling"), "hard", None),
        (a_workout(30, sport="training", sub_sport="strength_training"), "hard", None),
        (a_workout(210, hr=164, sport="cycling"), "very_hard", None),
        (a_workout(250, hr=160, distance_m=42_195), "very_hard", "effort_race"),
        (a_workout(250, hr=160, distance_m=45_000), "very_hard", "effort_distance"),
        (a_workout(160, hr=85, distance_m=20_000), "very_light", None),
        (a_workout(150, hr=134, distance_m=25_000), "hard", None),
        (a_workout(250, hr=160), "very_hard", None),
    ],
)
def test_the_title_says_how_hard_it_was_and_the_first_line_what_made_it_so(
    workout: Workout, word: str, reason: str | None
) -> None:
    assert effort_word(recovery_of(workout)) == word
    line = effort(workout)
    assert (line and line.id) == reason


def test_minutes_above_a_threshold_that_nobody_has_measured_are_not_told() -> None:
    recovery = recovery_of(RIDE)
    assert recovery.physiology is not None
    assumed = replace(recovery, physiology=replace(recovery.physiology, threshold_is_assumed=True))
    assert effort_of(RIDE, assumed) is None


def test_minutes_above_threshold_by_power_are_told_though_the_maximum_heart_rate_is_a_guess() -> None:
    ride = a_workout(80, hr=150, power=300, sport="cycling")
    line = effort(ride, Athlete(experience="trained", ftp_w=280))
    assert line is not None
    assert (line.id, line.values["minutes"]) == ("effort_threshold", 80)


@pytest.mark.parametrize(
    ("metres", "sport"),
    [
        (42_195, "marathon"),
        (42_899, "marathon"),
        (42_900, "running"),
        (42_000, "marathon"),
        (41_999, "running"),
        (21_097, "half_marathon"),
        (21_000, "half_marathon"),
        (20_900, "running"),
    ],
)
def test_a_marathon_is_called_a_marathon(metres: float, sport: str) -> None:
    run = a_workout(230, hr=150, distance_m=metres)
    line = title(run, recovery_of(run), RULES)
    assert line.values["sport"] == sport
    assert line.id == ("title_workout" if sport == "running" else "title_race")
    later = title(run, recovery_of(run), RULES, on_a_later_day=True)
    assert later == Line(f"{line.id}_later", line.values), "yesterday's"


def test_minutes_near_the_maximum_are_told_where_those_at_threshold_are_few() -> None:
    beats = np.full(2401, 100.0)
    beats[600:1215] = 185
    line = effort(a_workout(40, hr=beats))
    assert line is not None
    assert (line.id, line.values["minutes"]) == ("effort_near_maximal", 10)


@pytest.mark.parametrize(
    ("clock", "near_maximal_s", "threshold_s", "told"),
    [
        ("near_maximal", 300, 300, ("effort_near_maximal", 5)),
        ("near_maximal", 299, 300, ("effort_threshold", 5)),
        ("near_maximal", 299, 299, None),
        ("near_maximal", 2400, 2400, ("effort_near_maximal", 40)),
        ("intensity", 2400, 2400, ("effort_threshold", 40)),
        ("volume", 2400, 2400, None),
    ],
)
def test_five_minutes_or_more_of_what_made_it_hard_are_told(
    clock: Clock, near_maximal_s: float, threshold_s: float, told: tuple[str, int] | None
) -> None:
    recovery = recovery_of(RIDE)
    decided = replace(
        recovery.assessment,
        decided_by=clock,
        seconds_by_intensity={"near_maximal": near_maximal_s},
        seconds_at_threshold=threshold_s,
    )
    line = effort_of(RIDE, replace(recovery, assessment=decided))
    assert (line and (line.id, line.values["minutes"])) == told


def test_a_title_says_how_hard_what_and_how_long() -> None:
    assert title(RIDE, recovery_of(RIDE), RULES) == Line(
        "title_workout", {"effort": "very_hard", "sport": "cycling", "duration_s": 7440}
    )


def test_the_lines_stand_in_the_order_of_doing() -> None:
    found = [line.id for line in lines_at(recovery_of(RIDE, weighed_loss_kg=1.0), RULES, RIDE.ended_at, None)]
    assert found == ["no_cooldown", "drink", "cold_bath", "stretch", "eat_meal", "avoid_medicine"]
    evening = [line.id for line in lines_at(recovery_of(RIDE, weighed_loss_kg=1.0), RULES, local("22:30"), None)]
    assert evening == ["avoid_medicine", "avoid_tonight", "omega3"]


def test_shortly_before_the_quiet_hours_nobody_bathes_and_the_meal_may_wait_for_breakfast() -> None:
    recovery = recovery_of(RIDE, weighed_loss_kg=1.0)
    found = [line.id for line in lines_at(recovery, RULES, RIDE.ended_at, local("18:00"))]
    assert found == ["no_cooldown", "drink_once", "stretch", "eat_meal_night", "avoid_medicine"]
    earlier = [line.id for line in lines_at(recovery, RULES, RIDE.ended_at, local("18:45"))]
    assert {"cold_bath", "eat_meal"} <= set(earlier)


@pytest.mark.parametrize(
    ("quiet", "before"),
    [("22:00", "20:00"), ("21:00", "20:00"), ("20:30", "19:30"), ("18:15", "17:15"), ("18:14", None)],
)
def test_a_cold_bath_is_over_an_hour_before_the_quiet_hours(quiet: str, before: str | None) -> None:
    found = lines_at(recovery_of(RIDE), RULES, RIDE.ended_at, local(quiet))
    baths = [line.values["before"] for line in found if line.id == "cold_bath"]
    assert baths == ([] if before is None else [local(before)])


def test_late_in_the_evening_glucose_is_checked_before_sleep_and_not_at_breakfast() -> None:
    ride = a_workout(190, hr=130, sport="cycling", ended_at=local("21:00"))
    recovery = recovery_of(ride, with_condition("diabetes"))
    assert "check_glucose_night" in [line.id for line in lines_at(recovery, RULES, ride.ended_at, local("22:00"))]


def test_who_trains_again_soon_eats_now_however_late_it_is() -> None:
    ride = replace(RIDE, ended_at=local("21:00"))
    soon = recovery_of(ride, next_session_at=local("04:00", "2026-05-07"))
    found = [line.id for line in lines_at(soon, RULES, ride.ended_at, local("22:00")) if line.id.startswith("eat")]
    assert found == ["eat_soon_easy", "eat_protein_night"]


def test_omega3_comes_with_the_meal_of_a_workout_that_was_not_hard() -> None:
    ride = a_workout(75, hr=140, sport="cycling", ended_at=local("12:00"))
    found = [line.id for line in lines_at(recovery_of(ride), RULES, ride.ended_at, None)]
    assert not recovery_of(ride).assessment.hard
    assert found[-2:] == ["eat_meal", "omega3"]


def test_the_timetable_begins_when_it_is_told() -> None:
    whole = drinking(RIDE, RIDE.ended_at, lost_kg=1.0)
    assert whole == Line(
        "drink",
        {
            "total_ml": 1500,
            "parts": (
                Line("part_now", {"volume_ml": 800}),
                Line("part_at", {"volume_ml": 200, "times": (local("17:15"), local("17:30"))}),
                Line("part_at", {"volume_ml": 150, "times": (local("17:45"), local("18:00"))}),
            ),
        },
    )
    later = drinking(RIDE, local("17:50"), lost_kg=1.0)
    assert (later.id, later.values["total_ml"]) == ("drink", 1500), "a portion that nobody was told is not drunk"


def test_many_equal_portions_are_told_by_their_interval() -> None:
    parts = drinking(RIDE, RIDE.ended_at, lost_kg=2.0).values["parts"]
    assert isinstance(parts, tuple)
    assert parts[1] == Line(
        "part_every", {"volume_ml": 200, "minutes": 15, "since": local("17:15"), "until": local("19:45")}
    )


def test_a_single_portion_has_no_timetable() -> None:
    less = load_rules({"hydration": {"replaced_share": 1.0}})
    recovery = recover(RIDE, TRAINED, History(), less, zone=AMSTERDAM, weighed_loss_kg=0.75)
    assert Line("drink_once", {"volume_ml": 750}) in lines_at(recovery, RULES, RIDE.ended_at, None)


def caveats(workout: Workout, *past: PastWorkout) -> list[str]:
    known = (
        "started_too_soon",
        "file_damaged",
        "estimated_from_duration",
        "estimated_without_ftp",
        "estimated_beside_heart_rate",
    )
    found = lines_at(recovery_of(workout, past=past), RULES, workout.ended_at, None)
    return [line.id for line in found if line.id in known]


def lifting(*, hr: float | None = None, avg_hr: float | None = None) -> Workout:
    return a_workout(60, hr=hr, avg_hr=avg_hr, sport="training", sub_sport="strength_training")


def test_the_reader_learns_how_sure_it_is() -> None:
    assert caveats(RIDE) == []
    assert caveats(replace(RIDE, salvaged=True)) == ["file_damaged"]
    assert caveats(a_workout(60)) == ["estimated_from_duration"]
    assert caveats(lifting(hr=91)) == ["estimated_beside_heart_rate"], "no word against a heart rate"
    assert caveats(lifting(avg_hr=91)) == ["estimated_beside_heart_rate"]
    assert caveats(lifting()) == ["estimated_from_duration"]
    assert caveats(a_workout(60, power=200, sport="cycling")) == ["estimated_without_ftp"]
    earlier = a_past_workout(RIDE.started_at - timedelta(hours=1), ready_h=40)
    assert caveats(RIDE, earlier) == ["started_too_soon"]


def test_the_reader_learns_until_when_a_recording_that_was_not_stopped_counts() -> None:
    recovery, until = recovery_of(RIDE), local("16:40")
    cut = replace(recovery, assessment=replace(recovery.assessment, counted_until=until))
    assert Line("counted_until", {"until": until}) in lines_at(cut, RULES, RIDE.ended_at, None)
    assert "counted_until" not in [line.id for line in lines_at(recovery, RULES, RIDE.ended_at, None)]
