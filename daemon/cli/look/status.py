"""`hersteld status`: am I ready, what will I be told, and what went wrong?"""

import os
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import click

from hersteld.config.settings import Settings
from hersteld.daemon.cli.options import in_language, json_option, language_option, read_settings, settings_options
from hersteld.daemon.cli.printing.service_text import service_lines
from hersteld.daemon.cli.printing.terminal import print_json, print_table, say
from hersteld.daemon.cli.readiness import readiness_said
from hersteld.daemon.outbox.rows import OutboxRow
from hersteld.daemon.store.left_out import left_out_line
from hersteld.daemon.store.summaries import StoredWorkout
from hersteld.daemon.system.clock import SystemClock
from hersteld.daemon.system.paths import database_path
from hersteld.daemon.views.status import RECENT_DAYS, HowThingsStand, how_things_stand, status_json
from hersteld.daemon.views.workout_title import what_it_was
from hersteld.daemon.words.learned import lesson_said
from hersteld.daemon.words.nights import moved_line
from hersteld.daemon.words.voice import Voice
from hersteld.parsers.line import Line
from hersteld.recovery.athlete.caution import may_train_hard
from hersteld.recovery.messages.draft import MessageKind
from hersteld.recovery.messages.readiness import announced_readiness

_MOST_ROWS = 20
_MOST_UNREAD = 5
"""Files that could not be read are old news soon: the newest few, and how many more, do."""
_REFUTED = {"max_hr": "status_refuted_max_hr", "ftp_w": "status_refuted_ftp_w"}
_DAYS_PER_WEEK = 7


@click.command()
@click.option("--all", "with_all", is_flag=True)
@json_option
@language_option
@settings_options
def status(
    language: str | None, config_file: Path | None, assignments: tuple[str, ...], *, with_all: bool, as_json: bool
) -> None:
    """Print when you are ready, what is due, and what went wrong.

    It also tells whether the service is running and does its work. Failures are those of the last two weeks.
    """
    configured = read_settings(config_file, assignments)
    settings = in_language(configured, language)
    clock = SystemClock()
    stand = how_things_stand(database_path(os.environ), settings, clock.now())
    if as_json:
        print_json(status_json(stand))
    else:
        most = None if with_all else _MOST_ROWS
        in_another = settings.notify.language != configured.notify.language
        _print_status(Voice(settings.notify, clock.zone()), settings, stand, most, in_another_language=in_another)


def _print_status(
    voice: Voice, settings: Settings, stand: HowThingsStand, most: int | None, *, in_another_language: bool = False
) -> None:
    """Print how things stand.

    Args:
        in_another_language: Whether messages are sent in another language than this is printed in.
    """
    last = stand.last
    if stand.pause is not None:
        say(voice.line(stand.pause.line(voice.zone)), bold=True)
    if last is None:
        say(voice.say("status_none"))
    else:
        say(
            readiness_said(voice, settings, last, stand.now, stand.rest_day_until, adult=stand.adult),
            bold=stand.pause is None,
        )
        for line in _night(voice, settings, last, stand):
            say(line)
        for at in _told_in_the_morning(voice, settings, last, stand):
            say(voice.say("ready_told_later", at=at))
        what, date = what_it_was(last, voice), f"{last.ended_at.astimezone(voice.zone):%Y-%m-%d}"
        say(voice.say("status_last", what=what, date=date, ended_at=last.ended_at, load=round(last.load)))
    for line, is_good in service_lines(voice, stand):
        say(line, fg=None if is_good else "yellow")
    if stand.clock_behind and stand.service.trouble != "clock_wrong":
        say(voice.say("status_clock"), fg="yellow")
    if stand.has_other_settings:
        say(voice.say("status_other_settings"), fg="yellow")
    elif stand.to_assess:
        say(voice.say("status_to_assess_one" if stand.to_assess == 1 else "status_to_assess", count=stand.to_assess))
    for line in refuted_lines(voice, stand):
        say(line, fg="yellow")
    if stand.to_tell and stand.daemon is None:
        say(voice.say("status_to_tell_one" if stand.to_tell == 1 else "status_to_tell", count=stand.to_tell))
    for lesson in stand.learned:
        say(lesson_said(lesson, voice))
    say()
    if stand.due:
        say(voice.say("status_due"), bold=True)
        _print_rows(voice, stand.due, most)
    else:
        say(voice.say("status_nothing_due"))
    for id_, rows in (
        ("status_failed", stand.failed),
        ("status_doubtful", stand.unknown),
        ("status_expired", stand.expired),
    ):
        if rows:
            say()
            say(voice.say(id_, days=RECENT_DAYS), bold=True)
            _print_rows(voice, rows, most)
    if in_another_language and (stand.due or stand.failed or stand.unknown or stand.expired):
        say()
        say(voice.say("status_as_sent"))
    _print_files(voice, stand, most)


