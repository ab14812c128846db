"""From which moment on can the athlete train again, easily and hard, with all that earlier workouts left open?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from hersteld.parsers.workout import Workout
from hersteld.recovery.athlete.history import History, PastWorkout
from hersteld.recovery.athlete.muscles import loaded_muscles, muscles
from hersteld.recovery.athlete.regions import WHOLE_BODY
from hersteld.recovery.clocks.hours import Clocks, hours_of_rest, without_weights
from hersteld.recovery.clocks.night_shift import NightShift
from hersteld.recovery.nights.verdict import NightVerdict
from hersteld.recovery.rules import RestRules


@dataclass(frozen=True, slots=True)
class Ready:
    """When to train again after a workout.

    Attributes:
        recovery_h: Hours from the end of the workout until hard training is fine, by the clocks alone.
        open_h: Hours of earlier workouts that were still open, and of which a share was added.
        easy_from, ready_at, ready_other_at, next_training_on, rested_at, rested_other_at: As in `Assessment`.
        loaded_muscles, resting_muscles, ready_before_at, easy_week_until, night: As in `Assessment`.
    """

    recovery_h: float
    open_h: float
    easy_from: datetime | None = None
    ready_at: datetime | None = None
    ready_other_at: datetime | None = None
    next_training_on: date | None = None
    rested_at: datetime | None = None
    rested_other_at: datetime | None = None
    loaded_muscles: tuple[str, ...] = ()
    resting_muscles: tuple[str, ...] = ()
    ready_before_at: datetime | None = None
    easy_week_until: datetime | None = None
    night: NightVerdict | None = None


def ready(
    workout: Workout,
    clocks: Clocks,
    factor: float,
    history: History,
    rules: RestRules,
    zone: tzinfo,
    *,
    gentle: bool,
    very_long_run: bool,
    rest_day: bool,
    nights: NightShift,
) -> Ready:
    """Return when to train again; never sooner than earlier workouts allow, and as these left it after a gentle one.

    A night moves what the clocks of this workout ask for. How earlier workouts left readiness is moved by a night
    already.

    Args:
        factor: What the athlete's level, age and last weeks make of each hour of the clocks.
        zone: The athlete's time zone, for the rest day.
        rest_day: Whether the athlete is one whom a workout may cost a rest day.
        nights: What the nights say.
    """
    end, past, loaded = workout.ended_at, history.workouts, loaded_muscles(workout)
    if not workout.has_clock:
        return Ready(0.0 if gentle else hours_of_rest(clocks, factor, 0.0, rules), 0.0, loaded_muscles=loaded)
    since = max(workout.started_at, end - timedelta(hours=float(rules.open_max_h)))
    trained = muscles(workout)
    open_h = max((_hours(since, earlier.rested_for(trained)) for earlier in past), default=0.0)
    own_h = 0.0 if gentle else hours_of_rest(clocks, factor, open_h, rules)
    other_h = 0.0 if gentle else hours_of_rest(without_weights(clocks), factor, open_h, rules)
    rested_at, rested_other_at = end + timedelta(hours=own_h), end + timedelta(hours=other_h)
    if WHOLE_BODY in loaded:  # then every muscle rests as long as those of the weights
        other_h, rested_other_at = own_h, rested_at
    easy_from = _latest(end + timedelta(hours=own_h * rules.easy_share), (earlier.easy_from for earlier in past))
    own_at, own_other_at, next_training_on = rested_at, rested_other_at, None
    if rest_day and not gentle and own_h >= rules.rest_day_from_h:
        first_day = end.astimezone(zone).date() + timedelta(days=int(rules.beginner_days))
        midnight = datetime.combine(first_day, time(), tzinfo=zone).astimezone(end.tzinfo)
        easy_from = max(easy_from, midnight)
        next_training_on = easy_from.astimezone(zone).date()
        own_at, own_other_at = max(own_at, easy_from), max(own_other_at, easy_from)
    easy_week_until = _easy_week_until(end, past, rules, very_long_run=very_long_run)
    may_be_earlier = next_training_on is None and easy_week_until is None
    moved_at, night = nights.moved(own_at, end, earliest=easy_from, may_be_earlier=may_be_earlier)
    moved_other_at, other_night = nights.moved(own_other_at, end, earliest=easy_from, may_be_earlier=may_be_earlier)
    readies = [earlier.ready_at for earlier in past]
    other_readies = [earlier.ready_other_at for earlier in past]
    ready_at = _latest(moved_at, readies)
    # Muscles that no weights keep resting wait no longer than the others, whatever two nights say of them.
    ready_other_at = min(ready_at, _latest(moved_other_at, other_readies))
    unmoved_at, unmoved_other_at = _latest(own_at, readies), _latest(own_other_at, other_readies)
    by_the_clocks = _latest(rested_at, (earlier.rested_at for earlier in past))
    return Ready(
        recovery_h=_hours(end, by_the_clocks),
        open_h=open_h,
        easy_from=easy_from,
        ready_at=ready_at,
        ready_other_at=ready_other_at,
        next_training_on=next_training_on,
        rested_at=None if gentle else rested_at,
        rested_other_at=None if gentle else rested_other_at,
        loaded_muscles=loaded,
        resting_muscles=_resting(loaded, rested_at, past, unmoved_other_at),
        ready_before_at=max((at for at in (earlier.ready_at for earlier in past) if at and at > end), default=None),
        easy_week_until=easy_week_until,
        night=night if ready_at != unmoved_at else other_night if ready_other_at != unmoved_other_at else None,
    )


def _hours(start: datetime, until: datetime | None) -> float:
    """Return the hours from a moment to another; 0 where that is none, or earlier."""
    return 0.0 if until is None else max(0.0, (until - start).total_seconds() / 3600)


def _latest(moment: datetime, earlier: Iterable[datetime | None]) -> datetime:
    """Return the moment, or the latest of the earlier ones where that is later still."""
    return max((moment, *(other for other in earlier if other is not None)))


def _resting(
    loaded: tuple[str, ...], rested_at: datetime, past: Iterable[PastWorkout], ready_other_at: datetime
) -> tuple[str, ...]:
    """Return the muscles that weights keep resting when the others are ready."""
    kept = dict.fromkeys(loaded if rested_at > ready_other_at else ())
    for earlier in past:
        if earlier.rested_at is not None and earlier.rested_at > ready_other_at:
            kept |= dict.fromkeys(earlier.loaded_muscles)
    return tuple(kept)


def _easy_week_until(
    end: datetime, past: Iterable[PastWorkout], rules: RestRules, *, very_long_run: bool
) -> datetime | None:
    """Return until when a very long run leaves training easy; None where none does."""
    runs = [earlier.ended_at for earlier in past if earlier.very_long_run]
    if very_long_run:
        runs.append(end)
    until = max(runs, default=end) + timedelta(days=float(rules.easy_week_days))
    return until if runs and until > end else None
