"""Can the topics be read by which answers come back, and when did the last tap come?"""

from collections.abc import Iterator
from datetime import tzinfo
from pathlib import Path

from hersteld.config.settings import Settings
from hersteld.daemon.health.record import read_health
from hersteld.daemon.replies.listening.listener import faults_of
from hersteld.daemon.views.check import Finding
from hersteld.parsers.line import Line

_NOT_ALLOWED = (401, 403)


def check_replies(settings: Settings, database: Path, zone: tzinfo) -> Iterator[Finding]:
    """Yield a finding for each target that names a topic for answers, which is read once; nothing is sent.

    Args:
        database: Whose service says when it heard of a tap; one of a test message counts, too.
    """
    targets = [target for target in settings.notify.targets if target.reply is not None]
    for name, fault in (faults_of(targets) if targets else {}).items():
        if fault is None:
            yield Finding("reply", "ok", Line("check.reply_ok", {"name": name}))
            continue
        is_refused = fault.values.get("code") in _NOT_ALLOWED
        advice = Line("check.reply_refused_do" if is_refused else "check.reply_fault_do")
        yield Finding("reply", "warn", Line("check.reply_fault", {"name": name, "reason": (fault,)}), advice)
    health = read_health(database)
    if targets and health is not None and health.tapped_at is not None:
        moment = f"{health.tapped_at.astimezone(zone):%Y-%m-%d %H:%M}"
        yield Finding("reply", "ok", Line("check.reply_heard", {"moment": moment}))