def refuted_lines(voice: Voice, stand: HowThingsStand) -> list[str]:
    """Return which settings are refuted, and when: from a week ago on a weekday alone would not tell."""
    today = stand.now.astimezone(voice.zone).date()
    lines = []
    for one in stand.refuted:
        days = (today - one.at.astimezone(voice.zone).date()).days
        if days == 0:
            on = Line("commands.on_this_day")
        else:
            on = Line("commands.on_weekday" if days < _DAYS_PER_WEEK else "commands.on_weekday_of", {"at": one.at})
        lines.append(voice.say(_REFUTED[one.key], configured=one.configured, shown=one.shown, on=(on,)))
    return lines


def _print_files(voice: Voice, stand: HowThingsStand, most: int | None) -> None:
    """Print what the history lacks: what is left out, what waits, and what could not be read."""
    if stand.left_out.activities:
        say()
        say(f"{voice.line(left_out_line(stand.left_out))}.", fg="yellow")
    set_aside = {file.path: file.reason for file in stand.set_aside}
    waiting = [(path, _why_waiting(voice, stand, path)) for path in stand.held_up if path not in set_aside]
    if waiting:
        say()
        say(voice.say("status_held_up"), bold=True)
        _print_table(voice, waiting, ("file", "reason"), most)
    if set_aside:
        say()
        say(voice.say("status_set_aside"), bold=True)
        left = [(path, voice.line(reason)) for path, reason in set_aside.items()]
        _print_table(voice, left, ("file", "reason"), most)
    if stand.unread:
        say()
        say(voice.say("status_unread", days=RECENT_DAYS), bold=True)
        files = [(_moment(voice, row.seen_at), row.path, _reason(voice, row.reason)) for row in stand.unread]
        _print_table(voice, files, ("when", "file", "reason"), most and _MOST_UNREAD)


def _why_waiting(voice: Voice, stand: HowThingsStand, path: str) -> str:
    file, reason = stand.doubtful.get(path), stand.held_up[path]
    if file is not None and file.try_at > stand.now:
        return voice.say("status_tried_again", reason=voice.line(file.reason), at=file.try_at)
    return voice.line(reason) if reason else voice.say("status_unsettled")


def _night(voice: Voice, settings: Settings, last: StoredWorkout, stand: HowThingsStand) -> list[str]:
    """Return what the night that moved the readiness shows, while that makes a difference to who may train hard."""
    night = stand.night
    if night is None or last.ready_at is None or not may_train_hard(settings.athlete.conditions, adult=stand.adult):
        return []
    by_clocks = last.ready_at - timedelta(hours=min(0.0, night.hours))
    return [voice.line(moved_line(night))] if stand.now < by_clocks else []


def _told_in_the_morning(
    voice: Voice, settings: Settings, last: StoredWorkout, stand: HowThingsStand
) -> list[datetime]:
    """Return when the word of recovery comes, where that is in the morning after the evening of readiness."""
    if last.ready_at is None:
        return []
    ready_on = announced_readiness(last.ready_at, voice.zone, settings.rules).astimezone(voice.zone).date()
    due = sorted({row.due_at for row in stand.due if row.kind is MessageKind.READY})
    return [at for at in due[:1] if at.astimezone(voice.zone).date() > ready_on]


def _print_rows(voice: Voice, rows: Sequence[OutboxRow], most: int | None) -> None:
    """Print messages, one line for all targets in the same state."""
    together: defaultdict[tuple[datetime, str, str], list[str]] = defaultdict(list)
    for row in rows:
        together[row.due_at, row.title, _state(voice, row)].append(row.target)
    lines = [
        (_moment(voice, due_at), title, ", ".join(targets), state)
        for (due_at, title, state), targets in together.items()
    ]
    _print_table(voice, lines, ("when", "message", "target", "state"), most)


def _print_table(voice: Voice, rows: Sequence[Sequence[str]], names: Sequence[str], most: int | None) -> None:
    """Print rows, and how many more there are than so many."""
    print_table(rows[:most], [voice.say(f"status_{name}") for name in names], key_columns=min(2, len(names) - 1))
    if most is not None and len(rows) > most:
        say(voice.say("status_more", count=len(rows) - most))


def _state(voice: Voice, row: OutboxRow) -> str:
    reason = _reason(voice, row.reason)
    if row.state == "failed":
        return voice.say("status_gave_up", reason=reason)
    if row.state == "unknown":
        return voice.say("status_once_more" if row.waits else "status_not_known", reason=reason, try_at=row.try_at)
    if row.state == "expired":
        return voice.say("status_not_sent")
    if row.state == "pending" and row.attempts:
        return voice.say("status_failing", attempts=row.attempts, reason=reason, try_at=row.try_at)
    return voice.say("status_sending" if row.state == "sending" else "status_pending")


def _reason(voice: Voice, reason: Line | None) -> str:
    return voice.line(reason) if reason else ""


def _moment(voice: Voice, moment: datetime) -> str:
    return f"{moment.astimezone(voice.zone):%Y-%m-%d %H:%M}"
