"""What becomes of a message after a try that did not succeed?"""

from collections.abc import Callable
from datetime import datetime, timedelta

from hersteld.daemon.outbox.rows import OutboxRow, State
from hersteld.parsers.line import Line

FIRST_RETRY_S = 10.0
LAST_RETRY_S = 1800.0
UNANSWERED_RETRY_S = 300.0
"""A message that left whole and was not answered may have arrived: it is tried once more, this much later."""
UNANSWERED = Line("delivery.unanswered")

After = tuple[State, Line, datetime]
"""The state, the reason for it, and when it is tried again."""


def after_refusal(row: OutboxRow, reason: Line, jitter: Callable[[], float], now: datetime) -> After:
    """It cannot have arrived: try again later, unless it was cancelled meanwhile or would then be too late."""
    if row.cancel_reason is not None:
        return "cancelled", row.cancel_reason, now
    if row.reason == UNANSWERED:  # that was the one more try
        return "failed", UNANSWERED, now
    try_at = now + timedelta(seconds=_pause_s(row.attempts, jitter))
    if try_at < row.expires_at:
        return "pending", reason, try_at
    # One last try just before the end is worth more than giving up early.
    last = row.expires_at - timedelta(seconds=FIRST_RETRY_S)
    return ("pending", reason, last) if last > now else ("failed", reason, now)


def after_silence(row: OutboxRow, now: datetime) -> After:
    """It left whole and may have arrived: try once more, where there is time for it, and never again."""
    if row.cancel_reason is not None:
        return "cancelled", row.cancel_reason, now
    try_at = now + timedelta(seconds=UNANSWERED_RETRY_S)
    if row.reason == UNANSWERED or try_at >= row.expires_at:
        return "failed", UNANSWERED, now
    return "pending", UNANSWERED, try_at


def _pause_s(attempts: int, jitter: Callable[[], float]) -> float:
    """Double from 10 s to half an hour, a quarter more or less by chance, but never outside these."""
    doubled = FIRST_RETRY_S * 2.0 ** min(attempts - 1, 20)
    return min(LAST_RETRY_S, max(FIRST_RETRY_S, doubled * (0.75 + jitter() / 2)))
