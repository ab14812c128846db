"""`hersteld explain`: why this advice?"""

import os
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any, Literal

import click

from hersteld.config.settings import Settings
from hersteld.config.texts import speech
from hersteld.daemon.cli.options import (
    BadFile,
    in_language,
    json_option,
    language_option,
    read_settings,
    settings_options,
    workout_number,
)
from hersteld.daemon.cli.printing.answered_print import answered_json, print_answered
from hersteld.daemon.cli.printing.overload_print import overload_json, print_signals
from hersteld.daemon.cli.printing.plan_text import print_workout
from hersteld.daemon.cli.printing.reason_table import print_reasons, reason_rows, with_unit
from hersteld.daemon.cli.printing.terminal import print_json, print_table, say
from hersteld.daemon.database.connection import Store
from hersteld.daemon.system.clock import Clock, SystemClock
from hersteld.daemon.system.paths import database_path
from hersteld.daemon.views.explained import Explained, NoWorkoutError, from_file, from_store
from hersteld.daemon.views.json_values import json_value
from hersteld.daemon.views.plan_json import recovery_json
from hersteld.daemon.views.workout_title import what_it_was
from hersteld.daemon.words.careful_words import rule_text_id
from hersteld.daemon.words.nights import moved_line
from hersteld.daemon.words.voice import Voice
from hersteld.parsers.format.fit_time import YEAR_2000, to_datetime
from hersteld.parsers.line import Line, Value
from hersteld.parsers.workout import Workout
from hersteld.recovery.advice import Assessment, Load, Recovery, Verdict
from hersteld.recovery.athlete.caution import may_train_hard
from hersteld.recovery.athlete.muscles import is_transition
from hersteld.recovery.athlete.sport_families import word_of
from hersteld.recovery.messages.first_message import effort_minutes
from hersteld.recovery.messages.readiness import announced_readiness, readiness, recovery_told_at
from hersteld.recovery.numbers import Reason

_VENDOR_UNITS = {"recovery_min": "min", "sweat_loss_ml": "ml"}


@click.command()
@click.argument("what", required=False, metavar="[WORKOUT|FILE]")
@json_option
@language_option
@settings_options
def explain(
    what: str | None, language: str | None, config_file: Path | None, assignments: tuple[str, ...], *, as_json: bool
) -> None:
    """Print every rule, whether it applied, and its numbers."""
    settings = in_language(read_settings(config_file, assignments), language)
    clock = SystemClock()
    voice = Voice(settings.notify, clock.zone())
    for explained in _find(what, settings, voice, clock):
        if as_json:
            print_json(_explained_json(explained, settings, voice))
        else:
            _print_explained(explained, settings, voice)


def _find(what: str | None, settings: Settings, voice: Voice, clock: Clock) -> Iterator[Explained]:
    number = None if what is None else workout_number(what, "WORKOUT|FILE")
    which: int | Literal["last"] | None = "last" if what == "last" else number
    if what is None or (which is not None and not Path(what).exists()):
        with Store(database_path(os.environ), create=False) as store:
            yield from_store(store, which, settings, clock)
        return
    path = Path(what)
    if not path.is_file():
        raise click.BadParameter(speech.say("help.no_workout_or_file", what=what), param_hint="WORKOUT|FILE")
    try:
        yield from from_file(path, settings, voice.texts, voice.zone)
    except NoWorkoutError as error:
        raise BadFile(str(error)) from error


