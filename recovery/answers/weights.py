"""Which weights belong to a workout, and what do they say of it?

The athlete steps on the scales before or after a workout, often before its file comes in. So weights without a workout
are kept with their moment, and belong to the workout nearest in time, whenever that comes in. A mass that was only
measured is that before the workout or that after it by its moment.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from hersteld.recovery.answers.said import NOTHING, Said

REACH = timedelta(hours=3)
"""Weights that are farther from a workout than this belong to it only where the athlete says so [H]."""
ONE_WEIGHING = timedelta(minutes=15)
"""Of masses within this time the last one counts: who steps on the scales again corrects the first [H]."""
MOST_LOST_SHARE = 0.10
"""Nobody loses more of the body mass in a workout; a measured pair that says so is of two people [H]."""
MOST_GAINED_SHARE = 0.03
"""Nobody gains more of it [H]."""

Span = tuple[datetime, datetime]
"""Start and end of a workout, aware UTC."""
Side = Literal["before", "after"]


@dataclass(frozen=True, slots=True)
class Weights:
    """One answer of the scales or about what was drunk; None for what it does not say.

    Attributes:
        at: When it was measured or told, aware UTC.
        order: Of two that were told of the same, the higher one counts.
        mass_kg: A body mass as it was at that moment.
        before_kg, after_kg: Body mass as the athlete said it was before and after the workout.
        drunk_ml: All that was drunk during the workout, 0 or more.
    """

    at: datetime
    order: int
    mass_kg: float | None = None
    before_kg: float | None = None
    after_kg: float | None = None
    drunk_ml: float | None = None


def side_of(at: datetime, span: Span) -> Side:
    """Return whether a mass was measured before a workout or after it, by the nearer end of it."""
    started_at, ended_at = span
    return "before" if abs(at - started_at) <= abs(at - ended_at) else "after"


def distance(weights: Weights, span: Span) -> timedelta | None:
    """Return how far weights are from a workout; None where they cannot be its own."""
    started_at, ended_at = span
    if weights.mass_kg is not None:
        return min(abs(weights.at - started_at), abs(weights.at - ended_at))
    if weights.before_kg is not None and weights.after_kg is None:
        return abs(weights.at - started_at)
    if weights.before_kg is None and weights.after_kg is None and weights.at < ended_at:
        # What was drunk before a workout was not drunk during it.
        return timedelta() if weights.at >= started_at else None
    return abs(weights.at - ended_at)


def nearest(weights: Weights, spans: Iterable[Span]) -> Span | None:
    """Return the workout that weights belong to by their moment; None where none is within reach."""
    far = [(away, span) for span in spans if (away := distance(weights, span)) is not None and away <= REACH]
    return min(far)[1] if far else None


def said_by(weights: Iterable[Weights], own: Span, *, rpe: float | None = None) -> Said:
    """Return what is said of a workout by all weights that are its own.

    Args:
        weights: Those told of this workout, and those nearest to it in time.
        own: The workout.
        rpe: The athlete's rating, 1..10.
    """
    belonging = sorted(weights, key=lambda one: (one.at, one.order))
    if not belonging:
        return NOTHING if rpe is None else Said(rpe=rpe)
    told = {
        name: last
        for name in ("before_kg", "after_kg", "drunk_ml")
        if (last := _last_told(belonging, name)) is not None
    }
    before, after = _measured(belonging, own)
    before_kg, after_kg = told.get("before_kg", before), told.get("after_kg", after)
    if before_kg is not None and after_kg is not None and len(told.keys() & {"before_kg", "after_kg"}) < 2:
        share = (before_kg - after_kg) / before_kg
        if not -MOST_GAINED_SHARE <= share <= MOST_LOST_SHARE:
            before_kg, after_kg = told.get("before_kg"), told.get("after_kg")
    return Said(rpe, before_kg, after_kg, told.get("drunk_ml"), weighed_before_at=_weighed_before_at(belonging, own))


def _last_told(belonging: Sequence[Weights], name: str) -> float | None:
    told = [(one.order, float(value)) for one in belonging if (value := getattr(one, name)) is not None]
    return max(told)[1] if told else None


def _measured(belonging: Sequence[Weights], own: Span) -> tuple[float | None, float | None]:
    """Return the masses that were measured nearest before and after a workout.

    Args:
        belonging: In order of time.
    """
    sides: dict[Side, list[Weights]] = {"before": [], "after": []}
    for one in belonging:
        if one.mass_kg is not None:
            sides[side_of(one.at, own)].append(one)
    before, after = sides["before"], sides["after"]
    of_first = [one for one in after if one.at <= after[0].at + ONE_WEIGHING]
    return (before[-1].mass_kg if before else None), (of_first[-1].mass_kg if of_first else None)


def _weighed_before_at(belonging: Sequence[Weights], own: Span) -> datetime | None:
    """Return when the mass before a workout was measured; None where it was told afterwards, or there is none."""
    if any(one.before_kg is not None and (one.after_kg is not None or one.at > own[0]) for one in belonging):
        return None
    moments = [one.at for one in belonging if one.before_kg is not None or _is_before(one, own)]
    return moments[-1] if moments else None


def _is_before(one: Weights, own: Span) -> bool:
    return one.mass_kg is not None and side_of(one.at, own) == "before"
