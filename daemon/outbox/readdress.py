"""What becomes of the messages that wait when the targets are others than at the last start?"""

import logging
from collections.abc import Collection
from datetime import datetime

from hersteld.config.texts.speech import say
from hersteld.daemon.database.connection import Store
from hersteld.daemon.outbox.queue import Outbox
from hersteld.daemon.system.clock import iso

log = logging.getLogger(__name__)


def readdress(store: Store, targets: Collection[str], *, now: datetime) -> int:
    """Address what waits to the targets that never had it, then cancel what waits for targets that are gone.

    So a target that is renamed or replaced loses nothing; and as a message has one row per target for ever, whatever
    became of it, none gets anything twice.

    Returns:
        How many rows are new.
    """
    outbox = Outbox(store)
    new = 0
    with store.write():
        for target in targets:
            # Where several wait for the same, the first one's words are everybody's.
            new += store.change(
                "INSERT INTO outbox (workout_identity, workout_id, rule, kind, cause, target, title, body, disclaims,"
                " unless_sent, due_at, expires_at, try_at, created_at, changed_at, told_easy_from, told_ready_at)"
                " SELECT workout_identity, workout_id, rule, kind, cause, ?, title, body, disclaims, unless_sent,"
                " due_at, expires_at, due_at, ?, ?,"
                " IIF(next_easy_from IS NULL, told_easy_from, NULLIF(next_easy_from, '')),"
                " IIF(next_ready_at IS NULL, told_ready_at, NULLIF(next_ready_at, ''))"
                " FROM outbox WHERE (state IN ('pending', 'sending') OR (state = 'unknown' AND tries_left > 0))"
                " AND cancel_reason IS NULL AND expires_at > ?"
                # A correction is for who was told; a target with a row of that workout has, or gets, its own words.
                " AND (kind <> 'correction' OR NOT EXISTS (SELECT 1 FROM outbox AS own"
                " WHERE own.target = ? AND own.workout_identity = outbox.workout_identity))"
                " ORDER BY id"
                " ON CONFLICT (workout_identity, rule, target) DO NOTHING",
                [target, iso(now), iso(now), iso(now), target],
            )
        cancelled = outbox.cancel_other_targets(targets, now=now)
    if new:
        log.info(say("outbox.new_targets", count=new))
    if cancelled:
        log.info(say("outbox.targets_gone", count=cancelled))
    return new
