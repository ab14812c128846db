"""Is what was said of readiness wrong now, and how is that put right?

A workout that comes in after later ones may lengthen a rest that somebody has heard of already.
"""

from datetime import datetime, timedelta, tzinfo

from hersteld.parsers.line import Line
from hersteld.recovery.advice import Draft, MessageKind, Recovery, Told
from hersteld.recovery.messages.first_message import readiness
from hersteld.recovery.messages.quiet_hours import QuietHours
from hersteld.recovery.rules import Rules

_ONLY_READY = ("rest_short", "rest_ready")  # one moment for everything
_ONLY_EASY = ("rest_days", "rest_day_easy", "rest_two_days", "rest_long_run")  # nothing about hard training


def told_by(line: Line) -> Told:
    """Return what a line about readiness says."""
    easy_from, ready_at = line.values["easy_from"], line.values["ready_at"]
    return Told(
        easy_from if isinstance(easy_from, datetime) and not line.id.startswith(_ONLY_READY) else None,
        ready_at if isinstance(ready_at, datetime) and not line.id.startswith(_ONLY_EASY) else None,
    )


def is_wrong(told: Told, recovery: Recovery, rules: Rules, at: datetime, zone: tzinfo) -> bool:
    """Whether somebody who was told this would train hours too early or too late, or easily on another day.

    Args:
        recovery: What holds now.
        at: When it can be put right; what had passed by then need not be.
        zone: The athlete's time zone.
    """
    line = readiness(recovery, rules, at, zone)
    if line is None:
        return False
    easy_from, ready_at = line.values["easy_from"], line.values["ready_at"]
    if told.ready_at is not None and isinstance(ready_at, datetime):
        off = max(told.ready_at, at) - max(ready_at, at)
        if abs(off) >= timedelta(hours=float(rules.messages.correct_from_h)):
            return True
    if told.easy_from is None or not isinstance(easy_from, datetime):
        return False
    days = {max(moment, at).astimezone(zone).date() for moment in (told.easy_from, easy_from)}
    return len(days) > 1


def correction(
    recovery: Recovery, rules: Rules, *, quiet_hours: QuietHours | None, zone: tzinfo, now: datetime
) -> Draft | None:
    """Return the message that says what holds now; None without a readiness to tell.

    Args:
        quiet_hours: None for none.
    """
    due_at = now if quiet_hours is None else quiet_hours.move_out(now, zone)
    line = readiness(recovery, rules, due_at, zone)
    rest = next((advice for advice in recovery.plan if advice.id.startswith("rest_")), None)
    if line is None or rest is None:
        return None
    ready_at = line.values["ready_at"]
    # Once the athlete is ready, "hard again from" is no news.
    expires_at = ready_at if isinstance(ready_at, datetime) and ready_at > due_at else rest.expires_at
    if due_at >= expires_at:
        return None
    lines = (Line("correction"), line)
    title = Line("title_correction")
    return Draft("correction", MessageKind.CORRECTION, due_at, expires_at, title, lines, told=told_by(line))
