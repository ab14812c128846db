"""What becomes of a message after a try that did not succeed?

A refusal cannot have arrived, so the message is tried until it expires. What left whole and was not answered may have
arrived: it is `unknown`, and may leave once more, not to be repeated for hours. A refusal of that second try changes
neither: it goes on being tried, until it has left again or has expired.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from hersteld.daemon.outbox.rows import OutboxRow, State
from hersteld.parsers.line import Line

FIRST_RETRY_S = 10.0
LAST_RETRY_S = 1800.0
UNANSWERED_RETRY_S = 300.0
"""How much later a message that may have arrived is tried once more, at the earliest."""
ONCE_MORE, NO_MORE = 1, 0


class After(NamedTuple):
    """What becomes of it.

    Attributes:
        state, reason: The state, and the reason for it.
        try_at: When it is tried again, where it is.
        tries_left: How often it may still leave, once it may have; None while it itself never may have.
    """

    state: State
    reason: Line
    try_at: datetime
    tries_left: int | None


def after_refusal(row: OutboxRow, reason: Line, jitter: Callable[[], float], now: datetime) -> After:
    """This try did not arrive: go on, unless it was cancelled meanwhile or would then be too late."""
    may_have_arrived = row.tries_left is not None  # by an earlier try
    reason = row.reason or reason if may_have_arrived else reason
    if row.cancel_reason is not None:
        return _given_up(row, reason) if may_have_arrived else After("cancelled", row.cancel_reason, now, None)
    waiting: State = "unknown" if may_have_arrived else "pending"
    try_at = now + timedelta(seconds=_pause_s(row.attempts, jitter))
    if try_at >= row.expires_at:
        # One last try just before the end is worth more than giving up early.
        try_at = row.expires_at - timedelta(seconds=FIRST_RETRY_S)
    if try_at > now:
        return After(waiting, reason, try_at, row.tries_left)
    return _given_up(row, reason) if may_have_arrived else After("failed", reason, now, None)


def after_silence(row: OutboxRow, reason: Line, now: datetime, *, in_other_words: bool = False) -> After:
    """It left whole and may have arrived: try once more, where there is time for it, and never again.

    Args:
        in_other_words: Whether a message in whose place this one stands may have arrived before.
    """
    try_at = now + timedelta(seconds=UNANSWERED_RETRY_S)
    has_left_before = in_other_words or row.tries_left is not None
    if row.cancel_reason is not None or has_left_before or try_at >= row.expires_at:
        return _given_up(row, reason)
    return After("unknown", reason, try_at, ONCE_MORE)


def _given_up(row: OutboxRow, reason: Line) -> After:
    return After("unknown", reason, row.try_at, NO_MORE)


def _pause_s(attempts: int, jitter: Callable[[], float]) -> float:
    """Double from 10 s to half an hour, a quarter more or less by chance, but never outside these."""
    doubled = FIRST_RETRY_S * 2.0 ** min(attempts - 1, 20)
    return min(LAST_RETRY_S, max(FIRST_RETRY_S, doubled * (0.75 + jitter() / 2)))
