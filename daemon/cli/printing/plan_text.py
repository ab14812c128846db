"""How does a plan read on a terminal?"""

import shutil
import sys
import textwrap
from collections.abc import Sequence
from datetime import datetime, timedelta

from hersteld.daemon.cli.printing.nights_table import print_nights
from hersteld.daemon.cli.printing.terminal import say
from hersteld.daemon.system.clock import SystemClock
from hersteld.daemon.views.plan_file import PlannedFile, PlannedMessage
from hersteld.daemon.words.span import span
from hersteld.daemon.words.voice import Voice
from hersteld.parsers.line import Line
from hersteld.parsers.workout import Workout
from hersteld.recovery.advice import Advice, Recovery
from hersteld.recovery.load.believable import believable
from hersteld.recovery.load.left_running import as_told
from hersteld.recovery.messages.draft import MessageKind
from hersteld.recovery.messages.first_message import headline, lines_at, title
from hersteld.recovery.messages.readiness import announced_readiness, readiness
from hersteld.recovery.nights.record import Weighing
from hersteld.recovery.rules import Rules

_INDENT = "  "
_IN_THE_EVENING = ("avoid", "omega3")
"""Keys that have a message of their own later in the day, or are said at once."""
_CLOCKS_DIFFER = timedelta(minutes=5)
"""So far ahead of ours a clock may be without a word."""


def print_planned(planned: PlannedFile, rules: Rules, voice: Voice, now: datetime | None) -> None:
    """Print one file: what it is, how hard it was, and what to do in order of time."""
    workout, recovery = planned.workout, planned.recovery
    if workout is None or recovery is None:
        reason = voice.line(planned.reason) if planned.reason else ""
        is_measured = planned.status in ("night", "scale")
        say(f"{planned.path}: {voice.say(f'plan_{planned.status}')}. {reason}", fg=None if is_measured else "yellow")
        if planned.nights:
            print_nights(planned.nights, voice)
        for one in planned.weighings:
            say(_INDENT + _weighing(one, voice))
        say()
        return
    at = now or workout.ended_at
    say(planned.path, bold=True)
    print_workout(workout, recovery, rules, voice)
    if now is None and workout.has_clock and workout.ended_at - SystemClock().now() > _CLOCKS_DIFFER:
        _print_wrapped("", voice.say("plan_ahead"), fg="yellow")
    say()
    if workout.has_clock:
        _print_plan(workout, recovery, planned.messages, rules, voice, at)
    else:
        for text in (voice.say("plan_undated"), *_at_once(workout, recovery, rules, voice, at)):
            _print_wrapped("", text)
    say()
    _print_wrapped("", voice.say("plan_alone"), dim=True)
    if not planned.messages:
        say(_INDENT + voice.say("plan_no_messages"), dim=True)
    else:
        sent = " · ".join(f"{_when(voice, message.due_at)} {message.title}" for message in planned.messages)
        _print_wrapped(f"{voice.say('plan_messages')}: ", sent, dim=True)
    say()


def _weighing(weighing: Weighing, voice: Voice) -> str:
    day = weighing.at.astimezone(voice.zone).date().isoformat()
    if weighing.user is None:
        return voice.say("plan_weighing", day=day, at=weighing.at, mass_kg=weighing.mass_kg)
    return voice.say("plan_weighing_of", day=day, at=weighing.at, mass_kg=weighing.mass_kg, user=weighing.user)


def print_workout(workout: Workout, recovery: Recovery, rules: Rules, voice: Voice) -> None:
    """Print what a workout was, in three lines."""
    workout = as_told(workout, recovery, rules.load)
    if recovery.physiology is not None:
        workout = believable(workout, recovery.physiology, rules.load)
    say(_INDENT + voice.line(title(workout, recovery, rules)), fg="green", bold=True)
    say(_INDENT + " · ".join(_facts(workout, voice)))
    load, assessment = recovery.load, recovery.assessment
    verdict = [
        voice.say("plan_load", load=round(load.value), rung=load.rung, grade=load.grade),
        voice.say("plan_intensity", intensity=assessment.intensity),
    ]
    if assessment.ready_at is not None and assessment.next_training_on is None:
        verdict.append(voice.say("plan_rest", hours=round(assessment.recovery_h)))
    say(_INDENT + " · ".join(verdict))


