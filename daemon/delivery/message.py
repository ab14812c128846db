"""What is sent, and what is known of it afterwards?"""

from dataclasses import dataclass, field

from hersteld.daemon.card.facts import CardFacts
from hersteld.parsers.line import Line

ANSWER_TIMEOUT_S = 30.0
"""How long the answer of a receiver is waited for, whatever the receiver is; then it may have the message, or not."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message as a person reads it.

    Attributes:
        title: One line.
        body: Lines, the most important first.
        tag: What it is about, "workout-17": on a desktop it replaces the earlier message with the same tag.
        actions: Buttons, as JSON in ASCII as ntfy takes it; "" for none. Secret, as whoever has them may answer.
        choices: Buttons of a bubble on the desktop: what is told when one is pressed, and its label.
        picture: What its picture shows; None for none. A message without a body is the picture alone, of one whose
            words have arrived.
    """

    title: str
    body: str
    tag: str
    actions: str = field(default="", repr=False)
    choices: tuple[tuple[str, str], ...] = ()
    picture: CardFacts | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class SendResult:
    """What became of a message.

    Attributes:
        ok: Whether the receiver accepted it.
        reason: Why not, as a part of a sentence and without secrets; None when it did.
        may_have_arrived: Whether it may have accepted it all the same: the message left whole and was not answered.
        picture_refused: Why the receiver does not take the picture of the message, whatever became of its words; None
            where it does, or there was none.
    """

    ok: bool
    reason: Line | None = None
    may_have_arrived: bool = False
    picture_refused: Line | None = None
