"""A sentence about readiness names no moment twice running: easy and hard, or hard and other muscles, at one time."""

import re
from datetime import timedelta
from itertools import pairwise

import pytest

from hersteld.config.settings import LANGUAGES, Language
from hersteld.config.texts.catalogue import load_texts
from hersteld.recovery.advice import Recovery
from hersteld.recovery.messages.readiness import Readiness, readiness
from tests.support.fit.recoveries import AMSTERDAM, local, recovery_of, shipped_rules
from tests.support.fit.workouts import a_workout

LATER_H = (0, 6, 12, 20)


def lifted(minutes: float, clock: str, hr: float | None = None) -> Recovery:
    squats = {"sport": "training", "sub_sport": "strength_training"}
    return recovery_of(a_workout(minutes, hr=hr, exercises=("squat",), ended_at=local(clock), **squats))  # type: ignore[arg-type]


def read(recovery: Recovery, clock: str, later_h: float = 0) -> Readiness:
    found = readiness(recovery, shipped_rules(), local(clock) + timedelta(hours=later_h), AMSTERDAM)
    assert found is not None
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("minutes", [15, 25, 35, 60])
@pytest.mark.parametrize("hr", [None, 150])
def test_no_sentence_names_one_moment_twice_running(minutes: int, hr: float | None, language: Language) -> None:
    texts = load_texts(language)
    for clock in (f"{hour:02}:40" for hour in range(6, 24)):
        recovery = lifted(minutes, clock, hr)
        for later_h in LATER_H:
            at = local(clock) + timedelta(hours=later_h)
            sentence = texts.sentence(read(recovery, clock, later_h).line, AMSTERDAM, read_at=at)
            moments = re.findall(r"(?:\b[A-Za-z]{2,3} )?\d\d:\d\d", sentence)
            assert all(before != after for before, after in pairwise(moments)), sentence


def test_muscles_that_are_ready_for_anything_at_once_are_said_to_be() -> None:
    said = {
        read(lifted(minutes, f"{hour:02}:40"), f"{hour:02}:40", later_h).line.id
        for hour in range(6, 24)
        for minutes in (10, 15, 20, 25)
        for later_h in LATER_H
    }
    assert said >= {"rest_ready_from", "rest_muscles", "rest_muscles_now"}, said
