"""`hersteld history`: what did I do, and where does it lead?"""

import os
from datetime import datetime, timedelta
from pathlib import Path

import click

from hersteld.daemon.cli.options import (
    WholeNumber,
    in_language,
    json_option,
    language_option,
    read_settings,
    settings_options,
)
from hersteld.daemon.cli.printing.nights_table import print_nights
from hersteld.daemon.cli.printing.overload_print import overload_json, print_over
from hersteld.daemon.cli.printing.terminal import print_json, print_table, say
from hersteld.daemon.database.connection import Store
from hersteld.daemon.planning.overload import SignalsOfDay, signals_on
from hersteld.daemon.store.changes import forgotten_ids
from hersteld.daemon.store.days import newest_nights
from hersteld.daemon.store.summaries import StoredWorkout
from hersteld.daemon.store.workouts import Workouts
from hersteld.daemon.system.clock import SystemClock
from hersteld.daemon.system.paths import database_path
from hersteld.daemon.views.json_values import json_value, nights_json
from hersteld.daemon.views.workout_title import effort_and_sport
from hersteld.daemon.words.voice import Voice
from hersteld.recovery.load.trends import daily_loads, trend
from hersteld.recovery.messages.readiness import announced_readiness
from hersteld.recovery.rules import Rules

_COLUMNS = ("id", "date", "workout", "duration", "distance", "load", "intensity", "ready")
_KEYS = _COLUMNS.index("load")  # what says which workout it is
_MOST = 1_000_000
_NUMBERS = tuple(_COLUMNS.index(name) for name in ("id", "duration", "distance", "load"))


@click.command()
@click.option("--limit", type=WholeNumber(1, _MOST), default=20, metavar="N")
@click.option("--nights", is_flag=True)
@json_option
@language_option
@settings_options
def history(
    limit: int,
    language: str | None,
    config_file: Path | None,
    assignments: tuple[str, ...],
    *,
    nights: bool,
    as_json: bool,
) -> None:
    """Print the last workouts, the trend and the signs of overload, or the last nights."""
    settings = in_language(read_settings(config_file, assignments), language)
    clock = SystemClock()
    if nights:
        with Store(database_path(os.environ), create=False) as store:
            nights_found = newest_nights(store, limit)
            if as_json:
                print_json({"nights": nights_json(nights_found)})
            elif nights_found:
                print_nights(nights_found, Voice(settings.notify, clock.zone()))
            else:
                say(Voice(settings.notify, clock.zone()).say("history_no_nights"))
        return
    now, zone = clock.now(), clock.zone()
    with Store(database_path(os.environ), create=False) as store:
        newest = Workouts(store).newest(limit)
        past = Workouts(store).history(now + timedelta(days=1))
        forgotten = len(forgotten_ids(store))
        day = now.astimezone(zone).date()
        overload = SignalsOfDay(day, signals_on(store, day, settings.rules, zone))
    today = trend(daily_loads(past.workouts, day, zone), settings.rules.rest)
    numbers = {"ctl": today.ctl, "atl": today.atl, "tsb": today.tsb, "days": today.days}
    if as_json:
        signals = overload_json(overload, settings.rules.overload)
        print_json(json_value({"workouts": newest, "trend": numbers, "forgotten": forgotten}) | {"overload": signals})
        return
    voice = Voice(settings.notify, zone)
    if not newest:
        say(voice.say("status_none"))
        _say_forgotten(forgotten, voice)
        return
    headings = [voice.say(f"history_{name}") for name in _COLUMNS]
    print_table([_row(one, settings.rules, voice) for one in newest], headings, right=_NUMBERS, key_columns=_KEYS)
    say()
    needed = settings.rules.rest.history_days
    if today.days < needed:
        say(voice.say("history_trend_soon", days=today.days, needed=float(needed)))
    else:
        say(voice.say("history_trend", **numbers))
    print_over(overload.signals, settings.rules.overload, voice)
    _say_forgotten(forgotten, voice)


def _say_forgotten(count: int, voice: Voice) -> None:
    if count:
        say(voice.say("history_forgotten" if count > 1 else "history_forgotten_one", count=count))


def _when(stored: StoredWorkout, voice: Voice) -> str:
    """Return when a workout began, and the day that its load belongs to where that is another one."""
    began, day = stored.started_at.astimezone(voice.zone), stored.trained_at.astimezone(voice.zone).date()
    return f"{began:%Y-%m-%d %H:%M}" if day == began.date() else f"{began:%Y-%m-%d %H:%M} – {day:%Y-%m-%d}"


def _row(stored: StoredWorkout, rules: Rules, voice: Voice) -> tuple[str, ...]:
    def moment(at: datetime) -> str:
        return f"{at.astimezone(voice.zone):%Y-%m-%d %H:%M}"

    return (
        str(stored.id),
        _when(stored, voice) if stored.has_clock else "",
        effort_and_sport(stored, voice),
        voice.say("duration", seconds=stored.timer_s),
        voice.say("distance", distance_m=stored.distance_m) if stored.distance_m else "",
        f"{stored.load:.0f} {stored.grade}",
        voice.word("intensity", stored.intensity),
        moment(announced_readiness(stored.ready_at, voice.zone, rules)) if stored.ready_at else "",
    )
