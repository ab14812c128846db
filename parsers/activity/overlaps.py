"""Which sessions are left when two of them claim the same seconds? Every second of a workout counts once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from hersteld.parsers.workout import Column, Session

_NEARLY_S = 5.0
"""Devices round the times of a session, so that neighbours may overlap by seconds."""
_PARENT_SHARE = 0.8
"""A session is the parent of others when these fill at least this share of it."""


@dataclass(frozen=True, slots=True)
class Timed:
    """A session with its times in seconds since the FIT epoch.

    Attributes:
        row: Its place among the session messages of the file; None for one that is derived from other messages.
    """

    begin: float
    end: float
    session: Session
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """The sessions that make a workout.

    Attributes:
        kept: At least one, in order of start; no two of them overlap.
        parents: Those that were left out in favour of their legs.
    """

    kept: tuple[Timed, ...]
    parents: tuple[Timed, ...] = ()

    def that_tell(self, tells: Callable[[Timed], bool]) -> list[Timed]:
        """Return the sessions whose values of a quantity add up to that of the whole workout.

        These are the kept ones that have it, and each parent that has it where none of its legs does.

        Args:
            tells: Whether a session has the quantity.
        """
        legs = [timed for timed in self.kept if tells(timed)]
        parents = [
            parent for parent in self.parents if tells(parent) and not any(_lies_in(leg, parent) for leg in legs)
        ]
        return legs + parents


def each_second_once(timed: Sequence[Timed]) -> list[Timed]:
    """Return the sessions such that no two of them overlap.

    A session that others fill is their parent (a triathlon beside its legs), and is left out. One that lies within
    another is left out, too, as the outer one counts its seconds already. Of two that overlap, the earlier one ends
    where the later one starts.

    Args:
        timed: In order of start.
    """
    parents = _parents(timed)
    legs = [session for session in timed if session not in parents]
    kept: list[Timed] = []
    for session in sorted(legs, key=lambda session: (session.begin, -session.end)):
        if kept and session.begin < kept[-1].end:
            if session.end <= kept[-1].end + _NEARLY_S:
                continue
            kept[-1] = _ended_at(kept[-1], session.begin)
        kept.append(session)
    return kept


def counted(timed: Sequence[Timed]) -> Counted:
    """Return the sessions of which every second counts once, and the parents whose legs are among them.

    Of parents within each other only the outermost is kept in mind.

    Args:
        timed: In order of start.
    """
    parents = _parents(timed)
    outermost = [
        parent
        for parent in parents
        if not any(_lies_in(parent, other) for other in parents if other.end - other.begin > parent.end - parent.begin)
    ]
    return Counted(tuple(each_second_once(timed)), tuple(outermost))


def _lies_in(session: Timed, other: Timed) -> bool:
    return other.begin - _NEARLY_S <= session.begin and session.end <= other.end + _NEARLY_S


def _parents(timed: Sequence[Timed]) -> list[Timed]:
    begins, ends = np.array([session.begin for session in timed]), np.array([session.end for session in timed])
    return [session for session in timed if _is_parent(session, begins, ends)]


def _is_parent(session: Timed, begins: Column, ends: Column) -> bool:
    """Return whether at least two shorter sessions lie within a session and fill most of it.

    Args:
        begins, ends: Of all sessions.
    """
    length_s = session.end - session.begin
    lengths_s = ends - begins
    lies_within = (begins >= session.begin - _NEARLY_S) & (ends <= session.end + _NEARLY_S) & (lengths_s < length_s)
    filled_s = float(lengths_s[lies_within].sum())
    return int(lies_within.sum()) > 1 and _PARENT_SHARE * length_s <= filled_s <= length_s + 2 * _NEARLY_S


def _ended_at(timed: Timed, end: float) -> Timed:
    """Return a session that ends earlier; its timer ran for the same share of the time that is left.

    By seconds, the times of a session are only rounded, and its timer ran as long as it says.
    """
    elapsed_s = end - timed.begin
    timer_s = timed.session.timer_s
    if timed.end - end > _NEARLY_S:
        timer_s *= elapsed_s / timed.session.elapsed_s
    session = replace(timed.session, elapsed_s=elapsed_s, timer_s=min(timer_s, elapsed_s))
    return replace(timed, end=end, session=session)
