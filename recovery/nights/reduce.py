"""What of a file's readings says something of the nights, or of the body mass?

It is little, however large the file is: what goes from the process that reads to the service is bounded.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import cast

from hersteld.parsers.daily.readings import DailyReadings, Measurement
from hersteld.recovery.nights.beats import variability_of
from hersteld.recovery.nights.merge import one_sleep_each
from hersteld.recovery.nights.night import HrvVerdict
from hersteld.recovery.nights.record import NightReadings, Resting, Sleep, Variability, Verdict, Weighing

MOST_PARTS = 4096
"""The last two weeks of a file of five-minute values are enough."""
MOST = 256
"""Of everything else so many are kept, the last."""
HIGHEST_RMSSD_MS = 300.0
"""No heart varies more over five minutes of sleep [H]; 0 is no value."""
HIGHEST_SCORE = 100
MINUTES_OF_A_VALUE = 5.0
"""A watch gives its mean of so many minutes at a time; of the mean of a night it does not say of how many."""
USUAL_NIGHT = timedelta(hours=8)
YEAR_2000 = datetime(2000, 1, 1, tzinfo=UTC)
"""A device that says an earlier time does not know the date."""
_ASLEEP = frozenset({"light", "deep", "rem"})


def reduce(readings: DailyReadings) -> NightReadings | None:
    """Return what a file says of nights; None where it says nothing, or nothing that anybody can have.

    Args:
        readings: What was read of the file.
    """
    resting = [Resting(one.value, one.at) for one in _dated(readings.resting_hr)]
    watched = [
        Variability(one.value, one.at - timedelta(minutes=MINUTES_OF_A_VALUE), one.at, MINUTES_OF_A_VALUE)
        for one in _dated(readings.hrv_rmssd)
        if one.value <= HIGHEST_RMSSD_MS
    ]
    measured = [one for one in variability_of(readings.beats) if one.begin >= YEAR_2000] if not watched else []
    statuses = [one for one in readings.hrv_status if one.at >= YEAR_2000]
    averages = [
        Variability(one.last_night_average_ms, one.at - USUAL_NIGHT, one.at, MINUTES_OF_A_VALUE)
        for one in statuses
        if one.last_night_average_ms and one.last_night_average_ms <= HIGHEST_RMSSD_MS
    ]
    verdicts = [Verdict(cast("HrvVerdict", one.status), one.at) for one in statuses if one.status]
    stretches = [
        Sleep(one.begin, one.end, (one.end - one.begin).total_seconds())
        for one in readings.stages
        if one.level in _ASLEEP and one.begin >= YEAR_2000
    ]
    scores = [one.score for one in readings.sleep if one.score and one.score <= HIGHEST_SCORE]
    weighings = [
        Weighing(one.at, one.mass_kg, readings.device, one.user) for one in readings.weights if one.at >= YEAR_2000
    ]
    if not (resting or watched or measured or averages or verdicts or stretches or scores or weighings):
        return None
    created_at = readings.created_at
    return NightReadings(
        readings.device,
        None if created_at is None or created_at < YEAR_2000 else created_at,
        readings.utc_offset_s,
        tuple(sorted(resting, key=lambda one: (one.at, one.bpm))[-MOST:]),
        tuple(sorted({one.end: one for one in watched or measured}.values(), key=lambda one: one.end)[-MOST_PARTS:]),
        tuple(sorted(averages, key=lambda one: (one.end, one.rmssd_ms))[-MOST:]),
        tuple(sorted(verdicts, key=lambda one: (one.at, one.status))[-MOST:]),
        tuple(one_sleep_each(stretches)[-MOST:]),
        tuple(scores[-MOST:]),
        tuple(sorted(weighings, key=lambda one: (one.at, one.mass_kg))[-MOST_PARTS:]),
    )


def _dated(measured: Iterable[Measurement]) -> Iterable[Measurement]:
    """Return what was measured by a device that knew the date."""
    return (one for one in measured if one.at >= YEAR_2000)
