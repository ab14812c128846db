"""Which messages does a plan become, and when are they sent?

Advice is what the rules say; a message is what the athlete reads. There is one first message after the workout, one in
the evening of a hard workout, and one at readiness; the coach style adds reminders.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta, tzinfo
from itertools import pairwise
from typing import Literal

from hersteld.parsers.line import Line
from hersteld.parsers.workout import Workout
from hersteld.recovery.advice import (
    AVOID_ALCOHOL_IDS,
    AVOID_TONIGHT_IDS,
    Recovery,
    is_danger,
)
from hersteld.recovery.messages.brick import changed_lines, drinks_other_volume, has_changed
from hersteld.recovery.messages.coach import reminders
from hersteld.recovery.messages.draft import Draft, MessageKind, ToldReadiness
from hersteld.recovery.messages.drinking import Drunk, ToldPlan, drinks_from, drunk, last_hour
from hersteld.recovery.messages.first_message import headline, lines_at, title
from hersteld.recovery.messages.quiet_hours import QuietHours
from hersteld.recovery.messages.readiness import announced_readiness, end_of_easy_week, readiness, recovery_told_at
from hersteld.recovery.messages.worth import why_silent
from hersteld.recovery.rules import Rules

Style = Literal["brief", "coach"]
_READY_FOR_EASY = frozenset({"ready_long_run", "ready_careful", "ready_minor"})
"""Texts of recovery that do not call the athlete ready for hard training."""

_INDISPENSABLE = frozenset({"headline", "disclaimer"})
"""Texts that stay, however long a message gets, as all those do that warn of a danger."""
_LEFT_OUT_FIRST = (
    "estimated_from_duration",
    "estimated_without_ftp",
    "estimated_beside_heart_rate",
    "omega3",
    "omega3_cooked",
    "omega3_fish",
    "omega3_fish_cooked",
    "omega3_nuts",
    "omega3_berries",
    "started_too_soon",
    "no_warmup",
    "drink_thirst",
    "cold_bath",
    "stretch",
    "stretch_evening",
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
    moves_told: bool = False,
    told_before: ToldPlan | None = None,
    told_same: ToldPlan | None = None,
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
        moves_told: Whether the readiness is another one, by hours, than the athlete was told last.
        told_before: The plan that was told of the first part of the same brick; then only what has changed is told.
        told_same: What was told of this same workout, where that is told again: portions of it are drunk.
    """
    late_at = workout.ended_at + timedelta(hours=float(rules.messages.late_h))
    if not recovery.plan or now >= late_at:
        return ()

    def out_of_quiet_hours(moment: datetime) -> datetime:
        return moment if quiet_hours is None else quiet_hours.move_out(moment, zone)

    def quiet_from(moment: datetime) -> datetime | None:
        return None if quiet_hours is None else quiet_hours.next_start(moment, zone)

    starts_at = out_of_quiet_hours(max(workout.ended_at, now))
    reader = _Reader(
        zone, quiet_from, out_of_quiet_hours, first_ever=first_ever, moves_told=moves_told, told_before=told_before
    )
    before = drunk(told_same or told_before, rules.hydration, quiet_from)
    firsts = _first_and_fallbacks(recovery, workout, rules, starts_at, late_at, reader, before) if with_first else []
    first_ids = {line.id for draft in firsts[:1] for line in draft.lines}
    evening = _evening(recovery, first_ids)
    later = [*evening, *_ready(recovery, zone, rules, quiet_hours)]
    firsts = [_without(evening, draft) if draft.unless_sent else draft for draft in firsts]
    if style == "coach" and (firsts or not with_first):
        # Never below 0: the rules allow no fewer than the first message and these two.
        most = int(rules.messages.coach_most) - len(firsts[:1]) - len(later)
        later += reminders(recovery, workout, rules, starts_at, quiet_from(starts_at), before, most)
    kept = [
        replace(draft, due_at=due_at, optional=_optional(draft.lines))
        for draft in later
        if (due_at := out_of_quiet_hours(max(draft.due_at, now))) < draft.expires_at
    ]
    if first_ever and not firsts and kept:
        earliest = min(kept, key=lambda draft: draft.due_at)
        kept[kept.index(earliest)] = replace(earliest, lines=(*earliest.lines, Line("disclaimer")))
    return tuple(sorted((*firsts, *kept), key=lambda draft: draft.due_at))


@dataclass(frozen=True, slots=True)
class _Reader:
    """Who reads, and what was read before; see `compose`."""

    zone: tzinfo
    quiet_from: Callable[[datetime], datetime | None]
    out_of_quiet_hours: Callable[[datetime], datetime]
    first_ever: bool
    moves_told: bool
    told_before: ToldPlan | None


