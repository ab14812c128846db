"""In which words does a command name the training that is planned?"""

from collections.abc import Sequence

from hersteld.parsers.line import Line
from hersteld.recovery.occasions.planned_session import PlannedSession

MOST_NAMED = 5


def planned_lines(sessions: Sequence[PlannedSession]) -> tuple[Line, ...]:
    """Return the day and the time of each training, of the first few alone, and how many more there are.

    Its title may be somebody else's, and is not repeated.

    Args:
        sessions: In order of day and time.
    """
    named = [
        Line("commands.planned_day_hard" if one.is_hard else "commands.planned_day", {"on": one.day})
        if one.starts_at is None
        else Line("commands.planned_at_hard" if one.is_hard else "commands.planned_at", {"at": one.starts_at})
        for one in sessions[:MOST_NAMED]
    ]
    more = len(sessions) - len(named)
    return (*named, *([Line("commands.planned_more", {"count": more})] if more else []))
