"""What of questions and answers does the configuration ask for?

Where no target names a topic for answers, messages name the command, nothing is listened to, and what listens is not
even loaded.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from hersteld.config.settings import Settings
from hersteld.config.texts.speech import say
from hersteld.daemon.database.connection import Store
from hersteld.daemon.delivery.desktop_bus.presses import PRESSES
from hersteld.daemon.delivery.sender import Ask
from hersteld.daemon.reading.os_reasons import why_refused
from hersteld.daemon.replies.asking import Asking
from hersteld.daemon.replies.desktop import take_presses
from hersteld.daemon.replies.key import key_of
from hersteld.daemon.replies.tokens import Tokens
from hersteld.daemon.store.answers.used_replies import identity_of
from hersteld.daemon.system.clock import Clock

if TYPE_CHECKING:  # for who has configured it alone
    from hersteld.daemon.replies.listening.listener import ReplyListener
    from hersteld.daemon.replies.taps import Taps

log = logging.getLogger(__name__)


class Replies:
    """The questions in messages, and the taps that answer them, of one service.

    Args:
        store: That of the main loop.
        wake: Called, in any thread, when there is a tap to take.
    """

    _tokens: Tokens | None = None
    _listener: "ReplyListener | None" = None
    _taps: "Taps | None" = None

    def __init__(self, store: Store, settings: Settings, clock: Clock, wake: Callable[[], None]) -> None:
        self._store = store
        self._settings = settings
        self._clock = clock
        PRESSES.wake = wake
        targets = [target for target in settings.notify.targets if target.reply is not None]
        if not targets:
            return
        try:
            key, identity = key_of(store.path), identity_of(store)
        except OSError as error:
            log.warning("%s", say("replies.no_key", reason=(why_refused(error),)))
            return
        from hersteld.daemon.replies.listening.listener import ReplyListener  # noqa: PLC0415 - not for everybody
        from hersteld.daemon.replies.taps import Taps  # noqa: PLC0415

        self._tokens = Tokens(key, identity)
        self._listener = ReplyListener(targets, key, identity, wake)
        self._taps = Taps(store, settings, clock, self._tokens, self._listener)

    def asking(self, store: Store) -> Ask:
        """Return what lets messages ask, for the store of a thread."""
        return Asking(store, self._settings, self._clock, self._tokens).asked

    def start(self) -> None:
        """Listen, if there is anything to listen to.

        Raises:
            NoThread: The machine gives us no thread.
        """
        if self._listener is not None:
            self._listener.start()

    def take(self) -> bool:
        """Take the taps that were heard; return whether one gave a rating.

        Raises:
            sqlite3.Error: The database cannot be written; what was heard is kept.
        """
        has_pressed = take_presses(PRESSES, self._store, self._settings, self._clock)
        return (self._taps is not None and self._taps.take()) or has_pressed

    @property
    def heard_at(self) -> datetime | None:
        """When the last tap came by a topic, aware UTC; None where none has since the start."""
        return None if self._taps is None else self._taps.heard_at

    def close(self) -> None:
        """Stop listening."""
        PRESSES.wake = lambda: None
        if self._listener is not None:
            self._listener.close()
