"""How is an athlete told that several signs of overload agree?

Kindly: each sign with its number and its limit, and what to do. Never as a verdict, and never as a risk of injury,
which nobody can read from these numbers (Impellizzeri 2020).
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from hersteld.parsers.line import Line
from hersteld.recovery.athlete.profile import Condition
from hersteld.recovery.messages.draft import Draft, MessageKind
from hersteld.recovery.overload.signal import Signal


def overload_warning(
    agreeing: Sequence[Signal],
    conditions: Collection[Condition],
    *,
    adult: bool,
    read_at: datetime,
    until: datetime,
) -> Draft:
    """Return the warning.

    Args:
        agreeing: The signals that are over their limits, one or more.
        adult: Whether nothing allows the athlete to be a minor.
        read_at, until: When it is read, and from when it is of no use; aware UTC.
    """
    advice = "overload_do_condition" if conditions else "overload_do" if adult else "overload_do_minor"
    lines = (Line("overload"), *(signal.line for signal in agreeing), Line(advice))
    kind = MessageKind.OVERLOAD
    return Draft(kind, kind, read_at, until, Line("title_overload"), lines, optional=(0,))
