"""What did a made-up athlete do in the weeks before, so that hersteld knows what is usual for them?

Only what a watch sums up of each workout is written, as an old export has it: that is little, and quickly read.
"""

import math
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from hersteld.daemon.demo.nights import nights_file, usual_night
from hersteld.parsers.writing.fit_writer import FitWriter, Value

WEEKS = 9
"""So many that there are sixty nights to compare the next one with."""
_USUAL = (
    (1, time(18, 30), "running", 45, 141, 2.8),
    (3, time(18, 30), "running", 50, 146, 2.9),
    (5, time(9, 30), "cycling", 90, 132, 7.6),
    (6, time(10, 0), "running", 70, 138, 2.7),
)
"""Weekday, start, sport, minutes, mean heart rate and mean speed."""


def weeks_before(monday: date, zone: tzinfo, weeks: int = WEEKS) -> Iterator[tuple[str, bytes]]:
    """Yield name and bytes of each file of the weeks before a Monday: workouts, and one with all nights."""
    first = monday - timedelta(weeks=weeks)
    for week in range(weeks):
        share = 1 + 0.12 * math.sin(1.9 * week)
        for weekday, at, sport, minutes, bpm, speed_mps in _USUAL:
            day = first + timedelta(weeks=week, days=weekday)
            started_at = datetime.combine(day, at, tzinfo=zone)
            content = _summed_up(started_at, sport, round(60 * minutes * share), bpm, speed_mps)
            yield f"{started_at:%Y-%m-%d-%H%M}-{sport}.fit", content
    nights = [usual_night(first + timedelta(days=back)) for back in range(7 * weeks)]
    yield f"{first:%Y-%m-%d}-nights.fit", nights_file(nights, zone)


def _summed_up(started_at: datetime, sport: str, seconds: int, bpm: int, speed_mps: float) -> bytes:
    started_at = started_at.astimezone(UTC)
    ended_at = started_at + timedelta(seconds=seconds)
    writer = FitWriter()
    writer.message(
        "file_id",
        {
            "type": "activity",
            "manufacturer": "development",
            "product": 1,
            "serial_number": 1,
            "time_created": started_at,
        },
    )
    summary: dict[str, Value] = {
        "timestamp": ended_at,
        "start_time": started_at,
        "event": "session",
        "event_type": "stop",
        "message_index": 0,
        "sport": sport,
        "sub_sport": "generic",
        "total_timer_time": seconds,
        "total_elapsed_time": seconds,
        "total_distance": speed_mps * seconds,
        "avg_heart_rate": bpm,
        "max_heart_rate": bpm + 14,
        "first_lap_index": 0,
        "num_laps": 0,
        "trigger": "activity_end",
    }
    writer.message("session", summary)
    closing: dict[str, Value] = {
        "timestamp": ended_at,
        "total_timer_time": seconds,
        "num_sessions": 1,
        "type": "manual",
    }
    writer.message("activity", {**closing, "event": "activity", "event_type": "stop"})
    return writer.finish()
