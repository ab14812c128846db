"""Who of the users of a scale is the athlete, and what follows when that becomes clear or doubtful?

It is judged by all that the scales measured and by the mass that is known besides, whichever of the two changes: with
each file, with what the athlete says, and with another mass in the configuration. So the order in which they come makes
no difference, and an answer that is taken back leaves nothing behind.
"""

import logging
from datetime import datetime

from hersteld.config.settings import Settings
from hersteld.config.texts.speech import say
from hersteld.daemon.database.connection import Store
from hersteld.daemon.planning.reassess import Reassessment
from hersteld.daemon.store.answers.of_workout import first_weighed
from hersteld.daemon.store.answers.scales import known_besides, oldest_of, scale_users, set_counts
from hersteld.daemon.store.dirty import Cause
from hersteld.recovery.answers.scales import are_athlete

log = logging.getLogger(__name__)


def judge_scale_users(
    store: Store, settings: Settings, reassessment: Reassessment, now: datetime, *, is_first: bool = False
) -> None:
    """Let the masses of those users count who are the athlete, and those of nobody else.

    Args:
        now: Aware UTC.
        is_first: Whether no scale had measured anything before.
    """
    stored = scale_users(store)
    if not stored:
        return
    known_kg = settings.athlete.mass_kg if settings.athlete.mass_kg is not None else known_besides(store)
    own = are_athlete([one.user for one in stored], known_kg)
    with store.write():
        for one, is_own in zip(stored, own, strict=True):
            if one.counts is not is_own:
                set_counts(store, one.user, counts=is_own, now=now)
                reassessment.mark(first_weighed(store, oldest_of(store, one.user)), Cause.ANSWER)
    if not any(own) and (is_first or any(one.counts for one in stored)):  # once: from now on none of them counts
        log.warning(say("ingest.scales_of_several"))
