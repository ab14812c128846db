"""A correction says something else than what was said before, whatever moved the rest."""

from dataclasses import replace
from datetime import timedelta

import pytest

from hersteld.config.settings import LANGUAGES
from hersteld.config.texts.catalogue import load_texts
from hersteld.parsers.line import Line
from hersteld.recovery.messages.correction import correction, is_wrong
from hersteld.recovery.messages.readiness import readiness
from tests.support.fit.recoveries import (
    AMSTERDAM,
    BEGINNER,
    TRAINED,
    a_past_workout,
    local,
    recovery_of,
    shipped_rules,
    with_condition,
)
from tests.support.fit.workouts import a_workout
from tests.support.measured.figures import Measured

RULES = shipped_rules()
BECAUSE = Line("correction")
NOW = local("18:00")
RIDE = a_workout(124, hr=172, sport="cycling", ended_at=local("17:00"))
MARATHON = a_workout(250, hr=160, distance_m=42_195, ended_at=local("14:00"))
LIKELY = {
    "a beginner's hour": (a_workout(60, hr=140, ended_at=local("14:00")), BEGINNER),
    "a beginner's hard hour": (a_workout(60, hr=172, ended_at=local("14:00")), BEGINNER),
    "a beginner's evening": (a_workout(60, hr=160, ended_at=local("21:00")), BEGINNER),
    "a ride": (RIDE, TRAINED),
    "an easy run": (a_workout(45, hr=130, ended_at=local("14:00")), TRAINED),
    "a ride with a heart condition": (RIDE, with_condition("heart")),
    "a marathon": (MARATHON, TRAINED),
}


@pytest.mark.figures(
    "an earlier workout moves a rest day's readiness",
    "{tried} workouts, {corrections} corrections: 0 in the same words",
)
@pytest.mark.parametrize("name", LIKELY)
def test_a_correction_never_says_what_was_said_before(name: str, measured: Measured) -> None:
    """Whatever an earlier workout that came in late leaves of the rest, in each language."""
    workout, athlete = LIKELY[name]
    at, before = workout.ended_at + timedelta(minutes=5), workout.started_at - timedelta(hours=3)
    pasts = [(), *((a_past_workout(before, load=60, ready_h=half_h / 2),) for half_h in range(0, 480, 11))]
    plans = [recovery_of(workout, athlete, past=past) for past in pasts]
    corrected = 0
    for told_plan in plans:
        said = readiness(told_plan, RULES, at, AMSTERDAM)
        assert said is not None
        for plan in plans:
            if is_wrong(said.told, plan, RULES, at, AMSTERDAM):
                draft = correction(plan, RULES, BECAUSE, quiet_hours=None, zone=AMSTERDAM, now=at)
                assert draft is not None
                corrected += 1
                for texts in map(load_texts, LANGUAGES):
                    now_said = [texts.sentence(line, AMSTERDAM) for line in draft.lines[1:]]
                    assert now_said != [texts.sentence(said.line, AMSTERDAM)], (told_plan.assessment, plan.assessment)
    assert corrected
    measured(corrections=corrected)


def test_a_rest_day_after_which_hard_training_waits_for_another_morning_says_easily() -> None:
    """A readiness at 22:30 is announced for the next morning, and no day before that one is one of hard training."""
    plan = recovery_of(a_workout(60, hr=140, ended_at=local("14:00")), BEGINNER)
    by_day = {
        "20:00": "Keep tomorrow free, train again on Friday.",
        "22:30": "Keep tomorrow free, train easily again on Friday.",
    }
    for clock, sentence in by_day.items():
        assessment = replace(plan.assessment, ready_at=local(clock, "2026-05-08"))
        train_again = readiness(replace(plan, assessment=assessment), RULES, NOW, AMSTERDAM)
        assert train_again is not None
        assert load_texts("en").sentence(train_again.line, AMSTERDAM) == sentence


def test_a_rest_day_after_which_no_training_starts_in_the_night_names_the_next_morning() -> None:
    plan = recovery_of(a_workout(60, hr=140, ended_at=local("14:00")), BEGINNER)
    late = local("22:30", "2026-05-08")
    assessment = replace(plan.assessment, easy_from=late, ready_at=late)
    train_again = readiness(replace(plan, assessment=assessment), RULES, NOW, AMSTERDAM)
    assert train_again is not None
    assert load_texts("en").sentence(train_again.line, AMSTERDAM) == "Rest until Saturday, then begin easily."


def test_a_week_that_is_kept_easy_for_longer_says_until_when() -> None:
    week = recovery_of(MARATHON)
    longer = replace(week, assessment=replace(week.assessment, easy_week_until=local("18:00", "2026-05-14")))
    draft = correction(longer, RULES, BECAUSE, quiet_hours=None, zone=AMSTERDAM, now=NOW)
    assert draft is not None
    said = {language: load_texts(language).sentence(draft.lines[-1], AMSTERDAM) for language in LANGUAGES}
    assert said == {
        "en": "Keep it easy until Thursday 14 May, 18:00.",
        "nl": "Houd het rustig tot donderdag 14 mei, 18:00.",
    }
