"""How hard it was, and until when the athlete rests."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hersteld.recovery.athlete.profile import EXPERIENCES, Athlete, Experience
from hersteld.recovery.join import join
from tests.support.fit.recoveries import BEGINNER, TRAINED, a_past_workout, ids, local, recovery_of
from tests.support.fit.workouts import a_workout


@pytest.mark.parametrize(
    ("share", "intensity"),
    [(0.2, "very_light"), (0.35, "light"), (0.5, "moderate"), (0.7, "vigorous"), (0.95, "near_maximal")],
)
def test_intensity_is_the_share_of_the_heart_rate_reserve(share: float, intensity: str) -> None:
    assessment = recovery_of(a_workout(40, hr=50 + share * 140)).assessment
    assert assessment.intensity == intensity
    assert assessment.seconds_by_intensity[intensity] == pytest.approx(2400)


def test_a_walk_during_a_long_recovery_makes_nobody_ready_sooner() -> None:
    walk = a_workout(20, hr=85, sport="walking")
    ride = a_past_workout(walk.started_at - timedelta(hours=3), ready_h=13)
    recovery = recovery_of(walk, past=(ride,))
    assert (recovery.assessment.ready_at, recovery.assessment.easy_from) == (ride.ready_at, ride.easy_from)
    assert recovery.assessment.warnings == (), "a short walk is no training started too soon"
    assert "ready" not in ids(recovery), "the message the ride promised still holds"


def test_a_workout_that_moves_readiness_brings_the_message_itself() -> None:
    run = a_workout(45, hr=130)
    ride = a_past_workout(run.started_at - timedelta(hours=3), ready_h=5)
    recovery = recovery_of(run, past=(ride,))
    assert recovery.assessment.recovery_h < 12
    assert next(advice for advice in recovery.plan if advice.id == "ready").due_at == recovery.assessment.ready_at


def test_no_more_than_four_days_are_ever_asked_for() -> None:
    run = a_workout(300, hr=170)
    past = a_past_workout(run.started_at - timedelta(hours=10), ready_h=90)
    assert recovery_of(run, past=(past,)).assessment.recovery_h == 96


def test_a_busy_week_lengthens_rest_and_a_quiet_one_never_shortens_it() -> None:
    run = a_workout(60, hr=130)

    def days(loads: list[float]) -> float:
        past = tuple(
            a_past_workout(run.started_at - timedelta(days=len(loads) - n), load=load) for n, load in enumerate(loads)
        )
        return recovery_of(run, past=past).assessment.recovery_h

    alone = recovery_of(run).assessment.recovery_h
    assert days([50.0] * 35) == pytest.approx(alone)
    assert days([50.0] * 28 + [200.0] * 7) == pytest.approx(1.3 * alone)
    assert days([100.0] * 28 + [10.0] * 7) == pytest.approx(alone)
    assert days([50.0] * 10 + [200.0] * 7) == pytest.approx(alone), "less than four weeks say nothing"


def test_a_huge_effort_gives_a_beginner_no_less_rest_than_anybody_else() -> None:
    marathon = a_workout(250, hr=160, distance_m=42_195, ended_at=local("23:30"))
    beginner, other = (recovery_of(marathon, athlete) for athlete in (BEGINNER, TRAINED))
    assert beginner.assessment.easy_from is not None
    assert other.assessment.easy_from is not None
    assert beginner.assessment.easy_from >= other.assessment.easy_from
    assert "rest_long_run" in ids(beginner)
    ready = next(advice for advice in beginner.plan if advice.id == "ready_long_run")
    assert ready.due_at == beginner.assessment.ready_at
    assert ready.due_at >= local("23:30", "2026-05-08")


def test_a_few_seconds_of_anything_are_no_workout() -> None:
    for workout in (a_workout(0.3, sport="training", sub_sport="strength_training"), a_workout(4), a_workout(0)):
        recovery = recovery_of(workout, BEGINNER)
        assert not recovery.assessment.hard
        assert recovery.assessment.next_training_on is None
        assert recovery.plan == ()


def test_a_jog_after_a_hard_ride_takes_nothing_from_its_hardness() -> None:
    ride = a_workout(60, power=250, sport="cycling", ended_at=local("11:00"))
    jog = a_workout(10, sport="running", ended_at=local("11:20"))
    rider = replace(TRAINED, ftp_w=250)
    assert recovery_of(ride, rider).assessment.seconds_at_threshold == pytest.approx(3600)
    assert recovery_of(join(ride, jog), rider).assessment.seconds_at_threshold == pytest.approx(3600)


def test_the_rest_day_counts_by_the_local_calendar() -> None:
    late = recovery_of(a_workout(45, hr=140, ended_at=local("23:30")), BEGINNER).assessment
    assert late.next_training_on == date(2026, 5, 8)
    early = recovery_of(a_workout(45, hr=140, ended_at=local("00:30")), BEGINNER).assessment
    assert early.next_training_on == date(2026, 5, 8)


def test_fitness_and_fatigue_of_a_steady_athlete_are_the_daily_load() -> None:
    run = a_workout(60, hr=130)
    load = recovery_of(run).load.value
    past = tuple(a_past_workout(run.started_at - timedelta(days=n), load=load) for n in range(30, 0, -1))
    assessment = recovery_of(run, past=past).assessment
    assert assessment.ctl == pytest.approx(load)
    assert assessment.atl == pytest.approx(load)
    assert assessment.tsb == pytest.approx(0)


def test_the_past_gives_a_maximum_heart_rate_unless_nobody_went_all_out() -> None:
    run = a_workout(60, hr=130)
    unknown = Athlete(experience="trained")

    def hours(peak: float) -> float:
        past = tuple(
            replace(a_past_workout(run.started_at - timedelta(days=n)), hr_peak_30s_bpm=peak) for n in range(10, 13)
        )
        return recovery_of(run, unknown, past=past).load.value

    assert hours(205) < hours(190) == recovery_of(run, unknown).load.value == hours(120)


def test_without_a_heart_rate_the_load_per_hour_tells_the_intensity() -> None:
    stroll, tennis = (recovery_of(a_workout(60, sport=sport)).assessment for sport in ("walking", "tennis"))
    assert (stroll.intensity, tennis.intensity) == ("light", "moderate")
    assert stroll.seconds_by_intensity == {}
    assert stroll.hr_peak_30s_bpm is None


def test_the_peak_is_held_for_half_a_minute() -> None:
    beats = np.full(1801, 120.0)
    beats[600:610] = 200
    beats[1200:1240] = 180
    assert recovery_of(a_workout(30, hr=beats)).assessment.hr_peak_30s_bpm == pytest.approx(180)


@given(
    minutes=st.integers(1, 400),
    bpm=st.integers(50, 200),
    experience=st.sampled_from(EXPERIENCES),
    open_h=st.none() | st.floats(0, 96),
)
def test_nobody_trains_easily_later_than_hard_or_before_the_hours_of_earlier_workouts(
    minutes: int, bpm: int, experience: Experience, open_h: float | None
) -> None:
    workout = a_workout(minutes, hr=bpm, step_s=10)
    past = () if open_h is None else (a_past_workout(workout.started_at, ready_h=open_h),)
    assessment = recovery_of(workout, replace(TRAINED, experience=experience), past=past).assessment
    assert assessment.easy_from is not None
    assert assessment.ready_at is not None
    assert workout.ended_at <= assessment.easy_from <= assessment.ready_at
    assert 0 <= assessment.recovery_h <= 96
    for earlier in past:
        assert earlier.ready_at is not None
        assert assessment.ready_at >= earlier.ready_at
