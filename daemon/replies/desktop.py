"""How does a press of a button on the desktop become an answer?

It needs no signature: only programs of the user are on the session bus, and each of them could call the command.
"""

import logging
import re
from collections.abc import Sequence

from hersteld.config.settings import Settings, Target
from hersteld.config.texts.speech import say
from hersteld.daemon.answers.answers import Answers
from hersteld.daemon.database.connection import Store
from hersteld.daemon.delivery.desktop_bus.presses import Presses
from hersteld.daemon.store.answers.rows import Source
from hersteld.daemon.system.clock import Clock
from hersteld.daemon.system.errors import DaemonError, is_of_the_machine
from hersteld.parsers.line import Line

log = logging.getLogger(__name__)

_CHOICE = re.compile(r"rpe:([0-9]{1,18}):([0-9]{1,2})")
_BY_ITSELF = frozenset({"desktop"})
"""The target that there is where none is configured, and a desktop is there."""


def choice_of(workout_id: int, rpe: int) -> str:
    """Return what is told when a button is pressed: the rating of a workout, 1..10."""
    return f"rpe:{workout_id}:{rpe}"


def desktops_of(targets: Sequence[Target]) -> frozenset[str]:
    """Return the names of the targets that are this desktop."""
    if not targets:
        return _BY_ITSELF
    return frozenset(target.name for target in targets if target.url.get_secret_value().startswith("desktop:"))


def take_presses(presses: Presses, store: Store, settings: Settings, clock: Clock) -> bool:
    """Take what was pressed; return whether a rating is another than before.

    Raises:
        sqlite3.Error: The database cannot be written; what was pressed is kept.
    """
    has_changed = False
    while (choice := presses.first()) is not None:
        found = _CHOICE.fullmatch(choice)
        if found is not None:
            try:
                has_changed |= _take(found[1], int(found[2]), store, settings, clock)
            except Exception as error:  # what the rules stumble over must not end the service
                if is_of_the_machine(error):
                    raise
                log.exception("%s", say("replies.not_taken", reason=(Line("reasons.unknown"),)))
        presses.done()
    return has_changed


def _take(workout: str, rpe: int, store: Store, settings: Settings, clock: Clock) -> bool:
    answers = Answers(store, settings, clock)
    try:
        answers.rate(answers.find(workout), rpe, Source.DESKTOP)
    except DaemonError as error:  # the workout is forgotten, or damaged
        log.warning("%s", say("replies.not_taken", reason=(error.line,)))
        return False
    log.info("%s", say("replies.taken", id=int(workout), rpe=rpe))
    return True