def _first_and_fallbacks(
    recovery: Recovery,
    workout: Workout,
    rules: Rules,
    starts_at: datetime,
    late_at: datetime,
    reader: _Reader,
    before: Drunk,
) -> list[Draft]:
    """Return the first message, and the messages that stand in for it once its lines are not true any more."""
    zone = reader.zone
    ended_on = workout.ended_at.astimezone(zone).date()
    phases = _phases(recovery, rules, starts_at, late_at, reader, before)
    drafts: list[Draft] = []
    for phase, (due_at, expires_at) in enumerate(phases):
        train_again = readiness(recovery, rules, due_at, zone)
        to_do = lines_at(recovery, rules, due_at, reader.quiet_from(due_at), before, stands_in=phase > 0)
        if (told := reader.told_before) is not None:
            other_volume = drinks_other_volume(told, recovery, starts_at, rules, reader.quiet_from)
            to_do = changed_lines(told.recovery, recovery, to_do, other_volume=other_volume)
            silent = not has_changed(told.recovery, recovery, rules, other_volume=other_volume)
        else:
            silent = bool(
                why_silent(recovery, rules, to_do, first_ever=reader.first_ever, moves_told=reader.moves_told)
            )
        if train_again is None or silent:
            return drafts
        first_line = headline(workout, recovery, rules, train_again)
        lines = (first_line, *to_do, *([Line("disclaimer")] if reader.first_ever else []))
        drafts.append(
            Draft(
                f"first_later_{phase}" if phase else "first",
                MessageKind.FIRST,
                due_at,
                expires_at,
                title(workout, recovery, rules, on_a_later_day=due_at.astimezone(zone).date() > ended_on),
                lines,
                _optional(lines),
                unless_sent=tuple(draft.rule for draft in drafts),
                told=train_again.told,
            )
        )
    return drafts


def _phases(
    recovery: Recovery, rules: Rules, starts_at: datetime, late_at: datetime, reader: _Reader, before: Drunk
) -> list[tuple[datetime, datetime]]:
    """Return from when and until when the lines of the first message are the same, in order of time.

    A timetable that begins now is true until its next portion is due; from then on only its volume is told. Shortly
    before the quiet hours a cold bath and large volumes come too late, if they would last until then. What was true of
    an evening is not read in the morning: "tonight" and "tomorrow" end with the day, and nothing is read in the quiet
    hours.
    """
    quiet_from = reader.quiet_from(starts_at)
    timed = [advice for advice in recovery.plan if advice.key in ("cooldown", "hydration", "stretching", "glycogen")]
    drinks = drinks_from(recovery.plan, starts_at, quiet_from, rules.hydration, before)
    ends = {advice.expires_at for advice in recovery.plan if advice.key != "rest" and advice.id != "drink_portion"}
    ends.add(_end_of_day(starts_at, reader.zone))
    if drinks:
        next_portions = [drink.due_at for drink in drinks[1:2]]
        ends.add(min([starts_at + timedelta(minutes=float(rules.hydration.interval_min)), *next_portions]))
        ends.add(min(advice.due_at for advice in timed) + timedelta(hours=float(rules.hydration.expires_h)))
    if quiet_from is not None:
        ends.add(quiet_from)
        before_quiet = {
            "stretching": quiet_from - timedelta(hours=float(rules.stretching.bath_quiet_h)),
            "hydration": quiet_from - last_hour(rules.hydration),
        }
        ends |= {
            before_quiet[advice.key]
            for advice in timed
            if (advice.id == "cold_bath" or "total_ml" in advice.values)
            and before_quiet[advice.key] < advice.expires_at
        }
    in_order = sorted(end for end in {*ends, late_at} if starts_at < end <= late_at)
    phases = [(reader.out_of_quiet_hours(begin), end) for begin, end in pairwise((starts_at, *in_order))]
    return [(begin, end) for begin, end in phases if begin < end]


def _end_of_day(moment: datetime, zone: tzinfo) -> datetime:
    """Return the midnight that ends the local day of a moment."""
    tomorrow = moment.astimezone(zone).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), tzinfo=zone).astimezone(moment.tzinfo)


def _without(evening: Sequence[Draft], draft: Draft) -> Draft:
    """Return a message that stands in for the first one, without what the evening message says beside it."""
    said = {line.id for other in evening if other.due_at < draft.expires_at for line in other.lines}
    lines = tuple(line for line in draft.lines if line.id not in said)
    return replace(draft, lines=lines, optional=_optional(lines))


def _evening(recovery: Recovery, first_ids: Collection[str]) -> list[Draft]:
    """Return the evening message of a hard workout, unless the first message says it already.

    Args:
        first_ids: The texts of the first message.
    """
    if not AVOID_ALCOHOL_IDS.isdisjoint(first_ids):
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


def _ready(recovery: Recovery, zone: tzinfo, rules: Rules, quiet_hours: QuietHours | None) -> list[Draft]:
    """Return the message of readiness, at the time that the first message named, or in the morning after it."""
    advice = recovery.ready_advice
    if advice is None:
        return []
    ready_at = announced_readiness(advice.due_at, zone, rules)
    due_at = recovery_told_at(ready_at, zone, rules, quiet_hours)
    # What was moved stays news for as long as it would have been.
    expires_at = advice.expires_at + max(timedelta(0), due_at - advice.due_at)
    told = ToldReadiness(easy_from=ready_at) if advice.id in _READY_FOR_EASY else ToldReadiness(ready_at=ready_at)
    if advice.id == "ready_long_run":
        told = ToldReadiness(easy_from=ready_at, ready_at=end_of_easy_week(recovery, zone, rules))
    return [Draft("ready", MessageKind.READY, due_at, expires_at, Line("title_ready"), (advice.line,), told=told)]


def _optional(lines: Iterable[Line]) -> tuple[int, ...]:
    """Return the indexes of the lines that may be left out: those that go first, then the others from the end."""
    ranked = [
        (_LEFT_OUT_FIRST.index(line.id) if line.id in _LEFT_OUT_FIRST else len(_LEFT_OUT_FIRST), -index)
        for index, line in enumerate(lines)
        if line.id not in _INDISPENSABLE and not is_danger(line.id)
    ]
    return tuple(-negative_index for _, negative_index in sorted(ranked))