def _facts(workout: Workout, voice: Voice) -> list[str]:
    has_clock = workout.has_clock
    facts = [span(workout.started_at, workout.ended_at, voice) if has_clock else voice.say("plan_no_clock")]
    if workout.distance_m:
        facts.append(voice.say("distance", distance_m=workout.distance_m))
    if workout.avg_hr_bpm:
        average = f"{workout.avg_hr_bpm:.0f}"
        if workout.max_hr_bpm:
            facts.append(voice.say("plan_heart_rates", average=average, highest=f"{workout.max_hr_bpm:.0f}"))
        else:
            facts.append(voice.say("plan_heart_rate", average=average))
    if workout.avg_power_w:
        facts.append(voice.say("plan_power", watts=f"{workout.avg_power_w:.0f}"))
    if workout.kcal:
        facts.append(voice.say("plan_energy", kcal=f"{workout.kcal:.0f}"))
    if workout.device:
        facts.append(workout.device)
    return facts


def _print_plan(
    workout: Workout,
    recovery: Recovery,
    messages: Sequence[PlannedMessage],
    rules: Rules,
    voice: Voice,
    at: datetime,
) -> None:
    """Print what to do, in order of time."""
    timed = [(at, text) for text in _at_once(workout, recovery, rules, voice, at, messages)]
    evening = [message for message in messages if message.kind is MessageKind.EVENING]
    timed += [(message.due_at, voice.line(line)) for message in evening for line in message.lines]
    later = _later(recovery, at)
    timed += [(_due_at(one, rules, voice), voice.line(one.line)) for one in later if one.key not in _IN_THE_EVENING]
    if not timed:
        say(_INDENT + voice.say("plan_nothing"))
    _print_timed(sorted(timed, key=lambda one: one[0]), voice)
    if "experience_assumed" in recovery.assessment.warnings:
        _print_wrapped("", voice.say("plan_beginner"))


def _at_once(
    workout: Workout,
    recovery: Recovery,
    rules: Rules,
    voice: Voice,
    at: datetime,
    messages: Sequence[PlannedMessage] = (),
) -> list[str]:
    """Return how hard it was and what can be done at this moment; a sentence the user emptied is none.

    A message that is sent at this moment says exactly that.
    """
    sent = next((one for one in messages if one.kind is MessageKind.FIRST and one.due_at == at), None)
    if sent is None:
        train_again = readiness(recovery, rules, at, voice.zone)
        first = [headline(workout, recovery, rules, train_again)] if train_again else []
        lines = [*first, *lines_at(recovery, rules, at, None)]
    else:
        lines = list(sent.lines)
    if workout.is_cut_off:
        lines = [Line("commands.plan_cut_off") if line.id == "file_damaged" else line for line in lines]
    return [text for text in map(voice.line, lines) if text]


def _later(recovery: Recovery, at: datetime) -> list[Advice]:
    """Return what comes later and is not said yet: of each key the first, and readiness."""
    said = {advice.key for advice in recovery.plan if advice.due_at <= at} | {"rest"}
    later: list[Advice] = []
    for advice in sorted(recovery.plan, key=lambda one: one.due_at):
        if advice.due_at > at and (advice.key not in said or advice.is_readiness):
            said.add(advice.key)
            later.append(advice)
    return later


def _due_at(advice: Advice, rules: Rules, voice: Voice) -> datetime:
    """Return when an advice is said; readiness at the time the first line names."""
    return announced_readiness(advice.due_at, voice.zone, rules) if advice.is_readiness else advice.due_at


def _print_timed(timed: list[tuple[datetime, str]], voice: Voice) -> None:
    """Print texts under their moments, each moment once."""
    before = ""
    for moment, text in timed:
        when = _when(voice, moment)
        _print_wrapped(f"{when if when != before else '':<11}", text)
        before = when


def _print_wrapped(start: str, text: str, *, dim: bool = False, fg: str | None = None) -> None:
    """Print a text behind its start, its further lines below its first; a pipe gets it whole."""
    if not sys.stdout.isatty():
        say(_INDENT + start + text, fg=fg)
        return
    width = max(40, min(120, shutil.get_terminal_size().columns))
    indent = " " * (len(_INDENT) + len(start))
    for line in textwrap.wrap(text, width, initial_indent=_INDENT + start, subsequent_indent=indent):
        say(line, fg=fg, **({"dim": True} if dim else {}))


def _when(voice: Voice, moment: datetime) -> str:
    return voice.say("when", at=moment)