def _explained_json(explained: Explained, settings: Settings, voice: Voice) -> Any:
    recovery = explained.recovery
    found: dict[str, Any] = json_value(
        {
            "name": explained.name,
            "id": explained.id,
            "brick_after": explained.brick_after,
            "parts": [part.id for part in explained.parts],
            "with_earlier_workouts": explained.id is not None,
            "started_at": explained.workout.started_at,
            "ended_at": explained.workout.ended_at,
            "shift_s": explained.workout.shift_s,
            "athlete": list(explained.physiology.reasons.values()),
            "load_reasons": recovery.load.reasons,
            "assessment_reasons": recovery.assessment.reasons,
            "rules": [
                {
                    **json_value(verdict),
                    **_words(verdict, _text_id(verdict, explained, settings), voice),
                    "left_out": verdict.rule in explained.left_out,
                }
                for verdict in recovery.verdicts
            ],
            "answered": explained.answered and answered_json(explained.answered),
            "overload": explained.overload and overload_json(explained.overload, settings.rules.overload),
            "vendor": explained.workout.vendor,
            "disclaimer": voice.say("disclaimer"),
        }
    )
    return {**found, **recovery_json(recovery, voice.texts, voice.zone)}


def _text_id(verdict: Verdict, explained: Explained, settings: Settings) -> str:
    """Return the id of the text that explains a rule to this athlete."""
    return rule_text_id(verdict.rule, settings.athlete, adult=explained.physiology.adult)


def _words(verdict: Verdict, text_id: str, voice: Voice) -> dict[str, str]:
    return {
        "text": voice.word("rule", text_id),
        "formula": voice.texts.words["formula"].get(text_id, ""),
        "why_not_text": voice.word("why_not", verdict.why_not) if verdict.why_not else "",
    }


def _print_explained(explained: Explained, settings: Settings, voice: Voice) -> None:
    workout, recovery = explained.workout, explained.recovery
    name = explained.name if explained.id is None else voice.say("explain_workout", id=str(explained.id))
    say(name, bold=True)
    print_workout(workout, recovery, settings.rules, voice)
    if workout.shift_s:
        say("  " + voice.say("explain_shifted", ahead_s=-workout.shift_s))
    elif not workout.has_clock and workout.started_at >= to_datetime(YEAR_2000):
        say("  " + voice.say("explain_dated_ahead"))
    if explained.id is None:
        say("  " + voice.say("plan_alone"))
    if explained.brick_after is not None:
        say("  " + voice.say("explain_brick", id=explained.brick_after))
    for part in explained.parts:
        values: dict[str, Value] = {"id": str(part.id), "what": what_it_was(part, voice), "load": round(part.load)}
        say("    " + voice.say("explain_part", **values))
    _section(voice.say("explain_athlete"))
    print_reasons(explained.physiology.reasons.values(), voice)
    if explained.answered is not None:
        _section(voice.say("explain_answered"))
        print_answered(explained.answered, recovery, voice)
    load = recovery.load
    _section(voice.say("explain_load", load=round(load.value), rung=load.rung, grade=load.grade))
    _print_load(workout, load, voice)
    may_train = may_train_hard(settings.athlete.conditions, adult=explained.physiology.adult)
    _section(voice.say("explain_rest" if may_train else "explain_rest_careful", hours=recovery.assessment.recovery_h))
    _print_clocks(recovery.assessment, voice)
    told = readiness(recovery, settings.rules, workout.ended_at, voice.zone)
    if told is not None and recovery.assessment.resting_muscles:
        say("  " + voice.line(told.line))
    if recovery.assessment.night is not None:
        say("  " + voice.line(moved_line(recovery.assessment.night)))
    if (ready := recovery.ready_advice) is not None:
        ready_at = announced_readiness(ready.due_at, voice.zone, settings.rules)
        told_at = recovery_told_at(ready_at, voice.zone, settings.rules, settings.notify.quiet_hours)
        if told_at.astimezone(voice.zone).date() > ready_at.astimezone(voice.zone).date():
            say("  " + voice.say("ready_told_later", at=told_at))
    _print_formula("rest", voice)
    print_reasons(recovery.assessment.reasons, voice)
    _section(voice.say("explain_rules"))
    for verdict in recovery.verdicts:
        text_id = _text_id(verdict, explained, settings)
        _print_verdict(verdict, text_id, explained, voice)
    if explained.overload is not None:
        _section(voice.say("explain_overload", day=explained.overload.day.isoformat()))
        print_signals(explained.overload.signals, settings.rules.overload, voice)
    vendor_numbers = [
        (field.name, value)
        for field in fields(workout.vendor)
        if (value := getattr(workout.vendor, field.name)) is not None
    ]
    if vendor_numbers:
        _section(voice.say("explain_vendor"))
        for name, value in vendor_numbers:
            number = with_unit(voice.say("explain_number", number=value), _VENDOR_UNITS.get(name, "1"), voice)
            say(f"  {voice.word('numbers.vendor', name)}: {number}")
    say()
    say(voice.say("explain_kinds"), dim=True)
    say(voice.say("disclaimer"))


