"""In which words does a command say how far a night moved a readiness?"""

from hersteld.parsers.line import Line
from hersteld.recovery.nights.verdict import NightVerdict


def moved_line(night: NightVerdict) -> Line:
    """Return what a night shows, and what it makes of the rest."""
    id_ = "commands.status_night_earlier" if night.hours < 0 else "commands.status_night_later"
    return Line(id_, {"night": (night.line,), "hours": abs(night.hours)})
