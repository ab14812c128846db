"""What has the athlete shown to be able to, and which of the known numbers does it raise?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from hersteld.recovery.athlete.history import History
from hersteld.recovery.rules import AthleteRules


@dataclass(frozen=True, slots=True)
class Evidence:
    """The best of one workout.

    Attributes:
        hr_peak_30s_bpm: Highest believable mean heart rate over 30 s, in beats per minute; None without one.
        best_20min_w: Highest mean power over 20 min of a ride without a motor; None without one.
    """

    hr_peak_30s_bpm: float | None = None
    best_20min_w: float | None = None


def peaks_bpm(history: History, now: datetime, rules: AthleteRules, own: Evidence | None = None) -> list[float]:
    """Return the highest heart rate peaks of the last year, the lowest of them first.

    Args:
        now: End of the workout that is assessed, aware UTC.
        own: What that workout itself has shown.
    """
    since = now - timedelta(days=float(rules.peak_days))
    earlier = history.long_ago.peaks_bpm if history.long_ago is not None else ()
    near = (past.hr_peak_30s_bpm for past in history.workouts if since <= past.ended_at <= now)
    peaks = _known((*earlier, *near, own.hr_peak_30s_bpm if own else None))
    return sorted(peaks)[-int(rules.peaks) :]


def raised_max_hr_bpm(max_hr_bpm: float, peaks: Iterable[float], rules: AthleteRules) -> float:
    """Return the maximum heart rate, raised by the peaks above it; each raises it by `raise_max_bpm` at most.

    Args:
        peaks: The lowest first.
    """
    for peak_bpm in peaks:
        max_hr_bpm = max(max_hr_bpm, min(peak_bpm, max_hr_bpm + rules.raise_max_bpm))
    return max_hr_bpm


def ftp_by_best_w(history: History, now: datetime, rules: AthleteRules, own: Evidence | None = None) -> float | None:
    """Return the FTP by the best 20 minutes of the last months, in watts; None without any.

    Args:
        now: End of the workout that is assessed, aware UTC.
        own: What that workout itself has shown.

    Source: Allen & Coggan 2010; for how long it holds is ours.
    """
    since = now - timedelta(days=float(rules.best_power_days))
    earlier = history.long_ago.best_20min_w if history.long_ago is not None else None
    near = (past.best_20min_w for past in history.workouts if since <= past.ended_at <= now)
    best = max(_known((earlier, *near, own.best_20min_w if own else None)), default=None)
    return None if best is None else rules.best_power_share * best


def _known(values: Iterable[float | None]) -> list[float]:
    return [value for value in values if value is not None]
