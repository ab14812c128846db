"""What follows from a tap?

A rating, as from the command, together with the mark that the token is used: one transaction. A token that is none of
ours, was used, counts no more, or speaks of a workout that is forgotten, changes nothing; nor does a tap that is older
than what the athlete said otherwise meanwhile, as it may have waited on the server while nobody listened.

Who tapped the wrong button goes back to the one before, and so does who said otherwise by a command. So a used token
counts once more where the last tap was on another button, or its rating holds no more, and the server took this tap
later than that: what is read again, as after a restart, is never later.
"""

import logging
from datetime import datetime

from hersteld.config.settings import Settings
from hersteld.config.texts.speech import say
from hersteld.daemon.answers.answers import Answers
from hersteld.daemon.database.connection import Store
from hersteld.daemon.replies.listening.listener import ReplyListener, Tap
from hersteld.daemon.replies.tokens import TRIAL, Reply, Tokens, hash_of
from hersteld.daemon.store.answers.rows import Kind, Source, answers_of
from hersteld.daemon.store.answers.used_replies import last_tap, use
from hersteld.daemon.system.clock import Clock
from hersteld.daemon.system.errors import DaemonError, is_of_the_machine
from hersteld.parsers.line import Line

log = logging.getLogger(__name__)


class Taps:
    """Takes what the listener heard, in the store of the main loop.

    Args:
        listener: Hears of taps; None where a test brings them.

    Attributes:
        heard_at: When the last tap on one of our buttons was taken, aware UTC; None where none was.
    """

    def __init__(
        self, store: Store, settings: Settings, clock: Clock, tokens: Tokens, listener: ReplyListener | None = None
    ) -> None:
        self._store = store
        self._answers = Answers(store, settings, clock)
        self._clock = clock
        self._tokens = tokens
        self._listener = listener
        self.heard_at: datetime | None = None

    def take(self) -> bool:
        """Take all that was heard; return whether a rating is another than before.

        Raises:
            sqlite3.Error: The database cannot be written; what was heard is kept.
        """
        has_changed = False
        while self._listener is not None and (tap := self._listener.first()) is not None:
            try:
                has_changed |= self.take_one(tap)
            except Exception as error:  # what the rules stumble over must not end the service
                if is_of_the_machine(error):
                    raise
                log.exception("%s", say("replies.not_taken", reason=(Line("reasons.unknown"),)))
            self._listener.done(tap)
        return has_changed

    def take_one(self, tap: Tap) -> bool:
        """Take one tap; return whether it gave a rating.

        Raises:
            sqlite3.Error: As `take`.
        """
        now = self._clock.now()
        reply = self._tokens.read(tap.token, now)
        if reply is None:
            return False
        with self._store.write():
            is_first = use(self._store, hash_of(tap.token), expires_at=reply.expires_at, now=now)
            if not is_first and not self._goes_back(reply, tap.sent_at):
                return False
            self.heard_at = now
            if reply.workout_id == TRIAL:
                log.info("%s", say("replies.trial_heard"))
                return False
            if self._is_older(reply, tap.sent_at):
                return False
            try:
                with self._store.part():
                    workout = self._answers.find(str(reply.workout_id))
                    self._answers.rate(workout, reply.rpe, Source.NTFY, sent_at=tap.sent_at)
            except DaemonError as error:  # the workout is forgotten, or damaged
                log.warning("%s", say("replies.not_taken", reason=(error.line,)))
                return False
        log.info("%s", say("replies.taken", id=reply.workout_id, rpe=reply.rpe))
        return True

    def _goes_back(self, reply: Reply, sent_at: datetime) -> bool:
        """Return whether the athlete comes back to a rating, after another button or after a command."""
        last = last_tap(self._store, reply.workout_id)
        if last is None or sent_at <= last.sent_at:
            return False
        if last.rpe != reply.rpe:
            return True
        if last.undone_at is not None:
            return sent_at > last.undone_at
        # A command that was given after this tap is found by `_is_older`.
        return answers_of(self._store, Kind.RPE, reply.workout_id)[-1].values["rpe"] != reply.rpe

    def _is_older(self, reply: Reply, sent_at: datetime) -> bool:
        """Return whether the athlete has rated the workout elsewhere since the tap.

        Among taps the order in which they come counts, as the clock of the server need not be ours.
        """
        given = answers_of(self._store, Kind.RPE, reply.workout_id)
        return any(answer.given_at > sent_at for answer in given if answer.source is not Source.NTFY)
