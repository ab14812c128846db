"""Can the topics be read by which answers come back?"""

from collections.abc import Iterator

from hersteld.config.settings import Settings
from hersteld.daemon.replies.listening.listener import faults_of
from hersteld.daemon.views.check import Finding
from hersteld.parsers.line import Line

_NOT_ALLOWED = (401, 403)


def check_replies(settings: Settings) -> Iterator[Finding]:
    """Yield a finding for each target that names a topic for answers, which is read once; nothing is sent."""
    targets = [target for target in settings.notify.targets if target.reply is not None]
    for name, fault in (faults_of(targets) if targets else {}).items():
        if fault is None:
            yield Finding("reply", "ok", Line("check.reply_ok", {"name": name}))
            continue
        is_refused = fault.values.get("code") in _NOT_ALLOWED
        advice = Line("check.reply_refused_do" if is_refused else "check.reply_fault_do")
        yield Finding("reply", "warn", Line("check.reply_fault", {"name": name, "reason": (fault,)}), advice)
