"""Which sessions are left when two of them claim the same seconds? Every second of a workout counts once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from hersteld.parsers.workout import Column, Session

_NEARLY_S = 5.0
"""Devices round the times of a session, so that neighbours may overlap by seconds."""
_PARENT_SHARE = 0.8
"""A session is the parent of others when these fill at least this share of it."""


@dataclass(frozen=True, slots=True)
class Timed:
    """A session with its times in seconds since the FIT epoch."""

    begin: float
    end: float
    session: Session


def each_second_once(timed: Sequence[Timed]) -> list[Timed]:
    """Return the sessions such that no two of them overlap.

    A session that others fill is their parent (a triathlon beside its legs), and is left out. One that lies within
    another is left out, too, as the outer one counts its seconds already. Of two that overlap, the earlier one ends
    where the later one starts.

    Args:
        timed: In order of start.
    """
    begins, ends = np.array([session.begin for session in timed]), np.array([session.end for session in timed])
    legs = [session for session in timed if not _is_parent(session, begins, ends)]
    kept: list[Timed] = []
    for session in sorted(legs, key=lambda session: (session.begin, -session.end)):
        if kept and session.begin < kept[-1].end:
            if session.end <= kept[-1].end + _NEARLY_S:
                continue
            kept[-1] = _ended_at(kept[-1], session.begin)
        kept.append(session)
    return kept


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
    return Timed(timed.begin, end, session)
