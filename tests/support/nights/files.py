"""One file with all that a watch may say of a night."""

from datetime import datetime, timedelta

from hersteld.parsers.writing.night_file import NightFile


def a_night(
    woke_at: datetime, *, hours: float = 8.0, rmssd: float = 52.0, resting: int = 47, score: int = 81, **how: int
) -> bytes:
    """Return one file with a whole night in it."""
    begin = woke_at - timedelta(hours=hours)
    return (
        NightFile(woke_at, **how)
        .slept(begin, woke_at)
        .values(begin, [rmssd] * int(hours * 12))
        .status(woke_at)
        .resting(woke_at, resting)
        .score(score)
        .finish()
    )
