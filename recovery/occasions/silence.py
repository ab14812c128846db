"""Has nothing come in for so long that something may be wrong?"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from hersteld.parsers.line import Line
from hersteld.recovery.messages.draft import Draft, MessageKind
from hersteld.recovery.rules import OccasionRules


def is_noticed_after(starts: Sequence[datetime], rules: OccasionRules) -> timedelta | None:
    """Return after how long a silence is noticed; None for somebody who trains too seldom for that.

    Args:
        starts: When the workouts of four weeks began, the last one among them.

    Source: ours.
    """
    per_week = len(starts) / rules.usual_weeks
    if per_week < rules.silence_per_week:
        return None
    usual_gap = timedelta(weeks=1) / per_week
    return max(timedelta(days=float(rules.silence_days)), float(rules.silence_gaps) * usual_gap)


def usual_since(last_start: datetime, rules: OccasionRules) -> datetime:
    """Return since when workouts count for what is usual."""
    return last_start - timedelta(weeks=float(rules.usual_weeks))


def question(since: datetime, at: datetime, until: datetime) -> Draft:
    """Return the question whether the files still arrive.

    Args:
        since: When something came in last.
        at, until: When it is read, and until when it is of use; aware UTC.
    """
    line = Line("silence", {"days": (at - since).days})
    return Draft(MessageKind.SILENCE, MessageKind.SILENCE, at, until, Line("title_silence"), (line,))
