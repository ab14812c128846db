"""Which one message stands for many workouts that came in at once?"""

from datetime import datetime, timedelta, tzinfo

from hersteld.parsers.line import Line
from hersteld.recovery.messages.draft import Draft, MessageKind
from hersteld.recovery.messages.quiet_hours import QuietHours
from hersteld.recovery.rules import Rules


def digest(
    *,
    count: int,
    first_at: datetime,
    last_at: datetime,
    duplicates: int,
    unreadable: int,
    left_out: int,
    now: datetime,
    first_ever: bool,
    rules: Rules,
    recent: int,
    quiet_hours: QuietHours | None = None,
    zone: tzinfo | None = None,
) -> Draft:
    """Return the one message about many workouts at once.

    Args:
        count: Workouts that were read, 1 or more; the duplicates are not among them.
        first_at, last_at: Start of the oldest and of the newest workout, in the athlete's time zone.
        duplicates: Recordings of workouts that were known already, 0 or more.
        unreadable: Files that could not be read, 0 or more.
        recent: How many workouts are known of the last weeks (`rest.history_days`): fewer make no trend.
        left_out: Activities in a format that is not read, 0 or more; the history may lack them, so it is no baseline.
        now: Aware UTC.
        first_ever: Whether this athlete has never had a message: then it carries the disclaimer.
        quiet_hours: The message waits for their end; None to send it at any hour.
        zone: The athlete's time zone, in which the quiet hours hold.
    """
    due_at = now if quiet_hours is None or zone is None else quiet_hours.move_out(now, zone)
    one_year = first_at.year == last_at.year
    text_id = "digest_one" if count == 1 else "digest_one_year" if one_year else "digest"
    lines = [Line(text_id, {"count": count, "first_year": first_at.year, "last_year": last_at.year})]
    spans = not left_out and last_at - first_at >= timedelta(days=float(rules.rest.history_days))
    if spans and recent >= rules.rest.busy_week_workouts:
        lines.append(Line("digest_baseline"))
    if duplicates:
        lines.append(Line("digest_duplicates" if duplicates > 1 else "digest_duplicates_one", {"count": duplicates}))
    if unreadable:
        lines.append(Line("digest_unreadable" if unreadable > 1 else "digest_unreadable_one", {"count": unreadable}))
    if left_out:
        lines.append(Line("digest_left_out" if left_out > 1 else "digest_left_out_one", {"count": left_out}))
    if first_ever:
        lines.append(Line("disclaimer"))
    expires_at = due_at + timedelta(hours=float(rules.messages.digest_expires_h))
    title = Line("title_digest" if count > 1 else "title_digest_one", {"count": count})
    return Draft("digest", MessageKind.DIGEST, due_at, expires_at, title, tuple(lines))
