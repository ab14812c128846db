"""Which workouts are there to be named? Read from the database as it stands; nothing in its folder is touched."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

MOST = 50
"""Workouts that are shown; who looks for an older one has its number from `hersteld history`."""
_BUSY_S = 0.2
"""Nobody who pressed Tab waits longer for another program's lock."""
_QUERY = (
    "SELECT id, started_at, has_clock, sport, sub_sport FROM workouts"
    " WHERE id {has} (SELECT workout_id FROM forgotten) AND CAST(id AS TEXT) LIKE ?"
    " ORDER BY started_at DESC, id DESC LIMIT ?"
)


class NamedWorkout(NamedTuple):
    """What a workout is known by.

    Attributes:
        id: Its number in `hersteld history`.
        started_at: When it began, aware; None where the device did not know, or where it is forgotten.
        sport, sub_sport: As the FIT profile calls them.
    """

    id: int
    started_at: datetime | None
    sport: str
    sub_sport: str | None


def workouts(database: Path, digits: str, *, forgotten: bool = False) -> tuple[NamedWorkout, ...]:
    """Return the workouts whose number begins with some digits, newest first; none where they cannot be read.

    Args:
        database: Need not be there.
        digits: Only ASCII digits, or "" for all workouts.
        forgotten: Those that are forgotten in place of all others.
    """
    if digits and not (digits.isascii() and digits.isdecimal()):
        return ()
    try:
        return tuple(_read(database, digits, forgotten=forgotten))
    except (
        OSError,
        sqlite3.Error,
        ValueError,
    ):  # whoever asks for a command is told what is wrong, not who presses Tab
        return ()


def _read(database: Path, digits: str, *, forgotten: bool) -> Iterator[NamedWorkout]:
    # Nobody has it open where there is no log beside it, and SQLite would make one even to read, and leave it there.
    is_open = database.with_name(f"{database.name}-wal").exists()
    address = f"file:{quote(str(database.absolute()))}?mode=ro{'' if is_open else '&immutable=1'}"
    query = _QUERY.format(has="IN" if forgotten else "NOT IN")
    with closing(sqlite3.connect(address, uri=True, timeout=_BUSY_S)) as connection:
        for id_, started_at, has_clock, sport, sub_sport in connection.execute(query, [f"{digits}%", MOST]):
            began = datetime.fromisoformat(started_at) if has_clock else None
            yield NamedWorkout(int(id_), began, sport, sub_sport)
