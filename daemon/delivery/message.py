"""What is sent, and what is known of it afterwards?"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Message:
    """What a person reads.

    Attributes:
        title: One line.
        body: Lines, the most important first.
        tag: What it is about, "workout-17": on a desktop it replaces the earlier message with the same tag.
    """

    title: str
    body: str
    tag: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of a message.

    Attributes:
        ok: Whether the receiver accepted it.
        reason: When not: why, in plain words and without secrets, "the server answered 401 (not allowed)".
    """

    ok: bool
    reason: str | None = None
