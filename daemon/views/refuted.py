"""Which numbers of the configuration have the athlete's own workouts refuted?

The configuration wins all the same. Whoever reads `status` learns that it no longer fits.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from hersteld.config.settings import Settings
from hersteld.daemon.database.connection import Store
from hersteld.daemon.store.summaries import reach_of
from hersteld.daemon.system.clock import from_iso, iso

_HIGHEST = (
    "SELECT {0}, ended_at FROM workouts WHERE has_clock AND started_at >= ? AND ended_at >= ? AND ended_at <= ?"
    " AND {0} IS NOT NULL ORDER BY {0} DESC, ended_at DESC LIMIT 1"
)


@dataclass(frozen=True, slots=True)
class Refuted:
    """A number of the configuration below what a workout has shown.

    Attributes:
        key: The key of the configuration.
        configured: Its value, in beats per minute or watts.
        shown: What was shown, rounded to a whole number: the highest heart rate over 30 s, or the share of the best
            20 minutes that is an FTP.
        at: When the workout that showed it ended.
    """

    key: Literal["max_hr", "ftp_w"]
    configured: float
    shown: int
    at: datetime


def refuted(store: Store, settings: Settings, now: datetime) -> tuple[Refuted, ...]:
    """Return which configured numbers are refuted at a moment, each by the workout that showed most.

    Args:
        now: Aware UTC.

    Source: Allen & Coggan 2010 for the FTP; for how long each holds is ours.
    """
    athlete, rules = settings.athlete, settings.rules.athlete
    found = (
        _beyond(store, "max_hr", athlete.max_hr_bpm, "hr_peak_30s_bpm", 1.0, rules.peak_days, now),
        _beyond(store, "ftp_w", athlete.ftp_w, "best_20min_w", rules.best_power_share, rules.best_power_days, now),
    )
    return tuple(one for one in found if one is not None)


def _beyond(
    store: Store,
    key: Literal["max_hr", "ftp_w"],
    configured: float | None,
    column: str,
    share: float,
    days: float,
    now: datetime,
) -> Refuted | None:
    """Return how the highest value of a column in so many days exceeds the configuration; None where it does not."""
    if configured is None:
        return None
    since = now - timedelta(days=float(days))
    times = (iso(since - reach_of(store)), iso(since), iso(now))
    row = store.db.execute(_HIGHEST.format(column), times).fetchone()
    if row is None or round(share * row[0]) <= configured:
        return None
    return Refuted(key, configured, round(share * row[0]), from_iso(row[1]))
