"""What is said on the mornings after a workout and at the end of its week, to an athlete with these flags."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

from hersteld.parsers.workout import Workout
from hersteld.recovery.advice import Recovery
from hersteld.recovery.athlete.ages import ages_of
from hersteld.recovery.athlete.caution import DOCTOR_DECIDES, has_any
from hersteld.recovery.athlete.profile import Athlete
from hersteld.recovery.messages.draft import Draft
from hersteld.recovery.occasions.morning import LastNight, RestedFrom, morning
from hersteld.recovery.occasions.verdict import LeftToRest, verdict
from hersteld.recovery.occasions.weekly import Trained, Week, weekly
from tests.support.fit.recoveries import AMSTERDAM, shipped_rules
from tests.support.safety.everything_said import with_inner

_MORNING = time(7)
_DAYS = 8
_USE = timedelta(hours=4)
_NIGHT = LastNight(6.5 * 3600, ("rmssd_low", "resting_hr_high"))


def at_times(recovery: Recovery, workout: Workout, athlete: Athlete) -> Iterator[Draft]:
    """Yield the words of the mornings after a workout, and that of a week with it and the like of it."""
    adult = ages_of(athlete, workout).is_adult(shipped_rules().athlete)
    first = workout.ended_at.astimezone(AMSTERDAM).date()
    for days in range(_DAYS):
        at = datetime.combine(first + timedelta(days=days), _MORNING, tzinfo=AMSTERDAM).astimezone(UTC)
        if at > workout.ended_at and (draft := _morning(recovery, workout, athlete, at, adult=adult)) is not None:
            yield draft
    done = recovery.assessment
    lacks = frozenset({"no_warmup", "no_cooldown"})
    trained = Trained(first, workout.timer_s, 60.0, done.gentle, "hard" if done.hard else None, "running", lacks)
    at, beginner = workout.ended_at, athlete.experience == "beginner"
    week = Week(first, [trained, trained], first)
    said = weekly(week, shipped_rules(), athlete.conditions, at=at, until=at + _USE, beginner=beginner)
    if said is not None:
        yield said


def _morning(recovery: Recovery, workout: Workout, athlete: Athlete, at: datetime, *, adult: bool) -> Draft | None:
    done = recovery.assessment
    left = LeftToRest(
        done.easy_from,
        done.ready_at,
        done.ready_other_at,
        done.easy_week_until,
        done.resting_muscles,
        done.next_training_on,
    )
    return morning(
        verdict(left, at, shipped_rules(), AMSTERDAM, athlete.conditions, adult=adult),
        left,
        RestedFrom(workout.ended_at, "running", "hard"),
        _NIGHT,
        at=at,
        until=at + _USE,
        zone=AMSTERDAM,
        doctor_decides=has_any(athlete.conditions, DOCTOR_DECIDES),
    )


def ids_at_times(recovery: Recovery, workout: Workout, athlete: Athlete) -> set[str]:
    """Return the id of every line of these words."""
    return {
        inner.id for draft in at_times(recovery, workout, athlete) for line in draft.lines for inner in with_inner(line)
    }
