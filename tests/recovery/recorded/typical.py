"""Some twenty workouts by name, in which each part of the rules has its turn."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import numpy as np

from hersteld.recovery.advice import Recovery
from tests.support.fit.recoveries import (
    BEGINNER,
    HARD_RIDE,
    TRAINED,
    a_past_workout,
    local,
    recovery_of,
    with_condition,
)
from tests.support.fit.workouts import NOON, a_workout, seconds


def typical() -> Iterator[Recovery]:
    """Yield what the rules make of them, one by one."""
    elite = replace(TRAINED, experience="elite", ftp_w=280, lthr_bpm=172)
    unknown = replace(BEGINNER, experience_assumed=True, sex=None, mass_kg=None, max_hr_bpm=None)
    intervals = seconds(60, lambda at: np.where(at % 360 < 180, 178.0, 120.0))
    week = tuple(a_past_workout(NOON - timedelta(days=day), load=90, ready_h=30) for day in range(1, 7))
    years = tuple(a_past_workout(NOON - timedelta(days=3 * day), load=40 + day % 50) for day in range(1, 120))
    yesterday = (a_past_workout(NOON - timedelta(hours=20), load=160, hours=2, ready_h=60),)
    yield recovery_of(HARD_RIDE)
    yield recovery_of(HARD_RIDE, elite, past=years)
    yield recovery_of(HARD_RIDE, weighed_loss_kg=1.4, drunk_ml=700)
    yield recovery_of(HARD_RIDE, with_condition("diuretics"))
    yield recovery_of(HARD_RIDE, replace(TRAINED, food=frozenset({"vegan"}), birth_year=1958))
    yield recovery_of(a_workout(90, power=230, sport="cycling"), elite, past=week)
    yield recovery_of(a_workout(90, power=seconds(90, lambda at: 150 + 100 * np.sin(at / 60)), sport="cycling"), elite)
    yield recovery_of(a_workout(60, hr=intervals))
    yield recovery_of(a_workout(60, hr=intervals), BEGINNER, past=yesterday)
    yield recovery_of(a_workout(60, hr=intervals), past=yesterday, next_session_at=NOON + timedelta(hours=20))
    yield recovery_of(a_workout(40, hr=120))
    yield recovery_of(a_workout(30, hr=118), BEGINNER)
    yield recovery_of(a_workout(60, hr=seconds(60, lambda at: np.where(at > 3000, 205.0, 165.0)), temperature_c=33))
    yield recovery_of(a_workout(260, hr=150, distance_m=42_195), past=years)
    yield recovery_of(a_workout(75, avg_hr=155, sport="swimming"))
    yield recovery_of(a_workout(60, zones=(600.0, 900.0, 900.0, 900.0, 300.0), sport="rowing"))
    yield recovery_of(a_workout(50, sport="training", sub_sport="strength_training"))
    yield recovery_of(a_workout(50, sport="training", sub_sport="strength_training"), rpe=8)
    yield recovery_of(a_workout(90, hr=150, ended_at=local("21:30"), temperature_c=31))
    yield recovery_of(a_workout(180, sport="hiking"), unknown)
    yield recovery_of(a_workout(200, hr=120, sport="cycling"), with_condition("diabetes"))
    yield recovery_of(a_workout(70, hr=160, has_clock=False))
    yield recovery_of(a_workout(70, hr=160, salvaged=True), unknown, past=week)
    yield recovery_of(a_workout(80, hr=140, temperature_c=-12, sport="cross_country_skiing"))
    yield recovery_of(a_workout(700, hr=125, sport="hiking"), replace(TRAINED, experience="recreational"))
    yield recovery_of(a_workout(70, hr=150, sport="training", sub_sport="strength_training"))
