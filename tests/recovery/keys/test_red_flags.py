"""Which workouts name the signs that need a doctor."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from hersteld.parsers.workout import DeviceProfile, Workout
from hersteld.recovery.keys.red_flags import red_flags
from tests.support.fit.recoveries import (
    HARD_RIDE,
    TRAINED,
    advice_of,
    ids,
    recovery_of,
    shipped_rules,
    situation_of,
)
from tests.support.fit.workouts import NOON, a_workout


@pytest.mark.parametrize(
    ("workout", "text_id"),
    [
        (a_workout(60, hr=202), "red_flags_heart_rate"),
        (a_workout(365, hr=120, sport="swimming", sub_sport="lap_swimming"), "red_flags_long"),
        (a_workout(60, hr=150, temperature_c=33), "red_flags_heat"),
        (a_workout(60, hr=100, temperature_c=32), "red_flags_heat"),
        (a_workout(60, hr=130, temperature_c=-11), "red_flags_cold"),
    ],
)
def test_unusual_strain_is_named_with_the_signs_that_need_a_doctor(workout: Workout, text_id: str) -> None:
    assert [advice.id for advice in advice_of(recovery_of(workout), "red_flags")] == [text_id]
    assert advice_of(recovery_of(HARD_RIDE), "red_flags") == []


@pytest.mark.parametrize(
    "workout",
    [
        a_workout(59, hr=150, temperature_c=33),
        a_workout(90, hr=150, temperature_c=31),
        a_workout(60, hr=130, temperature_c=-10),
        a_workout(60, hr=198),
    ],
)
def test_usual_strain_names_none(workout: Workout) -> None:
    assert advice_of(recovery_of(workout), "red_flags") == []


def test_a_maximum_that_nobody_has_measured_is_exceeded_by_nobody() -> None:
    guessed = replace(TRAINED, max_hr_bpm=None, birth_year=1976)
    assert "red_flags_heart_rate" not in ids(recovery_of(a_workout(60, hr=202), guessed))


@pytest.mark.parametrize("bpm", range(190, 203))
@pytest.mark.parametrize("known_from", ["file", "configuration"])
def test_a_peak_is_measured_by_the_maximum_from_before_it(bpm: int, known_from: str) -> None:
    beats = np.full(3601, 140.0)
    beats[1000:1180] = bpm
    in_file = known_from == "file"
    athlete = replace(TRAINED, max_hr_bpm=None if in_file else 180)
    run = a_workout(60, hr=beats, profile=DeviceProfile(max_hr_bpm=180 if in_file else None))
    assert ("red_flags_heart_rate" in ids(recovery_of(run, athlete))) is (bpm > 190)


def test_a_loss_above_three_percent_names_them_too_however_heavy_the_athlete() -> None:
    assert "red_flags_loss" in ids(recovery_of(HARD_RIDE, weighed_loss_kg=2.2))
    assert "red_flags_loss" in ids(recovery_of(HARD_RIDE, replace(TRAINED, mass_kg=110), weighed_loss_kg=6))


def test_every_strain_that_was_found_is_among_the_reasons() -> None:
    hot_and_long = a_workout(365, hr=150, temperature_c=33)
    (verdict,) = red_flags(situation_of(hot_and_long)).verdicts
    assert {"red_flags.duration_h", "red_flags.heat_c"} <= {reason.name for reason in verdict.reasons}


def test_a_reading_that_the_load_leaves_out_is_still_a_sign() -> None:
    beats = np.full(3601, 140.0)
    beats[1000:1200] = 225
    assert "red_flags_heart_rate" in ids(recovery_of(a_workout(60, hr=beats)))


def test_the_signs_are_named_for_as_long_as_the_workout_is_news() -> None:
    (advice,) = red_flags(situation_of(a_workout(60, hr=202))).advice
    assert advice.expires_at == NOON + timedelta(hours=float(shipped_rules().messages.late_h))


def above_maximum(for_s: int) -> Workout:
    """Return an easy hour with so many seconds just above the maximum and ten beats."""
    beats = np.full(3601, 110.0)
    beats[1000 : 1001 + for_s] = 201
    return a_workout(60, hr=beats)


@pytest.mark.parametrize(("for_s", "minutes"), [(30, 1), (89, 1), (91, 2), (149, 2), (151, 3)])
def test_the_minutes_above_the_maximum_are_the_nearest_whole_ones(for_s: int, minutes: int) -> None:
    (said,) = red_flags(situation_of(above_maximum(for_s))).advice
    assert (said.id, said.values["minutes"]) == ("red_flags_heart_rate", minutes)


@pytest.mark.parametrize(
    ("text_id", "unusual", "usual"),
    [
        ("red_flags_heart_rate", above_maximum(30), above_maximum(29)),
        ("red_flags_heat", a_workout(60, hr=120, temperature_c=32), a_workout(60, hr=120, temperature_c=31.9)),
        ("red_flags_cold", a_workout(60, hr=120, temperature_c=-10.1), a_workout(60, hr=120, temperature_c=-10)),
        ("red_flags_long", a_workout(21_601 / 60, sport="rowing"), a_workout(360, sport="rowing")),
    ],
)
def test_each_strain_has_its_bound(text_id: str, unusual: Workout, usual: Workout) -> None:
    assert [advice.id for advice in red_flags(situation_of(unusual, drunk_ml=9000)).advice] == [text_id]
    assert red_flags(situation_of(usual, drunk_ml=9000)).advice == ()


def test_a_loss_of_exactly_three_percent_is_none_yet() -> None:
    assert red_flags(situation_of(HARD_RIDE, weighed_loss_kg=2.1)).advice == ()
    (said,) = red_flags(situation_of(HARD_RIDE, weighed_loss_kg=2.101)).advice
    assert said.id == "red_flags_loss"
