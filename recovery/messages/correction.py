"""Was the athlete told a readiness that does not hold any more, and which message puts it right?

A workout that comes in after later ones, or changed settings, may change a rest that the athlete was told already.
"""

from collections.abc import Collection
from datetime import datetime, timedelta, tzinfo

from hersteld.parsers.line import Line
from hersteld.recovery.advice import (
    Recovery,
)
from hersteld.recovery.athlete.caution import may_train_hard
from hersteld.recovery.athlete.profile import Condition
from hersteld.recovery.messages.draft import Draft, MessageKind, ToldReadiness
from hersteld.recovery.messages.quiet_hours import QuietHours
from hersteld.recovery.messages.readiness import (
    NAMES_AN_EASY_WEEK,
    NAMES_ONLY_A_DAY,
    SPEAKS_OF_NO_HARD_TRAINING,
    readiness,
)
from hersteld.recovery.rules import Rules

_OF_NIGHTS = frozenset({"correction_night", "correction_nights"})
"""What a night shows is nothing that was told wrongly, so their title speaks of no correction."""


def is_wrong(told: ToldReadiness, recovery: Recovery, rules: Rules, at: datetime, zone: tzinfo) -> bool:
    """Return whether the readiness that was told differs by hours for hard training, or by the date for easy training.

    Who was told to keep a week easy was told that hard training is for after it; so another hour of its end is no
    news, and as many hours as make a rest news are. Who was told when to train hard is put right where nothing may be
    said of that any more. To who is told of no hard training, the hour of easy training is all of the rest: it is
    compared as that of hard training is for others.

    Args:
        told: The readiness as it was told.
        recovery: What holds now.
        at: When it can be put right, aware UTC; times that have passed by then need no correction.
        zone: The athlete's time zone, for the day of easy training.
    """
    now_true = readiness(recovery, rules, at, zone)
    if now_true is None:
        return False
    if told.ready_at is not None:
        before, now = max(told.ready_at, at), max(now_true.ready_at, at)
        if now_true.line.id in NAMES_ONLY_A_DAY:  # another hour of that day would be told in the same words
            is_other = before.astimezone(zone).date() != now.astimezone(zone).date()
        elif now_true.line.id in SPEAKS_OF_NO_HARD_TRAINING:
            is_other = told.ready_at > at
        elif now_true.line.id in NAMES_AN_EASY_WEEK:  # another hour of that week would be told in the same words
            is_other = abs(before - now) >= timedelta(hours=float(rules.messages.news_from_h))
        else:
            is_other = abs(before - now) >= timedelta(hours=float(rules.messages.correct_from_h))
        if is_other:
            return True
    if told.easy_from is None:
        return False
    if now_true.line.id in SPEAKS_OF_NO_HARD_TRAINING:  # that hour is all of the rest that is ever told
        return abs(max(told.easy_from, at) - max(now_true.easy_from, at)) >= timedelta(
            hours=float(rules.messages.correct_from_h)
        )
    days = {max(moment, at).astimezone(zone).date() for moment in (told.easy_from, now_true.easy_from)}
    return len(days) > 1


def correction(
    recovery: Recovery,
    rules: Rules,
    because: Line,
    *,
    quiet_hours: QuietHours | None,
    zone: tzinfo,
    now: datetime,
    told_until: datetime | None = None,
) -> Draft | None:
    """Return the message that tells which readiness holds now.

    Args:
        recovery: What holds now.
        because: Why that is another readiness than the athlete was told; the first line of the message.
        quiet_hours: The message waits for their end; None to send it at any hour.
        zone: The athlete's time zone.
        now: Aware UTC.
        told_until: Until when the athlete would wait, as it was told; None where nobody waits.

    Returns:
        None for a plan that says nothing of rest, or when the message would come too late to be of use.
    """
    due_at = now if quiet_hours is None else quiet_hours.move_out(now, zone)
    rest, now_true = recovery.rest_advice, readiness(recovery, rules, due_at, zone)
    if rest is None or now_true is None:
        return None
    # Once the athlete is ready, "hard again from" is no news; but to who was told to wait longer, "ready" is.
    is_ready = now_true.ready_at <= due_at
    expires_at = max(rest.expires_at, told_until or rest.expires_at) if is_ready else now_true.ready_at
    holds = [now_true.line]
    if now_true.line.id in NAMES_AN_EASY_WEEK:  # its end may be all that is another one, and the words do not name it
        holds.append(Line("correction_easy_until", {"until": now_true.ready_at}))
    is_of_night = because.id in _OF_NIGHTS
    return _draft(due_at, expires_at, (because, *holds), now_true.told, is_of_night=is_of_night)


def no_workout_left(
    because: Line,
    *,
    conditions: Collection[Condition],
    adult: bool,
    quiet_hours: QuietHours | None,
    zone: tzinfo,
    now: datetime,
    told_until: datetime,
) -> Draft | None:
    """Return the message that no workout asks for rest any more.

    Args:
        because: As for `correction`.
        conditions, adult: Of the athlete.
        quiet_hours, zone, now: As for `correction`.
        told_until: Until when the athlete would wait, as it was told.

    Returns:
        None when the message would come too late to be of use.
    """
    due_at = now if quiet_hours is None else quiet_hours.move_out(now, zone)
    if may_train_hard(conditions, adult=adult):
        ready = Line("rest_ready_now")
    else:
        ready = Line("ready_careful" if adult else "ready_minor")
    return _draft(due_at, told_until, (because, ready), ToldReadiness(ready_at=due_at))


def _draft(
    due_at: datetime, expires_at: datetime, lines: tuple[Line, ...], told: ToldReadiness, *, is_of_night: bool = False
) -> Draft | None:
    if due_at >= expires_at:
        return None
    return Draft(
        "correction",
        MessageKind.CORRECTION,
        due_at,
        expires_at,
        Line("title_correction_night" if is_of_night else "title_correction"),
        lines,
        told=told,
    )
