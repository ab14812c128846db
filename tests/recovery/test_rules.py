"""The names of the numbers, that each of them has a use, and that other rules have another version."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import numpy as np

from hersteld.recovery.advice import Recovery
from hersteld.recovery.numbers import Number, Numbers
from hersteld.recovery.rules import VERSION
from tests.support.fit.recoveries import (
    BEGINNER,
    HARD_RIDE,
    TRAINED,
    a_past_workout,
    local,
    recovery_of,
    shipped_rules,
    with_condition,
)
from tests.support.fit.workouts import NOON, a_workout, seconds

UNITS = {
    "bpm": "bpm",
    "days": "day",
    "g": "g",
    "h": "h",
    "hour": "hour",
    "kg": "kg",
    "km": "km",
    "l": "l",
    "lph": "l/h",
    "ml": "ml",
    "s": "s",
    "share": "1",
    "w": "W",
    "c": "°C",
}
RATIOS = re.compile(r"per_(day|hour|year|kg|kcal|c)|_by_")


def numbers() -> Iterator[tuple[str, Number | Numbers]]:
    rules = shipped_rules()
    for section in fields(rules):
        for number in fields(getattr(rules, section.name)):
            yield number.name, getattr(getattr(rules, section.name), number.name)


def test_a_name_that_ends_in_a_unit_holds_a_number_in_that_unit() -> None:
    wrong = {
        number.name: number.unit
        for name, number in numbers()
        if not RATIOS.search(name) and number.unit != UNITS.get(name.rsplit("_", 1)[-1], number.unit)
    }
    assert wrong == {}


def test_every_number_has_a_use() -> None:
    project = Path(__file__).parents[2]
    code = "".join(path.read_text() for room in ("recovery", "daemon") for path in (project / room).rglob("*.py"))
    assert [number.name for name, number in numbers() if not re.search(rf"\.{name}\b", code)] == []


# --- the version


class Recorded(NamedTuple):
    """What the rules made of the workouts of `recoveries` when they had this version.

    Attributes:
        numbers: Digest of the numbers in `config/rules.toml`.
        results: Digest of what the rules made of the workouts with those numbers.
    """

    version: int
    numbers: str
    results: str


RECORDED = Recorded(version=4, numbers="864164b06ba080e7", results="28f95198a067e89a")


def recoveries() -> Iterator[Recovery]:
    """Yield what the rules make of some twenty workouts, in which each part of them has its turn."""
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


def results_of(recovery: Recovery) -> str:
    """Return load, readiness, hours and advice as a text that is the same on every machine."""
    load, assessment = recovery.load, recovery.assessment
    moments = (assessment.easy_from, assessment.ready_at)
    return "|".join(
        (
            *(f"{load.value:.5g}", load.rung, load.grade),
            *(assessment.intensity, str(assessment.hard), str(assessment.gentle), f"{assessment.recovery_h:.5g}"),
            *(f"{moment:%Y-%m-%dT%H:%M}" if moment else "" for moment in moments),
            *assessment.warnings,
            *(f"{advice.id}@{advice.due_at:%Y-%m-%dT%H:%M}" for advice in recovery.plan),
        )
    )


def digest_of(lines: Iterator[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def test_rules_that_make_something_else_of_the_same_workouts_have_another_version() -> None:
    """Stored workouts are assessed anew only when a number or the version changes."""
    of_numbers = digest_of(
        f"{name} {tuple(number) if isinstance(number, Numbers) else float(number)}" for name, number in numbers()
    )
    now = Recorded(VERSION, of_numbers, digest_of(results_of(recovery) for recovery in recoveries()))
    if now.numbers != RECORDED.numbers:
        todo = "numbers of config/rules.toml are others: record the new digests; raise VERSION if the code changed too"
    else:
        todo = "the rules make something else of the same workouts: raise recovery.rules.VERSION and record the digest"
    assert now == RECORDED, f"{todo} ({now})"


def test_the_made_workouts_are_of_every_rung_grade_and_intensity() -> None:
    made = list(recoveries())
    assert {recovery.load.rung for recovery in made} == {"power", "heart_rate", "zone_times", "rpe", "duration"}
    assert {recovery.load.grade for recovery in made} == {"A", "B", "C", "D"}
    assert {recovery.assessment.hard for recovery in made} == {True, False}
    advice = {advice.key for recovery in made for advice in recovery.plan}
    assert advice == {
        "rest",
        "stretching",
        "hydration",
        "glycogen",
        "glucose",
        "avoid",
        "omega3",
        "cooldown",
        "red_flags",
    }
