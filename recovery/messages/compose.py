"""Which messages does a plan become, and when are they sent?

Advice is what the rules say; a message is what somebody reads on a watch. One first message after the workout, one in
the evening if it was hard, one at readiness; the coach style adds the portions, the end of stretching and the meal.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo
from typing import Literal

from hersteld.parsers.line import Line
from hersteld.parsers.workout import Workout
from hersteld.recovery.advice import Draft, Recovery, Told
from hersteld.recovery.messages.correction import told_by
from hersteld.recovery.messages.first_message import headline, lines_at, readiness, title
from hersteld.recovery.messages.quiet_hours import QuietHours
from hersteld.recovery.messages.readiness import said_readiness
from hersteld.recovery.rules import Rules

Style = Literal["brief", "coach"]

# What is no reason to send a message by itself.
_NOTHING_TO_DO = frozenset(
    {"drink_thirst", "drink_condition", "estimated_from_duration", "estimated_without_ftp", "file_damaged"}
)
_NEWS = frozenset({"too_soon", "consecutive_days"})
# What stays however long a message gets; of the rest, these go first.
_INDISPENSABLE = frozenset({"headline", "red_flags", "disclaimer"})
_DISPENSABLE = (
    "estimated_from_duration",
    "estimated_without_ftp",
    "omega3",
    "omega3_fish",
    "omega3_nuts",
    "omega3_berries",
    "started_too_soon",
    "no_warmup",
    "no_cooldown",
    "drink_thirst",
    "cold_bath",
)


def compose(
    recovery: Recovery,
    workout: Workout,
    rules: Rules,
    *,
    style: Style,
    quiet_hours: QuietHours | None,
    zone: tzinfo,
    now: datetime,
    first_ever: bool,
    with_first: bool = True,
) -> tuple[Draft, ...]:
    """Return the messages of a plan, in order of sending, for a file that arrived `now`.

    Quiet hours hold a message until they end; one that has expired by then is left out, and so is everything for a
    workout that ended too long ago, or that asks nothing of the athlete. Messages with `unless_sent` stand in for a
    first message that cannot be delivered in time.

    Args:
        quiet_hours: None for none.
        zone: The athlete's time zone.
        now: When the file arrived, aware UTC.
        first_ever: Whether this athlete has never had a message: the first carries the disclaimer.
        with_first: Whether there is a first message, in which lines of later ones may stand; not once a later workout
            was told.
    """
    late = workout.ended_at + timedelta(hours=float(rules.messages.late_h))
    if not workout.has_clock or not recovery.plan or now >= late:
        return ()

    def quietly(moment: datetime) -> datetime:
        return moment if quiet_hours is None else quiet_hours.move_out(moment, zone)

    starts_at = quietly(max(workout.ended_at, now))
    firsts = _first_and_fallbacks(recovery, workout, rules, starts_at, late, zone, first_ever) if with_first else []
    said = {line.id for draft in firsts[:1] for line in draft.lines}
    later = [_evening(recovery, said), *_ready(recovery, zone, rules)]
    if style == "coach":
        later += _coach(recovery, workout, rules, starts_at)
    kept = [
        moved
        for draft in later
        if draft is not None and (moved := _moved(draft, quietly(max(draft.due_at, now)))) is not None
    ]
    if first_ever and not firsts and kept:
        earliest = min(kept, key=lambda draft: draft.due_at)
        kept[kept.index(earliest)] = replace(earliest, lines=(*earliest.lines, Line("disclaimer")))
    return tuple(sorted((*firsts, *kept), key=lambda draft: draft.due_at))


def digest(
    *,
    count: int,
    first_at: datetime,
    last_at: datetime,
    duplicates: int,
    unreadable: int,
    now: datetime,
    first_ever: bool,
    rules: Rules,
    quiet_hours: QuietHours | None = None,
    zone: tzinfo | None = None,
) -> Draft:
    """Return the one message about many workouts at once.

    Args:
        count: Workouts read, the duplicates not among them.
        first_at, last_at: Start of the oldest and newest workout, in the athlete's time zone.
    """
    due_at = now if quiet_hours is None or zone is None else quiet_hours.move_out(now, zone)
    one_year = first_at.year == last_at.year
    id_ = "digest_one" if count == 1 else "digest_one_year" if one_year else "digest"
    lines = [Line(id_, {"count": count, "first_year": first_at.year, "last_year": last_at.year})]
    if last_at - first_at >= timedelta(days=float(rules.rest.history_days)):
        lines.append(Line("digest_baseline"))
    if duplicates:
        lines.append(Line("digest_duplicates" if duplicates > 1 else "digest_duplicates_one", {"count": duplicates}))
    if unreadable:
        lines.append(Line("digest_unreadable" if unreadable > 1 else "digest_unreadable_one", {"count": unreadable}))
    if first_ever:
        lines.append(Line("disclaimer"))
    expires_at = due_at + timedelta(hours=float(rules.messages.digest_expires_h))
    title_id = "title_digest" if count > 1 else "title_digest_one"
    return Draft("digest", due_at, expires_at, Line(title_id, {"count": count}), tuple(lines))


def _first_and_fallbacks(
    recovery: Recovery,
    workout: Workout,
    rules: Rules,
    starts_at: datetime,
    late: datetime,
    zone: tzinfo,
    first_ever: bool,
) -> list[Draft]:
    """Return the first message and what takes its place when it comes later than its lines are true."""
    phases = _phases(recovery, starts_at, late)
    drafts: list[Draft] = []
    for phase, expires_at in enumerate(phases):
        due_at = phases[phase - 1] if phase else starts_at
        first_line = headline(workout, recovery, rules, due_at, zone)
        rest = readiness(recovery, rules, due_at, zone)
        doing = lines_at(recovery, due_at)
        if first_line is None or rest is None:
            return []
        news = not _NEWS.isdisjoint(recovery.assessment.warnings) or any(
            advice.id.startswith("ready") for advice in recovery.plan
        )
        if not news and all(line.id in _NOTHING_TO_DO for line in doing):
            return drafts
        lines = (first_line, *doing, *([Line("disclaimer")] if first_ever else []))
        earlier = tuple(draft.rule for draft in drafts)
        rule = "first" if not phase else f"first_later_{phase}"
        named = title(workout, recovery, rules)
        drafts.append(Draft(rule, due_at, expires_at, named, lines, _optional(lines), earlier, told_by(rest)))
    return drafts


def _phases(recovery: Recovery, starts_at: datetime, late: datetime) -> list[datetime]:
    """Return when what the first message says stops being true, in order, the last time it makes sense at the end.

    Of the drinking timetable the portion that is drunk "now" counts, and its end.
    """
    ends = {
        advice.expires_at
        for advice in recovery.plan
        if advice.key in ("cooldown", "hydration", "stretching", "glycogen") and advice.id != "drink_portion"
    }
    portions = [advice.expires_at for advice in recovery.plan if advice.id == "drink_portion"]
    current = [end for end in portions if end > starts_at]
    return sorted(end for end in {*ends, *current[:1], *portions[-1:], late} if starts_at < end <= late)


def _evening(recovery: Recovery, said: set[str]) -> Draft | None:
    """Return the evening message of a hard workout, unless the first message says it already."""
    avoid = next((advice for advice in recovery.plan if advice.id.startswith("avoid_tonight")), None)
    if avoid is None or not recovery.assessment.hard or any(id_.startswith("avoid_") for id_ in said):
        return None
    omega3 = [advice.line for advice in recovery.plan if advice.key == "omega3"]
    return Draft("evening", avoid.due_at, avoid.expires_at, Line("title_evening"), (avoid.line, *omega3))


def _ready(recovery: Recovery, zone: tzinfo, rules: Rules) -> list[Draft]:
    """Return the message of readiness, at the time the first message named."""
    return [
        Draft(
            "ready",
            said_readiness(advice.due_at, zone, rules),
            advice.expires_at,
            Line("title_ready"),
            (advice.line,),
            told=Told(ready_at=said_readiness(advice.due_at, zone, rules)),
        )
        for advice in recovery.plan
        if advice.id.startswith("ready")
    ]


def _coach(recovery: Recovery, workout: Workout, rules: Rules, starts_at: datetime) -> list[Draft]:
    """Return what the coach adds: each portion after the first, the end of stretching, the meal."""
    drafts = [
        Draft(
            f"portion_{advice.values['portion']}",
            advice.due_at,
            advice.expires_at,
            Line("title_drink", {"volume_ml": advice.values["volume_ml"]}),
            (Line("coach_portion", advice.values),),
        )
        for advice in recovery.plan
        if advice.id == "drink_portion" and advice.due_at > starts_at
    ]
    stretch = next(
        (advice for advice in recovery.plan if advice.id == "stretch" and advice.expires_at > starts_at), None
    )
    if stretch is not None:
        done_at = starts_at + timedelta(minutes=float(rules.stretching.duration_min))
        expires = timedelta(minutes=float(rules.stretching.reminder_expires_min))
        line = Line("coach_stretched", stretch.values)
        drafts.append(Draft("stretched", done_at, done_at + expires, Line("title_stretched"), (line,)))
    meal = next((advice for advice in recovery.plan if advice.key == "glycogen"), None)
    meal_at = workout.ended_at + timedelta(minutes=float(rules.glycogen.reminder_min))
    if meal is not None and meal_at > starts_at:
        drafts.append(Draft("meal", meal_at, meal.expires_at, Line("title_meal"), (meal.line,)))
    return drafts


def _moved(draft: Draft, due_at: datetime) -> Draft | None:
    """Return the draft at its new time, or None when it has expired by then."""
    if due_at >= draft.expires_at:
        return None
    return replace(draft, due_at=due_at, optional=_optional(draft.lines))


def _optional(lines: Iterable[Line]) -> tuple[int, ...]:
    """Return what may be left out: the dispensable by rank, then the rest from the end."""
    ranked = [
        (_DISPENSABLE.index(line.id) if line.id in _DISPENSABLE else len(_DISPENSABLE), -number)
        for number, line in enumerate(lines)
        if line.id not in _INDISPENSABLE
    ]
    return tuple(-number for _, number in sorted(ranked))
