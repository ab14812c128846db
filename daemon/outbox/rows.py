"""What is a message before it is addressed, and what is one row of the outbox?"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from hersteld.daemon.database.line_column import line_of
from hersteld.daemon.system.clock import from_iso, iso
from hersteld.parsers.line import Line
from hersteld.recovery.messages.draft import MessageKind, ToldReadiness

State = Literal["pending", "sending", "sent", "unknown", "failed", "expired", "cancelled"]
MAY_BE_TOLD: frozenset[State] = frozenset({"sending", "sent", "unknown"})
"""The states of a message that was told, or may have been."""
MAY_BE_TOLD_SQL = "state IN ('sending', 'sent', 'unknown')"
WAITS_SQL = "(state = 'pending' OR (state = 'unknown' AND tries_left > 0))"
"""Of messages that are to be tried, or tried once more."""


_NEXT = ("next_easy_from", "next_ready_at")
"""What new words say of readiness of a message that may have arrived in older ones; of no use before it is accepted."""
TAKE_NEXT_SQL = ", ".join(
    f"told_{moment} = IIF(next_{moment} IS NULL, told_{moment}, NULLIF(next_{moment}, '')), next_{moment} = NULL"
    for moment in ("easy_from", "ready_at")
)
"""Has a row tell what its newest words say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxMessage:
    """A message in its final words, before it is addressed.

    Attributes:
        kind: What it is about.
        rule: Its name, unique within a workout: "first", "evening", "correction_17", ...
        cause: Of a message that puts right an earlier one, why that was wrong; None of any other.
        disclaims: Whether it carries the sentence that must stand in the first message ever.
        unless_sent: Rules of the same workout that make it needless for a target which one of them reached.
        told: What it says of readiness.
    """

    kind: MessageKind
    rule: str
    title: str
    body: str
    due_at: datetime
    expires_at: datetime
    cause: str | None = None
    disclaims: bool = False
    unless_sent: tuple[str, ...] = ()
    told: ToldReadiness | None = None

    @property
    def words(self) -> tuple[str, str]:
        """The title and the body."""
        return self.title, self.body


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """A message to one target; the fields are those of the table.

    Attributes:
        tries_left: How often it may still leave, once it may have; None while it itself never may have.
    """

    id: int
    workout_identity: str
    workout_id: int | None
    rule: str
    target: str
    title: str
    body: str
    disclaims: bool
    unless_sent: str
    due_at: datetime
    expires_at: datetime
    state: State
    attempts: int
    try_at: datetime
    reason: Line | None
    cancel_reason: Line | None
    created_at: datetime
    changed_at: datetime
    told_easy_from: datetime | None
    told_ready_at: datetime | None
    kind: MessageKind
    cause: str | None
    tries_left: int | None

    @property
    def waits(self) -> bool:
        """Whether it is to be tried, or tried once more."""
        return self.state == "pending" or (self.state == "unknown" and bool(self.tries_left))

    def may_change(self, now: datetime) -> bool:
        """Return whether another plan may put other words in it, or have it said after all."""
        return self.waits or self.state == "sending" or (self.state == "cancelled" and self.expires_at > now)


def told_columns(message: OutboxMessage) -> tuple[str | None, str | None]:
    """Return what a message says of readiness as it is stored."""
    told = message.told or ToldReadiness()
    return iso(told.easy_from) if told.easy_from else None, iso(told.ready_at) if told.ready_at else None


def row_of(row: dict[str, Any]) -> OutboxRow:
    """Return a row of the table as an object."""
    row = {name: value for name, value in row.items() if name not in _NEXT}
    times = {name: from_iso(row[name]) for name in ("due_at", "expires_at", "try_at", "created_at", "changed_at")}
    told = {name: row[name] and from_iso(row[name]) for name in ("told_easy_from", "told_ready_at")}
    others = {"disclaims": bool(row["disclaims"]), "kind": MessageKind(row["kind"])}
    reasons = {name: line_of(row[name]) for name in ("reason", "cancel_reason")}
    return OutboxRow(**{**row, **times, **told, **reasons, **others})
