"""What is said of many workouts: in both styles, at drawn moments, to who was told something else, or nothing."""

import random
from collections.abc import Iterator
from datetime import time, timedelta

from hersteld.parsers.line import Line
from hersteld.recovery.advice import (
    Recovery,
)
from hersteld.recovery.messages.compose import Style, compose
from hersteld.recovery.messages.correction import correction, is_wrong
from hersteld.recovery.messages.draft import ToldReadiness
from hersteld.recovery.messages.drinking import ToldPlan
from hersteld.recovery.messages.quiet_hours import QuietHours
from hersteld.recovery.messages.readiness import readiness
from tests.recovery.recorded.many import Made
from tests.recovery.recorded.typical import typical
from tests.recovery.recorded.written import digest_of, written
from tests.support.fit.recoveries import AMSTERDAM, shipped_rules

_STYLES: tuple[Style, ...] = ("brief", "coach")
_QUIET = (None, QuietHours(time(22), time(7)), QuietHours(time(23, 30), time(6, 15)))
_BECAUSE = Line("correction_settings")
_ARRIVALS_MIN = (0, 0, 2, 40, 200, 700, 1500)


def said_line_of(made: Made) -> str:
    """Return the line of the record of messages for one workout."""
    return f"{digest_of(said_of(made))}  {made.name}"


def said_of(made: Made) -> str:
    """Return all drafts of a workout, readiness as it reads later, and whether what was told is wrong."""
    return "\n".join(_said(made, random.Random(made.name)))


def _said(made: Made, draw: random.Random) -> Iterator[str]:
    workout, recovery, rules = made.workout, made.recovery, shipped_rules()
    if workout is None or not workout.has_clock:
        return
    quiet = draw.choice(_QUIET)
    now = workout.ended_at + timedelta(minutes=draw.choice(_ARRIVALS_MIN))
    told_before, told_same = _told(draw, recovery, made), None
    if told_before is None and draw.random() < 0.2:
        told_same = ToldPlan(recovery, workout.ended_at, now)
    for style in _STYLES:
        drafts = compose(
            recovery,
            workout,
            rules,
            style=style,
            quiet_hours=quiet,
            zone=AMSTERDAM,
            now=now,
            first_ever=draw.random() < 0.2,
            with_first=draw.random() < 0.9,
            moves_told=draw.random() < 0.5,
            told_before=told_before,
            told_same=told_same,
        )
        yield from (written(draft) for draft in drafts)
    for after_h in (0, 5, 20, 50):
        at = workout.ended_at + timedelta(hours=after_h)
        yield written(readiness(recovery, rules, at, AMSTERDAM))
        yield written(correction(recovery, rules, _BECAUSE, quiet_hours=quiet, zone=AMSTERDAM, now=at))
        told = ToldReadiness(*(draw.choice((None, at + timedelta(hours=draw.randint(-30, 60)))) for _ in range(2)))
        yield str(is_wrong(told, recovery, rules, at, AMSTERDAM))


def _told(draw: random.Random, recovery: Recovery, made: Made) -> ToldPlan | None:
    """Return what was told of the first part of a brick; None where this is no second part."""
    if draw.random() < 0.7 or made.workout is None:
        return None
    first = draw.choice([one for one in _TYPICAL if one.plan] or [recovery])
    at = made.workout.ended_at - timedelta(minutes=draw.choice((5, 50, 120)))
    return ToldPlan(first, at, made.workout.ended_at)


_TYPICAL = tuple(typical())
