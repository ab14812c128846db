"""`hersteld status`: am I ready, what will I be told, and what went wrong?"""

import os
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import click

from hersteld.config.settings import Settings
from hersteld.daemon.cli.options import in_language, json_option, language_option, read_settings, settings_options
from hersteld.daemon.cli.printing.terminal import print_json, print_table, say
from hersteld.daemon.database.connection import Store
from hersteld.daemon.database.lock import RunningDaemon, daemon_at
from hersteld.daemon.outbox.queue import Outbox
from hersteld.daemon.outbox.rows import OutboxRow
from hersteld.daemon.store.clock_check import BEHIND_S, newest_at
from hersteld.daemon.store.files import FileRow, files_seen
from hersteld.daemon.store.summaries import StoredWorkout, Summaries
from hersteld.daemon.system.clock import SystemClock
from hersteld.daemon.system.paths import database_path
from hersteld.daemon.views.json_values import json_value
from hersteld.daemon.views.reason_json import reason_json
from hersteld.daemon.views.workout_title import what_it_was
from hersteld.daemon.words.voice import Voice
from hersteld.parsers.line import Line
from hersteld.recovery.messages.readiness import announced_readiness

_ROW = ("target", "rule", "title", "body", "due_at", "expires_at", "state", "attempts", "try_at")
_FILE = ("path", "sha256", "seen_at")
_MISSED = (  # its time was over before it could be tried, and nothing else was said in its place
    "state = 'expired' AND unless_sent = '' AND NOT EXISTS (SELECT 1 FROM outbox AS spare"
    " WHERE spare.workout_identity = outbox.workout_identity AND spare.target = outbox.target"
    " AND spare.state IN ('pending', 'sending', 'sent')"
    " AND ' ' || spare.unless_sent || ' ' LIKE '% ' || outbox.rule || ' %') ORDER BY due_at, id"
)
_DAYS = 14
_MOST_ROWS = 20
_JUST_NOW_S = 60


@dataclass(frozen=True, slots=True)
class _Found:
    """Everything that `status` prints."""

    now: datetime
    daemon: RunningDaemon | None
    clock_behind: bool
    last: StoredWorkout | None
    due: tuple[OutboxRow, ...]
    failed: tuple[OutboxRow, ...]
    expired: tuple[OutboxRow, ...]
    unread: tuple[FileRow, ...]


@click.command()
@click.option("--all", "with_all", is_flag=True, help=f"List everything, not only {_MOST_ROWS} of each.")
@json_option
@language_option
@settings_options
def status(
    language: str | None, config_file: Path | None, assignments: tuple[str, ...], *, with_all: bool, as_json: bool
) -> None:
    """Print when you are ready, what is due, and what went wrong.

    It also tells whether the service is running. Failures are those of the last two weeks.
    """
    settings = in_language(read_settings(config_file, assignments), language)
    clock = SystemClock()
    found = _look(database_path(os.environ), clock.now())
    if as_json:
        print_json(_status_json(found))
    else:
        most = None if with_all else _MOST_ROWS
        _print_status(Voice(settings.notify, clock.zone()), settings, found, most)


def _look(database: Path, now: datetime) -> _Found:
    since = now - timedelta(days=_DAYS)
    with Store(database, create=False) as store:
        outbox = Outbox(store)
        return _Found(
            now,
            daemon_at(database),
            (newest_at(store) - now).total_seconds() > BEHIND_S,
            Summaries(store).latest(),
            tuple(row for row in outbox.waiting() if not row.unless_sent),
            tuple(row for row in outbox.rows("state = 'failed' ORDER BY due_at, id") if row.changed_at >= since),
            tuple(row for row in outbox.rows(_MISSED) if row.changed_at >= since),
            tuple(row for row in files_seen(store, "rejected") if row.seen_at >= since),
        )


