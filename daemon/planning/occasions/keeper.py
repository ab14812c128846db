"""What is to be told now that no workout brings, and when is the next time to ask?

The main loop asks once in each round in which nothing else is to be done that could change the answer. What is due is
queued in one transaction with the record that it was said: who is killed before it says it at the next start, and who
is killed after it says it no more. A machine that slept over the time says it late, while it is of use.
"""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime

from hersteld.config.settings import Settings
from hersteld.config.texts.speech import say
from hersteld.daemon.database.connection import Store
from hersteld.daemon.outbox.cancel import cancel
from hersteld.daemon.outbox.queue import Outbox
from hersteld.daemon.outbox.rows import MAY_BE_TOLD, WAITS_SQL, OutboxMessage, OutboxRow
from hersteld.daemon.planning.occasions.occasion import Due, Occasion, Word
from hersteld.daemon.planning.occasions.record import IDENTITIES, OccasionRecord, identity_of
from hersteld.daemon.planning.telling.writer import MessageWriter
from hersteld.daemon.store.answers.pauses import is_paused
from hersteld.daemon.system.clock import Clock
from hersteld.daemon.system.errors import is_of_the_machine
from hersteld.parsers.line import Line
from hersteld.recovery.messages.draft import MessageKind

log = logging.getLogger(__name__)


class Occasions:
    """Asks the occasions, and queues what they have to say.

    Args:
        occasions: Those that are on.
        targets: Names of the receivers.
    """

    def __init__(
        self, store: Store, occasions: Sequence[Occasion], settings: Settings, targets: Sequence[str], clock: Clock
    ) -> None:
        self._store = store
        self._occasions = {occasion.kind: occasion for occasion in occasions}
        self._outbox = Outbox(store)
        self._record = OccasionRecord(store)
        self._writer = MessageWriter(self._outbox, settings, clock)
        self._quiet_hours = settings.notify.quiet_hours
        self._targets = tuple(targets)
        self._clock = clock
        self._next_at: datetime | None = None
        self._seen: tuple[int, int, date] | None = None
        self._failed: dict[MessageKind, date] = {}

    def ask(self) -> bool:
        """Queue what is due now; return whether the outbox may have something new."""
        now = self._clock.now()
        self._next_at = None
        if not self._targets:
            return False
        seen = self._fingerprint(now)
        is_changed = seen != self._seen
        has_said = is_changed and self._revise(now)
        coming: list[datetime] = []
        for occasion in self._occasions.values():
            if (occasion.on_change and not is_changed) or is_paused(self._store, occasion.kind, now):
                continue
            with self._skipped_if_it_fails(occasion.kind, now):
                due = self._next_due(occasion, now)
                if due is not None and due.at > now:
                    coming.append(due.at)
                elif due is not None:
                    has_said |= self._say(occasion, due, now)
                    if due.settles:
                        coming.append(now)  # its next time is still to be asked for
        self._next_at = min(coming, default=None)
        self._seen = seen  # only now: what fails in between is asked again
        return has_said

    def hold(self) -> None:
        """Wait for no time: something else is to be done first, after which `ask` is called."""
        self._next_at = None

    def wait_s(self) -> float | None:
        """Return how long it is until the next occasion, in seconds, 0 or more; None when none is to be waited for."""
        return None if self._next_at is None else max(0.0, (self._next_at - self._clock.now()).total_seconds())

    def _next_due(self, occasion: Occasion, now: datetime) -> Due | None:
        if self._failed.get(occasion.kind) == self._today(now):
            return None
        return next((due for due in occasion.dues(now) if not self._record.is_settled(occasion.kind, due.day)), None)

    def _say(self, occasion: Occasion, due: Due, now: datetime) -> bool:
        """Queue what an occasion has to say that is due; return whether there was anything."""
        read_at = self._out_of_quiet_hours(now)
        if not due.settles and (read_at >= due.until or occasion.compose(due, read_at) is None):
            return False  # most often so, and no reason to keep others from writing
        with self._store.write(), self._store.part():
            if self._record.is_settled(occasion.kind, due.day):
                return False
            word = occasion.compose(due, read_at) if read_at < due.until else None
            self._record.settle(occasion.kind, due.day, None if word is None else word.statement, now=now)
            if word is None:
                return False
            message = self._message(word, due, read_at, disclaims=not self._outbox.disclaimed())
            self._outbox.queue(identity_of(occasion.kind, due.day), None, [message], self._targets, now=now)
        return True

    def _revise(self, now: datetime) -> bool:
        """Put what waits in the words that hold now, and cancel what is not true any more; return whether any waits."""
        waiting = self._outbox.rows(
            f"workout_identity >= ? AND workout_identity < ? AND {WAITS_SQL} ORDER BY id", IDENTITIES
        )
        for identity, row in {row.workout_identity: row for row in waiting}.items():
            with self._skipped_if_it_fails(row.kind, now), self._store.write(), self._store.part():
                self._revise_one(identity, row, now)
        return bool(waiting)

    def _revise_one(self, identity: str, row: OutboxRow, now: datetime) -> None:
        day = identity.removeprefix(identity_of(row.kind, ""))
        due = Due(day, row.due_at, row.expires_at)
        due_at = self._out_of_quiet_hours(row.due_at)
        occasion = self._occasions.get(row.kind)
        read_at = max(due_at, self._out_of_quiet_hours(now))
        is_said = occasion is not None and read_at < due.until and not is_paused(self._store, row.kind, now)
        word = occasion.compose(due, read_at) if occasion is not None and is_said else None
        if word is None:
            # It is not sent to anybody any more; what expires is told as expired, by whoever delivers.
            if read_at < due.until:
                cancel(self._store, "workout_identity = ?", [identity], Line("delivery.untrue_by_now"), now)
                if not any(other.state in MAY_BE_TOLD for other in self._outbox.of_workout(identity)):
                    self._record.unsay(row.kind, day)
            return
        message = self._message(word, due, due_at, disclaims=row.disclaims)
        if (*message.words, message.due_at) != (row.title, row.body, row.due_at):
            self._outbox.revise(identity, [message], now=now)
            self._record.restate(row.kind, day, word.statement)

    def _message(self, word: Word, due: Due, due_at: datetime, *, disclaims: bool) -> OutboxMessage:
        """Return a word as it is sent. The first message ever says that it is no medical advice."""
        draft = replace(word.draft, due_at=due_at, expires_at=due.until)
        if disclaims:
            draft = replace(draft, lines=(*draft.lines, Line("disclaimer")))
        return self._writer.message(draft)

    def _out_of_quiet_hours(self, moment: datetime) -> datetime:
        return moment if self._quiet_hours is None else self._quiet_hours.move_out(moment, self._clock.zone())

    def _today(self, now: datetime) -> date:
        return now.astimezone(self._clock.zone()).date()

    def _fingerprint(self, now: datetime) -> tuple[int, int, date]:
        """Return what is another one once this process or another has changed the database, or the local date has."""
        connection = self._store.db.conn
        (by_others,) = connection.execute("PRAGMA data_version").fetchone()
        return connection.total_changes, int(by_others), self._today(now)

    @contextmanager
    def _skipped_if_it_fails(self, kind: MessageKind, now: datetime) -> Iterator[None]:
        """Let an occasion on which the program fails keep nothing else from being told; it is left alone for a day."""
        try:
            yield
        except Exception as error:
            if is_of_the_machine(error):
                raise
            self._failed[kind] = self._today(now)
            log.exception(say("planning.occasion_fault", kind=kind))
