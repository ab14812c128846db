"""Which messages wait, which are on their way, and what became of the others?

pending -> sending -> sent, or back to pending for another try; unknown where it left whole and was not answered, which
is tried once more; and failed | expired | cancelled. `sending` is on disk before the call, so a message found there at
the start may or may not have arrived: it is unknown, and tried once more at once, as twice is better than never.
Rows hold texts and the target's name, never its address.
"""

import random
from collections.abc import Callable, Collection, Iterable
from datetime import datetime, timedelta

from hersteld.daemon.database.connection import Store
from hersteld.daemon.database.line_column import stored
from hersteld.daemon.outbox import recover, spares
from hersteld.daemon.outbox.cancel import cancel
from hersteld.daemon.outbox.rows import (
    MAY_BE_TOLD_SQL,
    TAKE_NEXT_SQL,
    WAITS_SQL,
    OutboxMessage,
    OutboxRow,
    row_of,
    told_columns,
)
from hersteld.daemon.outbox.tries import LAST_RETRY_S, NO_MORE, After, after_refusal, after_silence
from hersteld.daemon.system.clock import from_iso, iso
from hersteld.parsers.line import Line
from hersteld.recovery.messages.draft import OF_OCCASIONS, REMINDERS, MessageKind

_WAITING_OR_SENT = "state IN ('pending', 'sending', 'sent', 'unknown')"


