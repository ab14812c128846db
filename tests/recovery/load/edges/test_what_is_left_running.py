"""What remains of a brick whose last session was left running, and readings exactly at the edge of belief."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from hersteld.parsers.workout import Pause
from hersteld.recovery.athlete.history import History
from hersteld.recovery.athlete.physiology import resolve
from hersteld.recovery.join import join
from hersteld.recovery.load.left_running import truly_done
from hersteld.recovery.load.sensors import heart_rate, power
from tests.support.fit.recoveries import TRAINED, shipped_rules
from tests.support.fit.workouts import NOON, a_workout, seconds

RULES = shipped_rules()


def test_only_the_last_session_of_a_brick_is_cut() -> None:
    run = a_workout(30, hr=150)
    beats = seconds(100, lambda second: np.where(second <= 3600, 150.0, 75.0))
    ride = a_workout(100, hr=beats, avg_hr=120, sport="cycling", ended_at=NOON + timedelta(minutes=110))
    moving = seconds(100, lambda second: np.where(second <= 3600, 8.0, 0.0))
    ride = replace(ride, samples=replace(ride.samples, speed_mps=moving))
    ride = replace(ride, sessions=(replace(ride.sessions[0], avg_power_w=120.0),))
    brick = replace(join(run, ride), avg_hr_bpm=120.0, avg_power_w=100.0, time_in_zone_s=(1.0,) * 5)
    cut = truly_done(brick, resolve(TRAINED, brick, History(), RULES.athlete), RULES.load)
    assert cut.ended_at == NOON + timedelta(minutes=70)
    assert cut.timer_s == 1800 + 3600
    assert cut.sessions[:-1] == brick.sessions[:-1]
    assert (cut.sessions[-1].elapsed_s, cut.sessions[-1].timer_s) == (3600, 3600)
    assert (cut.sessions[-1].avg_hr_bpm, cut.sessions[-1].avg_power_w) == (None, None)
    assert (cut.avg_hr_bpm, cut.avg_power_w, cut.time_in_zone_s) == (None, None, None)
    assert all(pause.end_s <= cut.elapsed_s for pause in cut.pauses)


@pytest.mark.parametrize(
    ("pauses", "kept", "timer_s"),
    [
        ((Pause(600, 900),), (Pause(600, 900),), 3300),
        ((Pause(600, 900), Pause(3600, 3700)), (Pause(600, 900),), 3300),
        ((Pause(3500, 3700), Pause(4000, 4100)), (Pause(3500, 3600),), 3500),
        ((Pause(4000, 4100),), (), 3600),
    ],
)
def test_pauses_count_until_the_last_movement(
    pauses: tuple[Pause, ...], kept: tuple[Pause, ...], timer_s: float
) -> None:
    """A hundred minutes, of which the first hour was ridden."""
    paused_s = sum(pause.end_s - pause.start_s for pause in pauses)
    ride = a_workout(
        100 - paused_s / 60,
        hr=seconds(100, lambda second: np.where(second <= 3600, 150.0, 75.0)),
        sport="cycling",
        paused=pauses,
    )
    moving = seconds(100, lambda second: np.where(second <= 3600, 8.0, 0.0))
    ride = replace(ride, samples=replace(ride.samples, speed_mps=moving))
    cut = truly_done(ride, resolve(TRAINED, ride, History(), RULES.athlete), RULES.load)
    assert (cut.pauses, cut.timer_s, cut.sessions[0].timer_s) == (kept, timer_s, timer_s)


@pytest.mark.parametrize(("bpm", "believed"), [(29, False), (30, True), (220, True), (221, False)])
def test_a_heart_beats_30_to_220_times(bpm: float, believed: bool) -> None:
    assert (heart_rate(a_workout(10, hr=bpm), RULES.load).covered_s > 0) is believed


@pytest.mark.parametrize(("watts", "believed"), [(0, True), (2500, True), (2501, False)])
def test_nobody_has_more_than_2500_watts(watts: float, believed: bool) -> None:
    ride = a_workout(10, power=watts, sport="cycling", paused=(Pause(100, 200),))
    assert power(ride, RULES.load).covered_s == pytest.approx(600 if believed else 0)
