"""What is an occasion to tell something, beside a workout that comes in?

An occasion is due at a time, such as the morning, or when what is stored has changed, such as a warning. The keeper
(`keeper`) asks each for its next time and for its words, and sees to the rest: to quiet hours, to what was said before,
and to a word that waits and is not true any more.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from hersteld.recovery.messages.draft import Draft, MessageKind


@dataclass(frozen=True, slots=True)
class Due:
    """One time at which an occasion is due.

    Attributes:
        day: Tells it from the other times of its occasion, for ever; most often a local date in ISO form. What is said
            once under a day is never said again under it.
        at: From when it is to be said, aware UTC. In quiet hours it waits for their end.
        until: From when it is of no use any more, aware UTC.
        settles: Whether that nothing is to be said when it is due is final for this day. Otherwise the occasion is
            asked again.
    """

    day: str
    at: datetime
    until: datetime
    settles: bool = True


@dataclass(frozen=True, slots=True)
class Word:
    """What is to be said.

    Attributes:
        draft: Its rule is the kind of the occasion; `due_at` is when it is read, `expires_at` the end of its use.
        statement: What it says, in a form in which two can be compared: the next word of the occasion can find out
            whether it would only repeat this one.
        replaces: Kinds of messages that are not sent any more where they are due by the same moment, as they would say
            the contrary.
    """

    draft: Draft
    statement: str = ""
    replaces: tuple[MessageKind, ...] = ()


class Occasion(Protocol):
    """An occasion to tell something.

    Attributes:
        kind: What its messages are about. No two occasions have the same.
        on_change: Whether it is asked only when the database has changed, or the local date, since it was asked last.
            Otherwise it is asked in each round of the main loop, so `dues` must cost next to nothing.
    """

    kind: MessageKind
    on_change: bool

    def dues(self, now: datetime) -> Iterator[Due]:
        """Yield its times of which the use is not over, the earliest first; the keeper takes the first unsaid one.

        Whatever limits how often the occasion speaks ("at most once in 7 days") belongs here.
        """

    def compose(self, due: Due, read_at: datetime) -> Word | None:
        """Return what is to be said, by what holds now; None where nothing is.

        Also asked of a word that was queued under this day and waits: None then cancels it, and another word takes its
        place. So the answer must not depend on whether this very day was said already.

        Args:
            due: The time that it is due.
            read_at: When it is read, aware UTC: now, or the end of the quiet hours.
        """
