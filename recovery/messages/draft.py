"""What is a message before it has a language?"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from hersteld.parsers.line import Line


class MessageKind(StrEnum):
    """What a message is about. The values are stored, so they never change."""

    FIRST = "first"
    """What to do after a workout; also each draft that stands in for it when it is delivered late."""
    EVENING = "evening"
    """What to avoid in the evening of a hard workout."""
    READY = "ready"
    """The athlete has recovered."""
    PORTION = "portion"
    """A portion to drink now, in coach style."""
    STRETCHED = "stretched"
    """The time for stretching is over, in coach style."""
    MEAL = "meal"
    """It is time to eat, in coach style."""
    DIGEST = "digest"
    """Many workouts were read at once."""
    CORRECTION = "correction"
    """The athlete was told a readiness that does not hold any more."""
    MORNING = "morning"
    """Whether to train hard today, and why."""
    WEEKLY = "weekly"
    """The week that was, and the next one."""
    OVERLOAD = "overload"
    """Several signs agree that the athlete trains more than they recover from."""
    SILENCE = "silence"
    """Nothing has come in for longer than is usual."""
    BEFORE = "before"
    """What to eat before a planned training, or what to do instead of it."""


REMINDERS = frozenset({MessageKind.PORTION, MessageKind.STRETCHED, MessageKind.MEAL})
"""The kinds that remind of what the first message asked for, in coach style."""
OF_OCCASIONS = frozenset(
    {MessageKind.MORNING, MessageKind.WEEKLY, MessageKind.OVERLOAD, MessageKind.SILENCE, MessageKind.BEFORE}
)
"""The kinds that are about no single workout, and come at a time of their own."""


@dataclass(frozen=True, slots=True)
class ToldReadiness:
    """What a message tells of readiness, with the times as the message says them.

    Attributes:
        easy_from, ready_at: Aware UTC; None for what the message leaves open.
    """

    easy_from: datetime | None = None
    ready_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A message before it has a language: what is sent, when, and until when it makes sense.

    Attributes:
        rule: "first", "first_later_2", "evening", "portion_2", ...: unique within one workout, so part of the outbox
            key. It is a key only; what the message is about is its `kind`.
        kind: What the message is about.
        due_at, expires_at: Aware UTC. The message is never sent after `expires_at`.
        title: Fits a lock screen.
        lines: In the order of doing. When the text gets too long, `optional` lines are left out.
        optional: Indexes into `lines` that may be left out to keep within 600 characters, least important first.
        unless_sent: Rules of the same workout of which any delivery makes this message needless: this message says
            what is still worth saying when the earlier one could not be delivered in time.
        told: What the message tells of readiness; None when it tells nothing of it.
    """

    rule: str
    kind: MessageKind
    due_at: datetime
    expires_at: datetime
    title: Line
    lines: tuple[Line, ...]
    optional: tuple[int, ...] = ()
    unless_sent: tuple[str, ...] = ()
    told: ToldReadiness | None = None