def _status_json(found: _Found) -> Any:
    ready_at, easy_from = (found.last.ready_at, found.last.easy_from) if found.last else (None, None)

    def messages(rows: Sequence[OutboxRow]) -> list[dict[str, object]]:
        return [{**{name: getattr(row, name) for name in _ROW}, **reason_json(row.reason)} for row in rows]

    return json_value(
        {
            "now": found.now,
            "running": found.daemon is not None,
            "looked_at": found.daemon.looked_at if found.daemon else None,
            "clock_behind": found.clock_behind,
            "ready": None if ready_at is None else ready_at <= found.now,
            "easy_from": easy_from,
            "ready_at": ready_at,
            "last_workout": found.last,
            "due": messages(found.due),
            "failed": messages(found.failed),
            "expired": messages(found.expired),
            "rejected": [
                {**{name: getattr(row, name) for name in _FILE}, **reason_json(row.reason)} for row in found.unread
            ],
        }
    )


def _print_status(voice: Voice, settings: Settings, found: _Found, most: int | None) -> None:
    last = found.last
    if last is None:
        say(voice.say("status_none"))
    else:
        say(_readiness(voice, settings, last, found.now), bold=True)
        what, date = what_it_was(last, settings.rules, voice), f"{last.ended_at.astimezone(voice.zone):%Y-%m-%d}"
        say(voice.say("status_last", what=what, date=date, ended_at=last.ended_at, load=round(last.load)))
    if found.daemon is None:
        say(voice.say("status_stopped"), fg="yellow")
    else:
        ago_s = max(0.0, (found.now - found.daemon.looked_at).total_seconds())
        say(voice.say("status_running" if ago_s >= _JUST_NOW_S else "status_running_now", ago_s=ago_s))
    if found.clock_behind:
        say(voice.say("status_clock"), fg="yellow")
    say()
    if found.due:
        say(voice.say("status_due"), bold=True)
        _print_rows(voice, found.due, most)
    else:
        say(voice.say("status_nothing_due"))
    for id_, rows in (("status_failed", found.failed), ("status_expired", found.expired)):
        if rows:
            say()
            say(voice.say(id_, days=_DAYS), bold=True)
            _print_rows(voice, rows, most)
    if found.unread:
        say()
        say(voice.say("status_unread", days=_DAYS), bold=True)
        files = [(_moment(voice, row.seen_at), row.path, _reason(voice, row.reason)) for row in found.unread]
        _print_table(voice, files, ("when", "file", "reason"), most)


def _readiness(voice: Voice, settings: Settings, last: StoredWorkout, now: datetime) -> str:
    """Return when to train again, at the times that the messages name."""
    if last.ready_at is None or last.easy_from is None:
        return voice.say("status_unknown")
    ready_at = announced_readiness(last.ready_at, voice.zone, settings.rules)
    easy_from = announced_readiness(last.easy_from, voice.zone, settings.rules)
    if now >= ready_at:
        return voice.say("status_ready")
    if now >= easy_from:
        return voice.say("status_easy", ready_at=ready_at)
    id_ = "status_rest_day" if easy_from == ready_at else "status_rest"
    return voice.say(id_, easy_from=easy_from, ready_at=ready_at)


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
    print_table(rows[:most], [voice.say(f"status_{name}") for name in names], key_columns=2)
    if most is not None and len(rows) > most:
        say(voice.say("status_more", count=len(rows) - most))


def _state(voice: Voice, row: OutboxRow) -> str:
    reason = _reason(voice, row.reason)
    if row.state == "failed":
        return voice.say("status_gave_up", reason=reason)
    if row.state == "expired":
        return voice.say("status_not_sent")
    if row.state == "pending" and row.attempts:
        return voice.say("status_failing", attempts=row.attempts, reason=reason, try_at=row.try_at)
    return voice.say("status_sending" if row.state == "sending" else "status_pending")


def _reason(voice: Voice, reason: Line | None) -> str:
    return voice.line(reason) if reason else ""


def _moment(voice: Voice, moment: datetime) -> str:
    return f"{moment.astimezone(voice.zone):%Y-%m-%d %H:%M}"
