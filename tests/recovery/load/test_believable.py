"""What of a workout is believed, and what of it was training."""

from dataclasses import replace

import numpy as np
import pytest

from hersteld.parsers.workout import DeviceProfile, Pause, Samples, Workout
from hersteld.recovery.athlete.history import History
from hersteld.recovery.athlete.physiology import resolve
from hersteld.recovery.athlete.profile import Athlete
from hersteld.recovery.load.believable import believable, with_cap
from hersteld.recovery.load.sensors import heart_rate
from tests.support.fit.recoveries import TRAINED, recovery_of, shipped_rules
from tests.support.fit.workouts import a_workout, seconds

RULES = shipped_rules()


def believed(workout: Workout, athlete: Athlete = TRAINED) -> Workout:
    return believable(workout, resolve(athlete, workout, History(), RULES.athlete), RULES.load)


def longer(workout: Workout, by_s: int, bpm: float) -> Workout:
    """Return a workout whose records go on after its end."""
    time_s, beats = workout.samples.time_s, workout.samples.heart_rate_bpm
    assert beats is not None
    more = time_s[-1] + 1 + np.arange(by_s)
    return replace(
        workout,
        samples=Samples(
            np.concatenate((time_s, more)), heart_rate_bpm=np.concatenate((beats, np.full(by_s, float(bpm))))
        ),
    )


def test_what_is_recorded_after_the_end_or_in_a_pause_counts_nowhere() -> None:
    run = a_workout(60, hr=140)
    beyond = recovery_of(longer(run, 1800, 180))
    assert beyond.load.value == recovery_of(run).load.value
    assert beyond.assessment.hr_peak_30s_bpm == 140
    beats = np.full(3601, 140.0)
    beats[1201:1800] = 188
    paused = recovery_of(a_workout(50, hr=beats, paused=(Pause(1200, 1800),)))
    assert paused.assessment.hr_peak_30s_bpm == 140


def test_above_the_maximum_a_heart_rate_counts_as_the_maximum() -> None:
    physiology = resolve(TRAINED, a_workout(60), History(), RULES.athlete)
    capped = with_cap(believed(a_workout(60, hr=205)), physiology)
    assert set(heart_rate(capped, RULES.load).value) == {190}


def test_the_highest_heart_rate_is_one_that_was_held() -> None:
    beats = np.full(2701, 140.0)
    beats[1000:1002] = 225
    spike = replace(a_workout(45, hr=beats), max_hr_bpm=225.0)
    assert believed(spike, Athlete()).max_hr_bpm == 140
    assert believed(replace(a_workout(45, hr=140), max_hr_bpm=143.0)).max_hr_bpm == 143


@pytest.mark.parametrize(("told", "believed_bpm"), [(225, None), (205, 205), (0, None), (None, None)])
def test_without_readings_the_devices_highest_stands_while_a_heart_can_have_it(
    told: float | None, believed_bpm: float | None
) -> None:
    assert believed(replace(a_workout(45), max_hr_bpm=told)).max_hr_bpm == believed_bpm


@pytest.mark.parametrize(("told", "mean"), [(143, 143), (145, 145), (155, 140), (0, None)])
def test_an_average_that_the_readings_contradict_gives_way(told: float, mean: float | None) -> None:
    sound = believed(a_workout(45, hr=140, avg_hr=told, zones=(0, 2700, 0, 0, 0)))
    assert (sound.avg_hr_bpm, sound.sessions[0].avg_hr_bpm) == (mean, mean)
    assert (sound.time_in_zone_s is None) == (told == 155)


@pytest.mark.parametrize(("told", "mean"), [(135, 135), (134, 140), (146, 140)])
def test_five_beats_contradict_nothing_and_six_do(told: float, mean: float) -> None:
    assert believed(a_workout(45, hr=140, avg_hr=told)).avg_hr_bpm == mean


def test_an_average_of_faults_does_not_bring_them_back() -> None:
    beats = np.full(3601, 228.0)
    beats[:1000] = 120
    sound = believed(a_workout(60, hr=beats, avg_hr=198, zones=(0, 0, 600, 0, 3000)))
    assert sound.sessions[0].avg_hr_bpm is None
    assert sound.time_in_zone_s is None


def test_a_faulty_meter_leaves_no_trace_in_the_average() -> None:
    watts = np.full(3601, 200.0)
    watts[100:110] = 9000
    told = replace(a_workout(60, power=watts, sport="cycling"), avg_power_w=224.0)
    assert believed(told).avg_power_w == pytest.approx(200)
    assert believed(replace(a_workout(60, power=200, sport="cycling"), avg_power_w=199.0)).avg_power_w == 199


@pytest.mark.parametrize(
    ("sport", "threshold_w", "stays"),
    [("running", 230, False), ("running", 310, True), ("running", 200, False), ("cycling", 230, True)],
)
def test_a_cyclists_threshold_is_none_of_another_sport(sport: str, threshold_w: float, stays: bool) -> None:
    profile = DeviceProfile(ftp_w=230, maker="garmin")
    sound = believed(a_workout(60, sport=sport, power=250, threshold_power_w=threshold_w, profile=profile))
    assert (sound.sessions[0].threshold_power_w is not None) is stays


def test_running_power_against_a_cyclists_ftp_gives_no_minutes_above_threshold() -> None:
    beats = seconds(50, lambda second: 140 + 5 * np.sin(second / 60))
    run = a_workout(50, hr=beats, power=290, threshold_power_w=230, profile=DeviceProfile(ftp_w=230, max_hr_bpm=190))
    recovery = recovery_of(run, Athlete(experience="trained"))
    assert (recovery.load.rung, recovery.assessment.hard, recovery.assessment.seconds_at_threshold) == (
        "heart_rate",
        False,
        0,
    )
    assert recovery.load.value == pytest.approx(39.7, abs=0.06)


@pytest.mark.parametrize(("watts", "held_s"), [(1800, 15), (2400, 8), (200, 0)])
def test_seconds_of_nonsense_from_a_power_meter_change_no_load(watts: float, held_s: int) -> None:
    power = np.full(3601, 200.0)
    power[1000 : 1000 + held_s] = watts
    ride = a_workout(60, hr=130, power=power, sport="cycling", threshold_power_w=250)
    recovery = recovery_of(ride, Athlete(experience="trained"))
    assert recovery.load.value == pytest.approx(64, abs=0.05)
    assert not recovery.assessment.hard


def test_a_record_a_minute_is_no_hole() -> None:
    sparse = recovery_of(a_workout(120, hr=140, avg_hr=140, step_s=60))
    assert sparse.load.value == pytest.approx(recovery_of(a_workout(120, hr=140)).load.value)
