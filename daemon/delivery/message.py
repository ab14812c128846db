"""What is sent, and what is known of it afterwards?"""

from dataclasses import dataclass

from hersteld.parsers.line import Line


@dataclass(frozen=True, slots=True)
class Message:
    """A message as a person reads it.

    Attributes:
        title: One line.
        body: Lines, the most important first.
        tag: What it is about, "workout-17": on a desktop it replaces the earlier message with the same tag.
    """

    title: str
    body: str
    tag: str


@dataclass(frozen=True, slots=True)
class SendResult:
    """What became of a message.

    Attributes:
        ok: Whether the receiver accepted it.
        reason: Why not, as a part of a sentence and without secrets; None when it did.
        is_unanswered: It did not say so, and may have accepted it: the message left whole.
    """

    ok: bool
    reason: Line | None = None
    is_unanswered: bool = False
