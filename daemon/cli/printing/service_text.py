"""What does `hersteld status` say of the service itself?"""

from collections.abc import Iterator
from datetime import datetime

from hersteld.daemon.health.outside import NO_SIGN_OF_LIFE
from hersteld.daemon.health.record import Pinged
from hersteld.daemon.views.status import HowThingsStand
from hersteld.daemon.words.planned import planned_lines
from hersteld.daemon.words.voice import Voice

_JUST_NOW_S = 60
_LONG_S = 60
"""A file that has waited no longer may still be on its way."""

Said = tuple[str, bool]
"""A line, and whether it is good news."""


def service_lines(voice: Voice, stand: HowThingsStand) -> Iterator[Said]:
    """Yield whether the service runs and does its work, what it waits for, and whether somebody would miss it."""
    if stand.planned:
        yield voice.say("status_planned", planned=planned_lines(stand.planned)), True
    for path, fault in stand.calendar_faults:
        yield voice.say("status_calendar", path=path, reason=(fault,)), False
    outside = stand.service
    if stand.daemon is None:
        yield voice.say("status_stopped"), False
        yield from _looked(voice, stand)
    elif outside.trouble == NO_SIGN_OF_LIFE:
        if outside.since is None:
            yield voice.say("status_hangs_set_back"), False
        else:
            yield voice.say("status_hangs", ago_s=_told_s(stand.now, outside.since)), False
        yield from _looked(voice, stand)
    elif outside.trouble is not None:
        reason = (outside.reason,) if outside.reason else ()
        yield voice.say("status_in_trouble", ago_s=_told_s(stand.now, outside.since), reason=reason), False
        yield from _looked(voice, stand)
    elif outside.looked_at is None:
        yield voice.say("status_not_looked"), True
    else:
        ago_s = _ago_s(stand.now, outside.looked_at)
        yield voice.say("status_running" if ago_s >= _JUST_NOW_S else "status_running_now", ago_s=ago_s), True
    if outside.reads_alone is not None:
        yield voice.say("status_reads_alone", reason=(outside.reads_alone,)), False
    if outside.unwritten is not None:
        yield voice.say("status_unwritten", reason=(outside.unwritten,)), False
    elif stand.recovery_file is not None:
        yield voice.say("status_recovery_file", path=stand.recovery_file), True
    if outside.untold is not None:
        yield voice.say("status_untold", reason=(outside.untold,)), False
    waiting = stand.oldest_waiting
    if waiting is not None and (ago_s := _ago_s(stand.now, waiting.since)) >= _LONG_S:
        yield voice.say("status_oldest", path=waiting.path, ago_s=ago_s), False
    if outside.pinged is not None:
        yield _pinged(voice, outside.pinged, stand.now)


def _looked(voice: Voice, stand: HowThingsStand) -> Iterator[Said]:
    if stand.service.looked_at is not None:
        yield voice.say("status_looked", ago_s=_ago_s(stand.now, stand.service.looked_at)), False


def _pinged(voice: Voice, pinged: Pinged, now: datetime) -> Said:
    if pinged.last_ok is None:
        return voice.say("status_not_pinged"), True
    if pinged.last_ok:
        return voice.say("status_pinged", ago_s=_ago_s(now, pinged.ok_at)), True
    reason = (pinged.reason,) if pinged.reason else ()
    failed = voice.say("status_ping_failed", ago_s=_ago_s(now, pinged.failed_at), reason=reason)
    if pinged.ok_at is None:
        return failed, False
    return f"{failed} {voice.say('status_pinged_before', ago_s=_ago_s(now, pinged.ok_at))}", False


def _told_s(now: datetime, moment: datetime | None) -> float:
    """Return for how long, in whole minutes of which the first is the least that is said."""
    return max(60.0, _ago_s(now, moment))


def _ago_s(now: datetime, moment: datetime | None) -> float:
    return 0.0 if moment is None else max(0.0, (now - moment).total_seconds())
