"""Messages of a workout, and what they say in a language, for tests of what is read."""

from dataclasses import replace
from datetime import datetime, time
from typing import Literal

from hersteld.config.settings import Language
from hersteld.config.texts.catalogue import load_texts
from hersteld.config.texts.render import Rendered, render
from hersteld.parsers.workout import Workout
from hersteld.recovery.athlete.history import PastWorkout
from hersteld.recovery.athlete.profile import Athlete
from hersteld.recovery.messages.compose import compose
from hersteld.recovery.messages.draft import Draft
from hersteld.recovery.messages.drinking import ToldPlan
from hersteld.recovery.messages.quiet_hours import QuietHours
from hersteld.recovery.rules import Rules
from tests.support.fit.recoveries import AMSTERDAM, TRAINED, local, recovery_of, shipped_rules
from tests.support.fit.workouts import a_workout

QUIET = QuietHours(time(22), time(7))
RIDER = replace(TRAINED, mass_kg=72)


def hard_ride(clock: str = "17:00") -> Workout:
    return a_workout(124, hr=172, sport="cycling", kcal=1290, temperature_c=30, ended_at=local(clock))


def drafts_of(
    workout: Workout,
    athlete: Athlete = RIDER,
    *,
    now: datetime | None = None,
    style: Literal["brief", "coach"] = "brief",
    past: tuple[PastWorkout, ...] = (),
    quiet: QuietHours | None = QUIET,
    first_ever: bool = False,
    weighed_loss_kg: float | None = None,
    with_first: bool = True,
    moves_told: bool = False,
    told_before: ToldPlan | None = None,
    rules: Rules | None = None,
) -> dict[str, Draft]:
    recovery = recovery_of(workout, athlete, past=past, weighed_loss_kg=weighed_loss_kg)
    drafts = compose(
        recovery,
        workout,
        rules or shipped_rules(),
        style=style,
        quiet_hours=quiet,
        zone=AMSTERDAM,
        now=now or workout.ended_at,
        first_ever=first_ever,
        with_first=with_first,
        moves_told=moves_told,
        told_before=told_before,
    )
    return {draft.rule: draft for draft in drafts}


def said(draft: Draft, language: Language = "en") -> Rendered:
    return render(draft, load_texts(language), AMSTERDAM)
