"""Each text of a message that could harm somebody is reached by others, and never by whoever has the flag."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import cache
from itertools import product
from typing import get_args

import pytest

from hersteld.config.settings import LANGUAGES
from hersteld.config.texts.catalogue import load_texts
from hersteld.parsers.workout import DeviceProfile, Workout
from hersteld.recovery.advice import Recovery
from hersteld.recovery.athlete.profile import Athlete, Condition, Experience, Food
from tests.support.fit.messages import RIDER
from tests.support.fit.recoveries import a_past_workout, local, recovery_of
from tests.support.fit.workouts import a_workout
from tests.support.safety.at_times import ids_at_times
from tests.support.safety.everything_said import ids_ever
from tests.support.safety.forbidden import FORBIDDEN, Flag, contradictions

_FORMS = {":ml}": "1 ml", ":litres}": "1 l", ":g}": "1 g"}
"""Forms of values, and what they look like once they are said."""
_SAID_ELSEWHERE = frozenset({"drink_portion"})
"""The parts of the timetable are said by `plan`, and in messages with the timetable as a whole."""
_WORKOUTS = (
    a_workout(124, hr=172, sport="cycling", kcal=1290, temperature_c=30, ended_at=local("17:00"), step_s=10),
    a_workout(65, hr=172, kcal=900, ended_at=local("10:00"), step_s=10),
    a_workout(40, hr=150, kcal=350, ended_at=local("12:00"), step_s=10),
    a_workout(75, hr=150, sport="cycling", kcal=600, ended_at=local("21:10"), step_s=10),
    a_workout(300, hr=150, kcal=3500, distance_m=45_000, ended_at=local("15:00"), step_s=10),
    a_workout(220, hr=155, kcal=2700, distance_m=42_200, ended_at=local("13:00"), step_s=10),
    a_workout(60, sport="training", sub_sport="strength_training", exercises=("squat",), ended_at=local("18:00")),
    a_workout(20, sport="training", sub_sport="strength_training", exercises=("squat",), ended_at=local("18:00")),
    a_workout(40, sport="training", sub_sport="strength_training", exercises=("squat",), ended_at=local("06:30")),
    a_workout(70, hr=165, kcal=900, temperature_c=30, ended_at=local("21:10"), step_s=10),
    a_workout(60, hr=134, ended_at=local("16:30"), step_s=10),
    a_workout(12, hr=120, ended_at=local("09:00")),
    a_workout(200, hr=105, sport="walking", ended_at=local("09:00"), step_s=10),
)
_TIRED = (a_past_workout(local("10:00", "2026-05-05"), load=180, hours=2, ready_h=60),)


def _athletes(flag: Flag | None) -> Iterator[Athlete]:
    """Yield athletes of two levels with a flag, and with it beside further ones that choose other words."""
    levels: tuple[Experience, ...] = ("beginner", "trained")
    beside: tuple[set[Flag], ...] = (set(), {"nut_allergy"}, {"nut_allergy", "pregnancy"}, {"vegan"}, {"pregnancy"})
    for experience, others in product(levels, beside if flag is None else beside[::2]):
        flags = {flag, *others}
        yield replace(
            RIDER,
            experience=experience,
            conditions=frozenset(one for one in get_args(Condition) if one in flags),
            food=frozenset(one for one in get_args(Food) if one in flags),
            birth_year=2012 if flag == "minor" else 1985,
        )


def _told_by(flag: Flag | None) -> Iterator[tuple[Athlete, Workout]]:
    """Yield what athletes with a flag did; who is a minor is known from the configuration, or from the file alone."""
    for athlete, workout in product(_athletes(flag), _WORKOUTS):
        yield athlete, workout
        if flag == "minor":
            by_file = replace(workout, profile=DeviceProfile(birth_year=athlete.birth_year))
            yield replace(athlete, birth_year=None), by_file


@cache
def _ids_reached(flag: Flag | None) -> frozenset[str]:
    found: set[str] = set()
    for athlete, workout in _told_by(flag):
        for loss_kg, next_h in ((None, None), (1.2, None), (None, 5), (None, 6), (-0.5, None)):
            next_at = None if next_h is None else workout.ended_at + timedelta(hours=next_h)
            past = _TIRED if next_h == 5 else ()
            recovery = recovery_of(workout, athlete, past=past, weighed_loss_kg=loss_kg, next_session_at=next_at)
            for first_part in (_less_to_drink(recovery), recovery_of(workout, athlete, weighed_loss_kg=0.4)):
                found |= ids_ever(recovery, workout, first_part=first_part)
            at_once = replace(recovery.assessment, easy_from=recovery.assessment.ready_at)
            found |= ids_ever(replace(recovery, assessment=at_once), workout)
            found |= ids_at_times(recovery, workout, athlete)
    return frozenset(found)


def _less_to_drink(recovery: Recovery) -> Recovery:
    """Return a plan with no more than the first portion, as that of a first part would be."""
    kept = (one for one in recovery.plan if one.id != "drink_portion" or one.values["portion"] == 1)
    return replace(recovery, plan=tuple(kept))


def _forbidden_to(flag: Flag) -> set[str]:
    """Return the texts that somebody with a flag must not read, as their words in any language tell."""
    found = set()
    for language in LANGUAGES:
        for text_id, template in load_texts(language).messages.items():
            looks = " ".join((template, *(looks for form, looks in _FORMS.items() if form in template)))
            if contradictions(looks, {flag}):
                found.add(text_id)
    return found


@pytest.mark.parametrize("flag", FORBIDDEN)
def test_no_text_that_a_flag_forbids_is_ever_reached_with_it(flag: Flag) -> None:
    forbidden = _forbidden_to(flag)
    assert forbidden, "a flag without a text that it forbids would be tested by nothing"
    assert forbidden & _ids_reached(flag) == set()


def test_each_text_that_some_flag_forbids_is_said_to_somebody_without_it() -> None:
    """Otherwise the test above would hold for a text that nothing here can reach."""
    forbidden = set().union(*map(_forbidden_to, FORBIDDEN))
    reached = _ids_reached(None)
    assert forbidden - reached - _SAID_ELSEWHERE == set()
