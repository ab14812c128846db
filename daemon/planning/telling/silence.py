"""Why does a workout bring no message of its own? The log says so."""

from datetime import datetime, timedelta, tzinfo

from hersteld.config.settings import Settings
from hersteld.parsers.line import Line


def why_no_message(
    workout_id: int, ended_at: datetime, arrived_at: datetime, zone: tzinfo, settings: Settings, *, was_part_told: bool
) -> Line:
    """Return what the log says of a workout without a first message.

    Args:
        ended_at: When the workout ended, aware UTC.
        arrived_at: When it is taken to have come in, aware UTC.
        zone: The athlete's time zone.
        was_part_told: Whether an earlier part of the same brick was told.
    """
    hours, quiet_hours = settings.rules.messages.late_h, settings.notify.quiet_hours
    late_at = ended_at + timedelta(hours=float(hours))
    read_at = arrived_at if quiet_hours is None else quiet_hours.move_out(max(ended_at, arrived_at), zone)
    if arrived_at >= late_at:
        return Line("planning.too_late", {"workout": workout_id, "hours": hours})
    if read_at >= late_at:
        return Line("planning.too_late_after_quiet_hours", {"workout": workout_id, "hours": hours})
    return Line("planning.part_adds_nothing" if was_part_told else "planning.nothing_new", {"workout": workout_id})
