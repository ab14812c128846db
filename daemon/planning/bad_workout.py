"""What if one stored workout cannot be read, or the rules fail on it?

The log names it, and it stays as it is. The others are assessed and told, and the process lives on.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from json import JSONDecodeError
from typing import TypeVar

from pydantic import ValidationError

from hersteld.config.texts.speech import say
from hersteld.daemon.database.connection import Store
from hersteld.daemon.store.columns.samples import BadBlob
from hersteld.daemon.system.errors import DaemonError, is_of_the_machine
from hersteld.parsers.line import Line

log = logging.getLogger(__name__)

T = TypeVar("T")


class DamagedWorkout(DaemonError):  # noqa: N818 - says what is wrong, as in parsers.errors
    """What is stored of a workout was damaged on disk."""


_DAMAGE = (BadBlob, ValidationError, JSONDecodeError)


@contextmanager
def left_if_bad(store: Store, workout_id: int) -> Iterator[None]:
    """Undo what is done within the block where it fails because of this workout; to be used within a `write()`."""
    try:
        with store.part():
            yield
    except Exception as error:  # whatever the rules stumble over, the next workout is assessed
        if is_of_the_machine(error):
            raise
        say_bad(workout_id, error)


def readable(read: Callable[[int], T], workout_id: int) -> T | None:
    """Return what is read of a stored workout; None where it cannot be read."""
    try:
        return read(workout_id)
    except Exception as error:  # likewise
        if is_of_the_machine(error):
            raise
        say_bad(workout_id, error)
        return None


@contextmanager
def told_if_damaged(workout_id: int) -> Iterator[None]:
    """Let whoever asks for a workout be told where it is damaged, and what to do.

    Raises:
        DamagedWorkout: What is read of it within the block is damaged.
    """
    try:
        yield
    except _DAMAGE as error:
        reason = error.line if isinstance(error, DaemonError) else _first_line(error)
        raise DamagedWorkout("views.workout_damaged", id=str(workout_id), reason=(reason,)) from error


def _first_line(error: Exception) -> Line:
    return Line("system.quoted", {"words": str(error).partition("\n")[0]})


def say_bad(workout_id: int, error: Exception) -> None:
    """Say in the log which workout is damaged, or on which one the program failed."""
    if isinstance(error, _DAMAGE):
        log.warning(say("planning.damaged", workout=workout_id, reason=str(error).partition("\n")[0]))
    else:
        log.error(say("planning.our_fault", workout=workout_id), exc_info=error)