def _section(heading: str) -> None:
    say()
    say(heading, bold=True)


def _print_load(workout: Workout, load: Load, voice: Voice) -> None:
    """Print how the load was found: of several sessions each under its name."""
    of_each: list[list[Reason]] = []
    for reason in load.reasons:
        if not of_each or reason.name == "timer_s":  # with it the reasons of each session begin
            of_each.append([])
        of_each[-1].append(reason)
    if len(of_each) < 2 or not len(of_each) == len(load.sessions) == len(workout.sessions):
        _print_formula(load.rung, voice)
        print_reasons(load.reasons, voice)
        return
    for session, step, reasons in zip(workout.sessions, load.sessions, of_each, strict=True):
        id_ = "explain_change" if is_transition(session) else "explain_session"
        values: dict[str, Value] = {"sport": word_of(session.sport, session.sub_sport), "seconds": session.timer_s}
        say("  " + voice.say(id_, **values, load=round(step.value), rung=step.rung), bold=True)
        _print_formula(step.rung, voice)
        print_reasons(reasons, voice)


def _print_clocks(assessment: Assessment, voice: Voice) -> None:
    """Print which clock decided the rest, and the hours of each that ran; an old assessment has none."""
    if assessment.clock_h and assessment.clocks:
        clocks = assessment.clocks.items()
        lines = tuple(
            Line("commands.explain_clock", {"clock": clock, "hours": hours}) for clock, hours in clocks if hours
        )
        say("  " + voice.say("explain_decided", clock=assessment.decided_by, hours=assessment.clock_h))
        say("  " + voice.say("explain_clocks", clocks=lines))
    if measured := " ".join(filter(None, map(voice.line, effort_minutes(assessment)))):
        say("  " + voice.say("explain_measured", minutes=measured))


def _asked_ml(verdict: Verdict, recovery: Recovery) -> float | None:
    """Return how much a rule asks to drink in all; None for any other rule, and where no volume is named."""
    if verdict.key != "hydration" or not verdict.fired:
        return None
    return recovery.to_drink_ml or None


def _print_verdict(verdict: Verdict, text_id: str, explained: Explained, voice: Voice) -> None:
    """Print a rule in the words of a text; the reasons of the rest stand above already."""
    told_before = explained.recovery.assessment.reasons
    asked_ml = _asked_ml(verdict, explained.recovery)
    if not verdict.fired:
        applied = voice.say("explain_silent", why_not=verdict.why_not)
    elif asked_ml is None:
        applied = voice.say("explain_fired")
    else:
        applied = voice.say("explain_fired_volume", total_ml=asked_ml)
    if verdict.fired and verdict.rule in explained.left_out:
        applied = voice.say("explain_left_out", applied=applied)
    say(f"  {voice.word('rule_name', verdict.rule)}: {applied}", fg="green" if verdict.fired else None)
    say(f"    {voice.word('rule', text_id)}", dim=True)
    if verdict.key != "rest":  # that formula stands above already
        _print_formula(text_id, voice, indent=4)
    if rows := reason_rows((reason for reason in verdict.reasons if reason not in told_before), voice):
        print_table(rows, indent=4)


def _print_formula(rule: str, voice: Voice, *, indent: int = 2) -> None:
    formulas = voice.texts.words["formula"]
    if rule in formulas:
        say(" " * indent + formulas[rule])
