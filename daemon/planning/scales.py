"""Which of the masses that scales measured count as the athlete's, by all that is known now?

Decided anew whenever a scale measured something, or the athlete said what they weigh or took that back: whose a mass
is never rests on what came first.
"""

from datetime import datetime

from hersteld.config.settings import Settings
from hersteld.daemon.database.connection import Store
from hersteld.daemon.planning.reassess import Reassessment
from hersteld.daemon.store.answers.of_workout import first_weighed
from hersteld.daemon.store.answers.scales import known_besides, measured, set_counts
from hersteld.daemon.store.dirty import Cause
from hersteld.recovery.answers.scales import of_athlete


def judge_scales(store: Store, settings: Settings, reassessment: Reassessment, now: datetime) -> bool:
    """Let count what of the masses of scales is the athlete's, mark what rests on it, and return whether any counts.

    Args:
        now: Aware UTC.
    """
    known = measured(store)
    if not known:
        return False
    known_kg = settings.athlete.mass_kg if settings.athlete.mass_kg is not None else known_besides(store)
    own = of_athlete([weighing for _, weighing, _ in known], known_kg)
    changed = [
        (row_id, weighing.at, is_own)
        for (row_id, weighing, counts), is_own in zip(known, own, strict=True)
        if counts is not is_own
    ]
    for row_id, _, is_own in changed:
        set_counts(store, row_id, counts=is_own, now=now)
    if changed:
        reassessment.mark(first_weighed(store, min(at for _, at, _ in changed)), Cause.ANSWER)
    return any(own)
