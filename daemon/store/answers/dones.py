"""Which advice of a workout has the athlete followed already, so that no message reminds of it?"""

from hersteld.daemon.database.connection import Store
from hersteld.daemon.store.answers.rows import Kind, answers_of
from hersteld.recovery.messages.draft import MessageKind

_REMINDER_OF = {"drink": MessageKind.PORTION, "stretch": MessageKind.STRETCHED, "eat": MessageKind.MEAL}


def needless_reminders(store: Store, workout_id: int) -> frozenset[MessageKind]:
    """Return the kinds of messages that remind of what is done."""
    done = answers_of(store, Kind.DONE, workout_id)
    return frozenset(_REMINDER_OF[str(one.values["advice"])] for one in done)


def is_done(store: Store, workout_id: int, what: str) -> bool:
    """Return whether the athlete says that an advice of a workout was followed.

    Args:
        what: "drink", "stretch" or "eat".
    """
    return any(one.values["advice"] == what for one in answers_of(store, Kind.DONE, workout_id))
