"""Was the recording left running? Tails that lie exactly at the edge of what says so."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from hersteld.parsers.workout import Column, Workout
from hersteld.recovery.athlete.history import History
from hersteld.recovery.athlete.physiology import resolve
from hersteld.recovery.join import join
from hersteld.recovery.load.left_running import as_told, truly_done
from tests.support.fit.recoveries import TRAINED, recovery_of, shipped_rules
from tests.support.fit.workouts import NOON, a_workout

RULES = shipped_rules()
AT_REST_BPM = 75.0
SECONDS = np.arange(4801.0)


def left_running(
    tail_bpm: float | Column = AT_REST_BPM,
    *,
    tail: float = 0.0,
    moves: float = 8.0,
    quantity: str = "speed_mps",
    sub_sport: str | None = None,
) -> Workout:
    """Return an hour's ride with a tail of exactly twenty minutes, the shortest that counts as one."""
    beats = np.full(4801, 150.0)
    beats[3601:] = tail_bpm
    ride = a_workout(80, hr=beats, sport="generic" if sub_sport else "cycling", sub_sport=sub_sport)
    return replace(ride, samples=replace(ride.samples, **{quantity: np.where(SECONDS <= 3600, moves, tail)}))


def done_of(workout: Workout) -> Workout:
    return truly_done(workout, resolve(TRAINED, workout, History(), RULES.athlete), RULES.load)


def is_cut(workout: Workout) -> bool:
    return done_of(workout) is not workout


@pytest.mark.parametrize(("longer_s", "cut"), [(-1, False), (0, True)])
def test_twenty_minutes_are_a_tail(longer_s: float, cut: bool) -> None:
    ride = left_running()
    assert is_cut(replace(ride, elapsed_s=ride.elapsed_s + longer_s)) is cut


@pytest.mark.parametrize(
    ("quantity", "still", "too_much"), [("speed_mps", 0.3, 0.31), ("cadence_rpm", 5, 5.1), ("power_w", 5, 5.1)]
)
def test_each_quantity_by_itself_tells_what_is_standing_still(quantity: str, still: float, too_much: float) -> None:
    assert is_cut(left_running(tail=still, moves=80, quantity=quantity))
    assert not is_cut(left_running(tail=too_much, moves=80, quantity=quantity))


def test_whatever_moved_last_tells_when_training_ended() -> None:
    ride = left_running()
    for first_s, last_s in ((1800, 3600), (3600, 1800)):
        speed, cadence = (np.where(end_s >= SECONDS, 80.0, 0.0) for end_s in (first_s, last_s))
        both = replace(ride, samples=replace(ride.samples, speed_mps=speed, cadence_rpm=cadence))
        assert done_of(both).elapsed_s == 3600


def test_no_more_time_is_counted_than_the_timer_ran() -> None:
    """A device that stands still by itself need not say when it did."""
    ride = left_running()
    ride = replace(ride, timer_s=3000, sessions=(replace(ride.sessions[0], timer_s=3000),))
    done = done_of(ride)
    assert (done.timer_s, done.sessions[0].timer_s) == (3000, 3000)


@pytest.mark.parametrize(("bpm", "cut"), [(29, False), (30, True), (91.9, True), (92, False)])
def test_a_heart_at_rest_beats_30_times_or_more_but_not_92(bpm: float, cut: bool) -> None:
    assert is_cut(left_running(bpm)) is cut


def test_the_heart_beat_of_the_last_movement_is_not_of_the_tail() -> None:
    """With that one of 150, the mean of these would be above 92."""
    beats = np.full(1200, 92.0)
    beats[0] = 91
    assert is_cut(left_running(beats))


@pytest.mark.parametrize(("known_s", "cut"), [(600, False), (719, False), (720, True)])
def test_a_heart_rate_for_sixty_percent_of_the_tail_is_enough(known_s: int, cut: bool) -> None:
    assert is_cut(left_running(np.where(np.arange(1200) < known_s, AT_REST_BPM, np.nan))) is cut


def test_nothing_is_cut_where_no_heart_rate_says_that_the_athlete_rested() -> None:
    ride = left_running()
    assert not is_cut(replace(ride, samples=replace(ride.samples, heart_rate_bpm=None)))
    without_records = a_workout(60, hr=150, sport="cycling")
    samples = replace(without_records.samples, speed_mps=np.full(3601, 8.0))
    assert not is_cut(replace(without_records, samples=samples, elapsed_s=4800))


@pytest.mark.parametrize("sub_sport", ["open_water", "whitewater", "sail_race"])
def test_water_that_only_the_kind_of_sport_names_is_water(sub_sport: str) -> None:
    assert is_cut(left_running(sub_sport="trail"))
    assert not is_cut(left_running(sub_sport=sub_sport))


def test_who_moves_at_the_very_last_moment_has_not_stopped() -> None:
    ride = left_running()
    speed = ride.samples.speed_mps
    assert speed is not None
    speed[-1] = 8
    assert not is_cut(ride)


def test_a_session_that_moved_at_its_first_moment_alone_has_no_time() -> None:
    ride = left_running(AT_REST_BPM)
    samples = replace(
        ride.samples, heart_rate_bpm=np.full(4801, AT_REST_BPM), speed_mps=np.where(SECONDS == 0, 8.0, 0.0)
    )
    forgotten = replace(ride, samples=samples)
    done = done_of(forgotten)
    assert (done.timer_s, done.elapsed_s, done.ended_at) == (0, 0, forgotten.started_at)
    assert recovery_of(forgotten).load.value == 0


def test_the_movement_of_an_earlier_session_says_nothing_of_the_last() -> None:
    ride = a_workout(60, hr=150, sport="cycling")
    ride = replace(ride, samples=replace(ride.samples, speed_mps=np.full(3601, 8.0)))
    still = a_workout(60, hr=AT_REST_BPM, sport="generic", ended_at=NOON + timedelta(minutes=61))
    still = replace(still, samples=replace(still.samples, speed_mps=np.zeros(3601)))
    assert not is_cut(join(ride, still))


def test_a_recovery_that_counts_all_or_was_kept_without_its_athlete_tells_the_whole() -> None:
    ride = left_running()
    recovery = recovery_of(ride)
    assert as_told(ride, recovery, RULES.load) is not ride
    assert as_told(ride, replace(recovery, physiology=None), RULES.load) is ride
    counted = replace(recovery.assessment, counted_until=None)
    assert as_told(ride, replace(recovery, assessment=counted), RULES.load) is ride


def test_a_still_session_after_a_ride_is_not_cut_by_the_speed_that_the_ride_ended_with() -> None:
    """Devices write one record at the second of the change, which may still hold the speed of before."""
    ride = a_workout(60, hr=150, sport="cycling")
    ride = replace(ride, samples=replace(ride.samples, speed_mps=np.full(3601, 8.0)))
    still = a_workout(60, hr=AT_REST_BPM, sport="generic", ended_at=NOON + timedelta(minutes=60))
    still = replace(still, samples=replace(still.samples, speed_mps=np.zeros(3601)))
    both = join(ride, still)
    assert both.samples.speed_mps is not None
    both.samples.speed_mps[3600] = 8.0
    assert not is_cut(both)