class Outbox:
    """The messages in one thread's store.

    Args:
        jitter: Draws from [0, 1); spreads the retries of several machines behind one failing server.
    """

    def __init__(self, store: Store, *, jitter: Callable[[], float] = random.random) -> None:
        self._store = store
        self._jitter = jitter

    # --- from ingest

    def queue(
        self,
        identity: str,
        workout_id: int | None,
        messages: Iterable[OutboxMessage],
        targets: Iterable[str],
        *,
        now: datetime,
    ) -> int:
        """Address messages to every target; what was ever queued under the same key is left as it is.

        Returns:
            How many rows are new.
        """
        new = 0
        targets = tuple(targets)
        with self._store.write():
            for message in messages:
                for target in targets:
                    new += self._store.change(
                        "INSERT INTO outbox (workout_identity, workout_id, rule, kind, cause, target, title, body,"
                        " disclaims, unless_sent, due_at, expires_at, try_at, created_at, changed_at, told_easy_from,"
                        " told_ready_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                        " ON CONFLICT (workout_identity, rule, target) DO NOTHING",
                        [
                            *(identity, workout_id, message.rule, message.kind, message.cause, target),
                            *(message.title, message.body, message.disclaims, " ".join(message.unless_sent)),
                            *(iso(message.due_at), iso(message.expires_at), iso(message.due_at), iso(now), iso(now)),
                            *told_columns(message),
                        ],
                    )
        return new

    def revise(self, identity: str, messages: Iterable[OutboxMessage], *, now: datetime) -> None:
        """Put new words and times in what is still pending of a workout; cancel what is no longer said.

        A reminder that was cancelled so and is said again waits again, as long as nobody has had it.
        """
        by_rule = {message.rule: message for message in messages}
        no_longer = stored(Line("delivery.workout_known_better"))
        with self._store.write():
            for again in by_rule.values():
                if again.kind in REMINDERS and again.expires_at > now:
                    self._store.change(
                        "UPDATE outbox SET state = 'pending', reason = NULL WHERE workout_identity = ? AND rule = ?"
                        " AND state = 'cancelled' AND attempts = 0 AND reason = ?",
                        [identity, again.rule, no_longer],
                    )
            for row in self.rows(f"workout_identity = ? AND {WAITS_SQL}", [identity]):
                message = by_rule.get(row.rule)
                if message is None:
                    self._cancel("id = ?", [row.id], Line("delivery.workout_known_better"), now)
                    continue
                # A message that was tried and failed keeps its back-off, and one that may have arrived what it told.
                is_new = not row.attempts and row.tries_left is None
                self._store.change(
                    "UPDATE outbox SET title = ?, body = ?, due_at = ?, expires_at = ?, try_at = ?, changed_at = ?,"
                    " next_easy_from = ?, next_ready_at = ? WHERE id = ?",
                    [
                        *(message.title, message.body, iso(message.due_at), iso(message.expires_at)),
                        *(iso(message.due_at if is_new else row.try_at), iso(now)),
                        *(moment or "" for moment in told_columns(message)),
                        row.id,
                    ],
                )
                if row.state == "pending":  # nobody has the old words
                    self._store.change(f"UPDATE outbox SET {TAKE_NEXT_SQL} WHERE id = ?", [row.id])  # noqa: S608 - ours

    def cancel_older(self, started_at: datetime, *, keep: Collection[MessageKind] = (), now: datetime) -> int:
        """Cancel what is not sent yet of workouts that began before this one; return how many rows.

        Args:
            keep: Kinds of messages that stay.
        """
        older = "EXISTS (SELECT 1 FROM workouts WHERE id = workout_id AND started_at < ?)"
        # A plan that does not say when the athlete is ready leaves what was corrected.
        kinds = {*keep, *([MessageKind.CORRECTION] if MessageKind.READY in keep else [])}
        kept = f"kind NOT IN ({', '.join('?' * len(kinds))})"
        return self._cancel(f"{older} AND {kept}", [iso(started_at), *kinds], Line("delivery.newer_workout"), now)

    def cancel_of_workout(self, workout_id: int, *, now: datetime) -> int:
        """Cancel what is not sent yet of a workout that is forgotten; return how many rows."""
        return self._cancel("workout_id = ?", [workout_id], Line("delivery.workout_forgotten"), now)

    def cancel_corrections(self, *, now: datetime) -> int:
        """Cancel the corrections that wait, as another takes their place or none is needed; return how many rows."""
        return self._cancel("kind = ?", [MessageKind.CORRECTION], Line("delivery.workout_known_better"), now)

    def cancel_other_targets(self, targets: Collection[str], *, now: datetime) -> int:
        """Cancel what waits for targets that are not configured any more; return how many rows."""
        marks = ", ".join("?" * len(targets))
        return self._cancel(f"target NOT IN ({marks})", list(targets), Line("delivery.target_gone"), now)

    def _cancel(self, condition: str, parameters: list[object], reason: Line, now: datetime) -> int:
        return cancel(self._store, condition, parameters, reason, now)

    # --- from delivery

    def recover(self, *, target: str | None = None, now: datetime) -> int:
        """With nobody sending, put back what stands as being sent, and return how many rows that were.

        Args:
            target: To this one alone, whose messages are known not to have left; else they may have.
        """
        return recover.recover(self._store, target=target, now=now)

    def expire(self, target: str, *, now: datetime) -> tuple[OutboxRow, ...]:
        """Give up what nobody needs any more: failed when it was ever tried, else expired. Return those rows.

        What may have arrived stays unknown.
        """
        late = self.rows(f"target = ? AND {WAITS_SQL} AND expires_at <= ? ORDER BY id", [target, iso(now)])
        if late:
            with self._store.write():
                for row in late:
                    expired = ("expired", Line("delivery.time_passed"))
                    tried = ("unknown" if row.state == "unknown" else "failed", row.reason)
                    state, reason = tried if row.attempts else expired
                    self._store.change(
                        "UPDATE outbox SET state = ?, reason = ?, tries_left = ?, changed_at = ?"
                        " WHERE id = ? AND state = ?",
                        [state, stored(reason), row.tries_left and NO_MORE, iso(now), row.id, row.state],
                    )
        return late

    def claim(self, target: str, *, now: datetime) -> OutboxRow | None:
        """Take the message to a target that has been due longest and mark it as being sent; None when none is due."""
        # A retry that is further off than twice the longest pause was set by a wrong clock: it is due now.
        wrong = iso(now + timedelta(seconds=2 * LAST_RETRY_S))
        due = (
            f"target = ? AND {WAITS_SQL} AND expires_at > ? AND (try_at <= ? OR (attempts > 0 AND try_at > ?))"
            " ORDER BY due_at, id LIMIT 1"
        )
        question = [target, iso(now), iso(now), wrong]
        if not self.rows(due, question):  # most looks find nothing, and need no write lock
            return None
        with self._store.write():
            rows = self.rows(due, question)
            if not rows:
                return None
            row = rows[0]
            self._store.change(
                "UPDATE outbox SET state = 'sending', attempts = attempts + 1, changed_at = ? WHERE id = ?",
                [iso(now), row.id],
            )
        return self.row(row.id)

    def record_sent(self, row_id: int, *, now: datetime) -> None:
        """The receiver accepted it: what stood ready in its place is needless for this target."""
        with self._store.write():  # nothing is read here: no row that is odd can keep it from being recorded
            self._store.change(
                "UPDATE outbox SET state = 'sent', reason = NULL, cancel_reason = NULL, changed_at = ?,"  # noqa: S608 - ours
                f" {TAKE_NEXT_SQL} WHERE id = ?",
                [iso(now), row_id],
            )
            spares.cancel_other_words(self._store, row_id, now)

    def record_refused(self, row_id: int, reason: Line, *, now: datetime) -> OutboxRow:
        """The receiver did not accept it."""
        with self._store.write():
            return self._record(row_id, after_refusal(self.row(row_id), reason, self._jitter, now), now)

    def record_unanswered(self, row_id: int, reason: Line, *, now: datetime) -> OutboxRow:
        """The receiver may have it: what stands ready in its place may leave once, where this may not once more."""
        with self._store.write():
            before = self.row(row_id)
            may_have_arrived = spares.may_have_left_in_other_words(self._store, row_id)
            after = self._record(row_id, after_silence(before, reason, now, in_other_words=may_have_arrived), now)
            if may_have_arrived or before.tries_left is not None:
                spares.cancel_other_words(self._store, row_id, now)
            else:
                spares.not_at_once(self._store, row_id, now)
            return after

    def _record(self, row_id: int, after: After, now: datetime) -> OutboxRow:
        self._store.change(
            "UPDATE outbox SET state = ?, reason = ?, cancel_reason = NULL, try_at = ?, tries_left = ?, changed_at = ?"
            " WHERE id = ?",
            [after.state, stored(after.reason), iso(after.try_at), after.tries_left, iso(now), row_id],
        )
        return self.row(row_id)

    # --- reading

    def row(self, row_id: int) -> OutboxRow:
        """Return one row.

        Raises:
            KeyError: There is none.
        """
        rows = self.rows("id = ?", [row_id])
        if not rows:
            raise KeyError(row_id)
        return rows[0]

    def rows(
        self, condition: str = "1 ORDER BY due_at, id", parameters: Iterable[object] = ()
    ) -> tuple[OutboxRow, ...]:
        """Return the rows that satisfy an SQL condition."""
        rows = self._store.rows(f"SELECT * FROM outbox WHERE {condition}", parameters)  # noqa: S608 - ours
        return tuple(map(row_of, rows))

    def waiting(self) -> tuple[OutboxRow, ...]:
        """Return what is not sent yet, the next one first."""
        return self.rows(f"state = 'sending' OR {WAITS_SQL} ORDER BY due_at, id")

    def next_try_at(self, target: str) -> datetime | None:
        """Return when the next message to a target is to be tried, or given up; None when none waits."""
        sql = f"SELECT MIN(MIN(try_at, expires_at)) FROM outbox WHERE target = ? AND {WAITS_SQL}"  # noqa: S608 - ours
        (found,) = self._store.db.execute(sql, (target,)).fetchone()
        return from_iso(found) if found else None

    def count_of_workouts_between(self, start: datetime, end: datetime) -> int:
        """Return how many messages about workouts were sent or are to be sent in [start, end).

        Spare ones, corrections and what comes at a time of its own are not counted, and what goes to several targets is
        one.
        """
        others = (MessageKind.CORRECTION, MessageKind.DIGEST, *OF_OCCASIONS)
        sql = (
            "SELECT COUNT(*) FROM (SELECT DISTINCT workout_identity, rule FROM outbox"  # noqa: S608 - ours
            f" WHERE {_WAITING_OR_SENT} AND unless_sent = '' AND kind NOT IN ({', '.join('?' * len(others))})"
            " AND due_at >= ? AND due_at < ?)"
        )
        return int(self._store.db.execute(sql, (*others, iso(start), iso(end))).fetchone()[0])

    def of_workout(self, identity: str) -> tuple[OutboxRow, ...]:
        """Return the rows of a workout, or of a digest, whatever became of them."""
        return self.rows("workout_identity = ?", [identity])

    def has_queued(self, kind: MessageKind, identities: Collection[str]) -> bool:
        """Return whether a message of this kind about one of these workouts waits, or was sent, to anybody."""
        marks = ", ".join("?" * len(identities))
        condition = f"workout_identity IN ({marks}) AND kind = ? AND {_WAITING_OR_SENT} LIMIT 1"
        return bool(self.rows(condition, [*identities, kind]))

    def last_told(self, target: str) -> OutboxRow | None:
        """Return the message that told a target of readiness last, or may have; None when none did."""
        rows = self.rows(
            f"target = ? AND {MAY_BE_TOLD_SQL} AND (told_ready_at IS NOT NULL OR told_easy_from IS NOT NULL)"
            " ORDER BY id DESC LIMIT 1",  # not by the clock, which may have been wrong
            [target],
        )
        return rows[0] if rows else None

    def promises_readiness(self, now: datetime) -> bool:
        """Return whether anybody was, or is about to be, told of a readiness that is still to come."""
        condition = f"{_WAITING_OR_SENT} AND MAX(COALESCE(told_ready_at, ''), COALESCE(told_easy_from, '')) > ? LIMIT 1"
        return bool(self.rows(condition, [iso(now)]))

    def disclaimed(self) -> bool:
        """Return whether the sentence of the first message ever was sent, or is about to be."""
        sql = f"SELECT EXISTS (SELECT 1 FROM outbox WHERE disclaims AND {_WAITING_OR_SENT})"  # noqa: S608 - ours
        return bool(self._store.db.execute(sql).fetchone()[0])
