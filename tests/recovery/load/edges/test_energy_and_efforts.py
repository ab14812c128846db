"""The energy of a workout and the best efforts in it, exactly at the bounds of what counts."""

import numpy as np
import pytest

from hersteld.config.rules import load_rules
from hersteld.parsers.workout import Pause, Workout
from hersteld.recovery.athlete.history import History
from hersteld.recovery.athlete.physiology import resolve
from hersteld.recovery.load.best_efforts import best_efforts
from hersteld.recovery.load.energy import energy
from hersteld.recovery.rules import Rules
from tests.support.fit.recoveries import TRAINED, shipped_rules
from tests.support.fit.workouts import a_workout, replace_cadence

RULES = shipped_rules()


def kcal_of(workout: Workout, rules: Rules = RULES) -> float | None:
    found = energy(workout, resolve(TRAINED, workout, History(), rules.athlete), rules)
    return None if found is None else found[0]


def read_for(seconds: int, bpm: float = 150) -> Workout:
    """Return ten minutes of which the first part has a heart rate."""
    return a_workout(10, hr=np.where(np.arange(601.0) <= seconds, bpm, np.nan))


def test_readings_of_six_tenths_of_the_time_stand_for_all_of_it_and_fewer_for_nothing() -> None:
    assert kcal_of(read_for(360)) == pytest.approx(kcal_of(read_for(600)))
    assert kcal_of(read_for(359)) is None


@pytest.mark.parametrize(("bpm", "is_believed"), [(29, False), (30, True), (220, True), (221, False)])
def test_an_average_counts_where_a_heart_can_have_it(bpm: float, is_believed: bool) -> None:
    assert (kcal_of(a_workout(60, avg_hr=bpm)) is not None) is is_believed


def test_an_average_takes_as_much_as_readings_that_are_all_the_same() -> None:
    assert kcal_of(a_workout(60, avg_hr=150)) == pytest.approx(kcal_of(a_workout(60, hr=150)))


@pytest.mark.parametrize("bpm", [35, 59, 60])
def test_a_heart_at_rest_takes_nothing(bpm: float) -> None:
    assert kcal_of(a_workout(60, hr=bpm)) == 0


def test_other_numbers_never_make_energy_less_than_nothing() -> None:
    low = [-100.0, 0.1, 0.0, 0.0]
    rules = load_rules({"hydration": {"hr_energy_male": low, "hr_energy_female": low}})
    assert kcal_of(a_workout(60, hr=150), rules) == 0


def test_a_kilojoule_takes_as_many_kilocalories_as_the_rules_say() -> None:
    rules = load_rules({"hydration": {"kcal_per_kj": 1.25}})
    assert kcal_of(a_workout(60, power=200, sport="cycling"), rules) == pytest.approx(900)


def locked(beats: float, cadence: float, *, paused: tuple[Pause, ...] = ()) -> float | None:
    """Return the peak of a run whose heart rate stands at that for half a minute, and whose cadence there is this."""
    series = np.full(1801 + sum(int(pause.end_s - pause.start_s) for pause in paused), 150.0)
    run = replace_cadence(a_workout(30, hr=series, paused=paused), 80)
    assert run.samples.heart_rate_bpm is not None
    assert run.samples.cadence_rpm is not None
    at = slice(600, 631 + sum(int(pause.end_s - pause.start_s) for pause in paused))
    run.samples.heart_rate_bpm[at] = beats
    run.samples.cadence_rpm[at] = cadence
    return best_efforts(run, RULES).hr_peak_30s_bpm


@pytest.mark.parametrize(("cadence", "is_peak"), [(183, False), (182, True), (91.5, False), (91, True)])
def test_three_beats_from_the_cadence_or_twice_of_it_is_the_cadence(cadence: float, is_peak: bool) -> None:
    assert (locked(186, cadence) == 186) is is_peak


def test_a_pause_within_the_half_minute_does_not_free_a_sensor_that_counts_steps() -> None:
    pause = Pause(610.0, 630.0)
    assert locked(186, 186, paused=(pause,)) != 186
    assert locked(186, 120, paused=(pause,)) == 186


def test_near_the_cadence_for_exactly_half_of_the_time_is_no_peak() -> None:
    run = replace_cadence(a_workout(30, hr=np.where(np.arange(1801) // 31 == 20, 186.0, 150.0)), 80)
    assert run.samples.cadence_rpm is not None
    for near, is_peak in ((15, False), (14, True)):
        run.samples.cadence_rpm[620:651] = 80
        run.samples.cadence_rpm[625 : 625 + near] = 186  # half of the second before and of the one after counts, too
        found = best_efforts(run, RULES).hr_peak_30s_bpm
        assert found is not None
        assert (found == 186) is is_peak, near


def test_a_workout_shorter_than_half_a_minute_shows_no_peak() -> None:
    assert best_efforts(a_workout(29 / 60, hr=180), RULES).hr_peak_30s_bpm is None
