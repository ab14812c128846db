"""Exactly at a bound a reading is still one of a body; beyond it, it is a fault."""

from dataclasses import replace

import numpy as np
import pytest

from hersteld.parsers.workout import Column
from hersteld.recovery.athlete.history import History
from hersteld.recovery.athlete.physiology import Physiology, resolve
from hersteld.recovery.athlete.profile import Athlete
from hersteld.recovery.load.faults import is_no_heart_rate, is_no_power
from tests.support.fit.recoveries import TRAINED, shipped_rules
from tests.support.fit.workouts import a_workout

RULES = shipped_rules()
KNOWN_W = 2100.0
"""The most that the trained athlete of 70 kg has for five seconds."""


def athlete(who: Athlete) -> Physiology:
    return resolve(who, a_workout(60), History(), RULES.athlete)


def heart_faults(beats: Column, *others: Column, who: Athlete = TRAINED) -> list[int]:
    """Return the seconds at which a heart rate, one for each second, is a fault."""
    time_s = np.arange(float(len(beats)))
    return np.flatnonzero(is_no_heart_rate(time_s, beats, others, athlete(who), RULES.load)).tolist()


def power_faults(watts: list[float], *, step_s: float = 1.0, who: Athlete = TRAINED) -> list[int]:
    """Return which powers, one for each step, are faults."""
    time_s = np.arange(float(len(watts))) * step_s
    return np.flatnonzero(is_no_power(time_s, np.array(watts), athlete(who), RULES.load)).tolist()


@pytest.mark.parametrize(
    ("who", "possible", "impossible"),
    [(TRAINED, 30, 29.9), (TRAINED, 210, 210.5), (Athlete(), 220, 220.5)],
    ids=["lowest", "above a known maximum", "highest"],
)
def test_a_heart_rate_at_the_bound_is_believed(who: Athlete, possible: float, impossible: float) -> None:
    assert heart_faults(np.array([150.0, possible, impossible]), who=who) == [2]


@pytest.mark.parametrize(
    ("bpm", "readings", "is_fault"),
    [(182, 301, True), (182, 300, False), (176, 400, False), (176.5, 400, True)],
    ids=["five minutes", "a second less", "at 90% of the reserve", "just above"],
)
@pytest.mark.parametrize("first", [0, 100])
def test_a_heart_rate_stands_still_for_five_minutes_above_a_share_of_the_reserve(
    bpm: float, readings: int, is_fault: bool, first: int
) -> None:
    beats = np.where(np.arange(600) % 2, 140.0, 141.0)
    beats[first : first + readings] = bpm
    pace = 3 + np.sin(np.arange(600) / 20)
    assert heart_faults(beats, pace) == (list(range(first, first + readings)) if is_fault else [])


@pytest.mark.parametrize(
    ("low", "high", "changes"), [(9.5, 10.5, False), (9.5, 10.51, True), (2.9, 3.1, False), (2.8, 3.2, True)]
)
def test_what_the_athlete_does_changes_when_it_varies_by_more_than_a_tenth(
    low: float, high: float, changes: bool
) -> None:
    pace = np.where(np.arange(400) % 2, low, high)
    assert bool(heart_faults(np.full(400, 182.0), pace)) is changes


def test_without_a_single_reading_nothing_is_a_fault() -> None:
    assert heart_faults(np.empty(0), np.empty(0)) == []


@pytest.mark.parametrize(
    ("ftp_w", "faults"),
    [(None, [2, 3]), (250.0, [1, 2, 3, 5]), (400.0, [2, 3])],
    ids=["no FTP", "seven times FTP is less", "seven times FTP is more"],
)
def test_a_power_at_the_bound_is_believed(ftp_w: float | None, faults: list[int]) -> None:
    who = replace(TRAINED, mass_kg=None, ftp_w=ftp_w)
    assert power_faults([200, 2500, 2500.5, -1, 1750, 1751], who=who) == faults


@pytest.mark.parametrize(
    ("watts", "faults"),
    [
        ([KNOWN_W + 0.1] * 5, [0, 1, 2, 3, 4]),
        ([KNOWN_W] * 5, []),
        ([2400, 2400, KNOWN_W, 2400, 2400], [0, 1, 3, 4]),
        ([2300, 1900, 2300, 1900, KNOWN_W], []),
        ([2200, 2200, 2200, 1900, 1900, 1900], []),
    ],
    ids=["a little too much", "exactly", "one of them exactly", "a mean of exactly so much", "the sixth second"],
)
@pytest.mark.parametrize("before", [0, 30])
def test_five_seconds_too_high_are_faults_from_the_first_record_on(
    watts: list[float], faults: list[int], before: int
) -> None:
    assert power_faults([200.0] * before + watts + [200.0] * 30) == [before + index for index in faults]


@pytest.mark.parametrize(
    ("watts", "faults"),
    [([2200] * 5, 5), ([2200] * 4, 0), ([2450] * 4, 0), ([2500] * 4 + [100], 0), ([2490] * 5, 5)],
    ids=["five", "four", "four higher ones", "then little", "five higher ones"],
)
def test_the_last_record_is_held_for_a_second(watts: list[float], faults: int) -> None:
    assert len(power_faults([200.0] * 30 + watts)) == faults


def test_four_seconds_that_are_too_much_for_five_are_faults_at_the_end_too() -> None:
    light = replace(TRAINED, mass_kg=50)
    assert power_faults([200.0] * 30 + [2300] * 4, who=light) == [30, 31, 32, 33]
    assert power_faults([200.0] * 30 + [2300] * 3, who=light) == []


def test_a_record_every_two_seconds_is_held_for_two() -> None:
    assert power_faults([200, 200, 2200, 2200, 2200, 200, 200], step_s=2) == [2, 3, 4]
    assert power_faults([200, 200, 2200, 2200, 200, 200], step_s=2) == []
