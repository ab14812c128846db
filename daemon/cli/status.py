"""`hersteld status`: am I ready, what will I be told, and what went wrong?"""

import os
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import click

from hersteld.config.settings import Settings
from hersteld.daemon.cli.options import in_language, json_option, language_option, read_settings, settings_options
from hersteld.daemon.cli.phrases import Voice
from hersteld.daemon.cli.terminal import print_json, print_table, say
from hersteld.daemon.cli.workout_words import what_it_was
from hersteld.daemon.clock import SystemClock
from hersteld.daemon.json_values import json_value
from hersteld.daemon.outbox import Outbox, OutboxRow
from hersteld.daemon.paths import database_path
from hersteld.daemon.store import FileRow, Store
from hersteld.daemon.store_workouts import StoredWorkout, Workouts

_ROW = ("target", "rule", "title", "body", "due_at", "expires_at", "state", "attempts", "try_at", "reason")
_FILE = ("path", "sha256", "reason", "seen_at")
_DAYS = 14
_MOST_ROWS = 20


@click.command()
@json_option
@language_option
@settings_options
def status(language: str | None, config_file: Path | None, assignments: tuple[str, ...], *, as_json: bool) -> None:
    """Print when you are ready, what is due, and what went wrong.

    Failures are those of the last two weeks.
    """
    settings = in_language(read_settings(config_file, assignments), language)
    clock = SystemClock()
    now = clock.now()
    since = now - timedelta(days=_DAYS)
    with Store(database_path(os.environ), create=False) as store:
        last = Workouts(store).latest()
        outbox = Outbox(store)
        due = [row for row in outbox.waiting() if not row.unless_sent]
        failed = [row for row in outbox.rows("state = 'failed' ORDER BY due_at, id") if row.changed_at >= since]
        unread = [row for row in store.files("rejected") if row.seen_at >= since]
    if as_json:
        print_json(_status_json(last, due, failed, unread, now))
    else:
        _print_status(Voice(settings.notify, clock.zone()), settings, last, due, failed, unread, now)


def _status_json(
    last: StoredWorkout | None, due: list[OutboxRow], failed: list[OutboxRow], unread: list[FileRow], now: datetime
) -> Any:
    ready_at, easy_from = (last.ready_at, last.easy_from) if last else (None, None)
    return json_value(
        {
            "now": now,
            "ready": None if ready_at is None else ready_at <= now,
            "easy_from": easy_from,
            "ready_at": ready_at,
            "last_workout": last,
            "due": [{name: getattr(row, name) for name in _ROW} for row in due],
            "failed": [{name: getattr(row, name) for name in _ROW} for row in failed],
            "rejected": [{name: getattr(row, name) for name in _FILE} for row in unread],
        }
    )


def _print_status(
    voice: Voice,
    settings: Settings,
    last: StoredWorkout | None,
    due: list[OutboxRow],
    failed: list[OutboxRow],
    unread: list[FileRow],
    now: datetime,
) -> None:
    if last is None:
        say(voice.say("status_none"))
    else:
        say(_readiness(voice, last, now), bold=True)
        what, date = what_it_was(last, settings.rules, voice), f"{last.ended_at.astimezone(voice.zone):%Y-%m-%d}"
        say(voice.say("status_last", what=what, date=date, ended_at=last.ended_at, load=round(last.load)))
    say()
    if due:
        say(voice.say("status_due"), bold=True)
        _print_rows(voice, due)
    else:
        say(voice.say("status_nothing_due"))
    if failed:
        say()
        say(voice.say("status_failed", days=_DAYS), bold=True)
        _print_rows(voice, failed)
    if unread:
        say()
        say(voice.say("status_unread", days=_DAYS), bold=True)
        rows = [(_moment(voice, row.seen_at), row.path, row.reason or "") for row in unread[:_MOST_ROWS]]
        print_table(rows, [voice.say(f"status_{name}") for name in ("when", "file", "reason")])


def _readiness(voice: Voice, last: StoredWorkout, now: datetime) -> str:
    if last.ready_at is None or last.easy_from is None:
        return voice.say("status_unknown")
    if now >= last.ready_at:
        return voice.say("status_ready")
    if now >= last.easy_from:
        return voice.say("status_easy", ready_at=last.ready_at)
    id_ = "status_rest_day" if last.easy_from == last.ready_at else "status_rest"
    return voice.say(id_, easy_from=last.easy_from, ready_at=last.ready_at)


def _print_rows(voice: Voice, rows: Sequence[OutboxRow]) -> None:
    """Print messages, one line for all targets in the same state."""
    together: defaultdict[tuple[datetime, str, str], list[str]] = defaultdict(list)
    for row in rows:
        together[row.due_at, row.title, _state(voice, row)].append(row.target)
    lines = [
        (_moment(voice, due_at), title, ", ".join(targets), state)
        for (due_at, title, state), targets in list(together.items())[:_MOST_ROWS]
    ]
    print_table(lines, [voice.say(f"status_{name}") for name in ("when", "message", "target", "state")])


def _state(voice: Voice, row: OutboxRow) -> str:
    if row.state == "failed":
        return voice.say("status_gave_up", reason=row.reason or "")
    if row.state == "pending" and row.attempts:
        return voice.say("status_failing", attempts=row.attempts, reason=row.reason or "", try_at=row.try_at)
    return voice.say("status_sending" if row.state == "sending" else "status_pending")


def _moment(voice: Voice, moment: datetime) -> str:
    return f"{moment.astimezone(voice.zone):%Y-%m-%d %H:%M}"
