"""What came before a workout, as the rules need it?

Asked for every workout that is stored, and of thousands of others each time: an index holds all that is asked, so that
the tables with their samples are not touched, and what was read before is not made into objects again.
"""

from collections.abc import Collection
from datetime import datetime
from functools import lru_cache

from hersteld.daemon.clock import from_iso, iso
from hersteld.daemon.store import Store
from hersteld.recovery.history import History, PastWorkout

_REMEMBERED = 20_000


def read_history(store: Store, before: datetime, without: Collection[int]) -> History:
    """Return the workouts with a trustworthy clock that started earlier, oldest first.

    Args:
        without: Ids to leave out.
    """
    rows = store.db.execute(
        "SELECT id, started_at, ended_at, sport, load, hard, light, hr_peak_30s_bpm, ready_at, easy_from"
        " FROM workouts WHERE has_clock AND started_at < ? ORDER BY started_at, id",
        (iso(before),),
    ).fetchall()
    return History(tuple(_past(*row) for id_, *row in rows if id_ not in without))


@lru_cache(_REMEMBERED)
def _past(
    started_at: str,
    ended_at: str,
    sport: str,
    load: float,
    hard: int,
    light: int,
    hr_peak_30s_bpm: float | None,
    ready_at: str | None,
    easy_from: str | None,
) -> PastWorkout:
    return PastWorkout(
        started_at=from_iso(started_at),
        ended_at=from_iso(ended_at),
        sport=sport,
        load=load,
        hard=bool(hard),
        light=bool(light),
        hr_peak_30s_bpm=hr_peak_30s_bpm,
        ready_at=from_iso(ready_at) if ready_at else None,
        easy_from=from_iso(easy_from) if easy_from else None,
    )
