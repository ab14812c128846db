"""Which messages does a plan become, and when are they sent?

Advice is what the rules say; a message is what the athlete reads. There is one first message after the workout, one in
the evening of a hard workout, and one at readiness; the coach style adds reminders.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo
from typing import Literal

from hersteld.parsers.line import Line
from hersteld.parsers.workout import Workout
from hersteld.recovery.advice import AVOID_IDS, AVOID_TONIGHT_IDS, Draft, MessageKind, Recovery, ToldReadiness
from hersteld.recovery.messages.coach import reminders
from hersteld.recovery.messages.first_message import headline, lines_at, title
from hersteld.recovery.messages.quiet_hours import QuietHours
from hersteld.recovery.messages.readiness import announced_readiness, readiness
from hersteld.recovery.rules import Rules

Style = Literal["brief", "coach"]

_NO_REASON_FOR_A_MESSAGE = frozenset(
    {"drink_thirst", "drink_condition", "estimated_from_duration", "estimated_without_ftp", "file_damaged"}
)
"""Texts that stand in a first message but are no reason to send one."""
_NEWS = frozenset({"too_soon", "consecutive_days"})
"""Warnings that are a reason to send a first message."""
_INDISPENSABLE = frozenset({"headline", "red_flags", "disclaimer"})
"""Texts that stay, however long a message gets."""
_LEFT_OUT_FIRST = (
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
"""Texts that go first when a message gets too long, in this order."""


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
    """Return the messages of a plan in order of sending, for a file that arrived now.

    Quiet hours hold a message until they end, and a message that has expired by then is left out. A workout that ended
    too long ago, or that asks nothing of the athlete, leads to no message. A message with `unless_sent` stands in for a
    first message that cannot be delivered in time.

    Args:
        quiet_hours: None to send at any hour.
        zone: The athlete's time zone.
        now: When the file arrived, aware UTC.
        first_ever: Whether this athlete has never had a message: then the first one carries the disclaimer.
        with_first: Whether there is a first message. There is none once the athlete was told of a later workout; its
            lines then stand in no message, so the evening message is sent in any case.
    """
    late_at = workout.ended_at + timedelta(hours=float(rules.messages.late_h))
    if not workout.has_clock or not recovery.plan or now >= late_at:
        return ()

    def out_of_quiet_hours(moment: datetime) -> datetime:
        return moment if quiet_hours is None else quiet_hours.move_out(moment, zone)

    starts_at = out_of_quiet_hours(max(workout.ended_at, now))
    firsts = _first_and_fallbacks(recovery, workout, rules, starts_at, late_at, zone, first_ever) if with_first else []
    first_ids = {line.id for draft in firsts[:1] for line in draft.lines}
    later = [*_evening(recovery, first_ids), *_ready(recovery, zone, rules)]
    if style == "coach":
        later += reminders(recovery, workout, rules, starts_at)
    kept = [
        replace(draft, due_at=due_at, optional=_optional(draft.lines))
        for draft in later
        if (due_at := out_of_quiet_hours(max(draft.due_at, now))) < draft.expires_at
    ]
    if first_ever and not firsts and kept:
        earliest = min(kept, key=lambda draft: draft.due_at)
        kept[kept.index(earliest)] = replace(earliest, lines=(*earliest.lines, Line("disclaimer")))
    return tuple(sorted((*firsts, *kept), key=lambda draft: draft.due_at))


def _first_and_fallbacks(
    recovery: Recovery,
    workout: Workout,
    rules: Rules,
    starts_at: datetime,
    late_at: datetime,
    zone: tzinfo,
    first_ever: bool,
) -> list[Draft]:
    """Return the first message, and the messages that stand in for it once its lines are not true any more."""
    news = not _NEWS.isdisjoint(recovery.assessment.warnings) or recovery.ready_advice is not None
    phases = _phases(recovery, starts_at, late_at)
    drafts: list[Draft] = []
    for phase, expires_at in enumerate(phases):
        due_at = phases[phase - 1] if phase else starts_at
        first_line = headline(workout, recovery, rules, due_at, zone)
        train_again = readiness(recovery, rules, due_at, zone)
        to_do = lines_at(recovery, due_at)
        worth_a_message = news or any(line.id not in _NO_REASON_FOR_A_MESSAGE for line in to_do)
        if first_line is None or train_again is None or not worth_a_message:
            return drafts
        lines = (first_line, *to_do, *([Line("disclaimer")] if first_ever else []))
        drafts.append(
            Draft(
                f"first_later_{phase}" if phase else "first",
                MessageKind.FIRST,
                due_at,
                expires_at,
                title(workout, recovery),
                lines,
                _optional(lines),
                unless_sent=tuple(draft.rule for draft in drafts),
                told=train_again.told,
            )
        )
    return drafts


def _phases(recovery: Recovery, starts_at: datetime, late_at: datetime) -> list[datetime]:
    """Return when the lines of the first message stop being true, in order; the end of all lines comes last.

    Of the drinking timetable two ends count: that of the portion to drink now, and that of the last portion.
    """
    ends = {
        advice.expires_at
        for advice in recovery.plan
        if advice.key in ("cooldown", "hydration", "stretching", "glycogen") and advice.id != "drink_portion"
    }
    portion_ends = [advice.expires_at for advice in recovery.plan if advice.id == "drink_portion"]
    current_end = [end for end in portion_ends if end > starts_at][:1]
    return sorted(end for end in {*ends, *current_end, *portion_ends[-1:], late_at} if starts_at < end <= late_at)


def _evening(recovery: Recovery, first_ids: Collection[str]) -> list[Draft]:
    """Return the evening message of a hard workout, unless the first message says it already.

    Args:
        first_ids: The texts of the first message.
    """
    if not recovery.assessment.hard or not AVOID_IDS.isdisjoint(first_ids):
        return []
    omega3 = [advice.line for advice in recovery.plan if advice.key == "omega3"]
    return [
        Draft(
            "evening",
            MessageKind.EVENING,
            advice.due_at,
            advice.expires_at,
            Line("title_evening"),
            (advice.line, *omega3),
        )
        for advice in recovery.plan
        if advice.id in AVOID_TONIGHT_IDS
    ]


def _ready(recovery: Recovery, zone: tzinfo, rules: Rules) -> list[Draft]:
    """Return the message of readiness, at the time that the first message named."""
    advice = recovery.ready_advice
    if advice is None:
        return []
    ready_at = announced_readiness(advice.due_at, zone, rules)
    told = ToldReadiness(ready_at=ready_at)
    title_line = Line("title_ready")
    return [Draft("ready", MessageKind.READY, ready_at, advice.expires_at, title_line, (advice.line,), told=told)]


def _optional(lines: Iterable[Line]) -> tuple[int, ...]:
    """Return the indexes of the lines that may be left out: those that go first, then the others from the end."""
    ranked = [
        (_LEFT_OUT_FIRST.index(line.id) if line.id in _LEFT_OUT_FIRST else len(_LEFT_OUT_FIRST), -index)
        for index, line in enumerate(lines)
        if line.id not in _INDISPENSABLE
    ]
    return tuple(-negative_index for _, negative_index in sorted(ranked))
