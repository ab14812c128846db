"""Where is everything kept, and what makes a change whole or not at all?

SQLite in WAL mode: one `Store` per thread, each with a connection of its own; `write()` is a transaction that a killed
process leaves either done or not begun. Others may read the file meanwhile, with Datasette for instance.
"""

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, Self

from hersteld.daemon.database.faults import BUSY_S, StoreUnusable, damage_in_words, in_words
from hersteld.daemon.database.line_column import line_of, stored
from hersteld.daemon.database.migrations import migrations, refuse_newer
from hersteld.daemon.database.new_file import make_if_missing
from hersteld.daemon.database.sqlite import Database
from hersteld.daemon.system.clock import BUILT_AT, from_iso, iso
from hersteld.daemon.system.paths import shown, tighten
from hersteld.parsers.line import Line

FileStatus = Literal["workout", "ignored", "rejected", "duplicate"]


@dataclass(frozen=True, slots=True)
class FileRow:
    """What became of one content.

    Attributes:
        path: Where it was first seen; "export.zip/a.fit" inside a zip.
        reason: Why there is no workout, or of which it is a copy; None for a workout.
    """

    sha256: str
    path: str
    size: int
    status: FileStatus
    reason: Line | None
    seen_at: datetime
    workout_id: int | None = None
    backlog_id: int | None = None


@dataclass(frozen=True, slots=True)
class Signature:
    """By what a file on disk is known to be unchanged; made by `file_numbers.signature_of`.

    On a file system that forgets, what it forgets is 0.
    """

    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int


class Store:
    """One thread's connection to the database.

    Args:
        path: Of the database.
        create: Make it if it is not there, for its owner alone.

    Raises:
        StoreUnusable: It cannot be opened, made, or is something else.
    """

    def __init__(self, path: Path, *, create: bool = True) -> None:
        self.path = path
        try:
            if create:
                make_if_missing(path)
            try:
                size = path.stat().st_size
            except FileNotFoundError:
                raise StoreUnusable(f"{shown(path)}: no database here yet. `hersteld run` makes it.") from None
            if size == 0:
                raise StoreUnusable(damage_in_words(path, "it is empty"))
            tighten(path)
            self.db = Database(sqlite3.connect(path, timeout=BUSY_S))
            try:
                self._prepare()
            except BaseException:
                self.db.close()
                raise
        except (OSError, sqlite3.Error) as error:
            raise StoreUnusable(in_words(error, path)) from error

    def _prepare(self) -> None:
        refuse_newer(self.db, self.path)
        self.db.enable_wal()
        # FULL: a row marked as being sent must have reached the disk before the message leaves.
        self.db.execute("PRAGMA synchronous = FULL")
        self.db.execute("PRAGMA foreign_keys = ON")
        if migrations.pending(self.db):
            with self.write():  # another process may be at it as well; the second one finds nothing left to do
                migrations.apply(self.db)

    def look_through(self) -> None:
        """Read the whole file, before what it says is relied on for long; some seconds where it is large.

        What is not found so is met later, when a message may just have left.

        Raises:
            StoreUnusable: It is damaged.
        """
        try:
            (verdict,) = self.db.execute("PRAGMA quick_check(1)").fetchone()
        except sqlite3.Error as error:
            raise StoreUnusable(in_words(error, self.path)) from error
        if verdict != "ok":
            raise StoreUnusable(damage_in_words(self.path, verdict.replace("\n", " ")))

    def close(self) -> None:
        """Give the connection back."""
        self.db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextlib.contextmanager
    def write(self) -> Iterator[None]:
        """Make all that is done within one change; nested, be part of the outer one.

        The write lock is taken at the start: a transaction that reads first and writes later could be refused halfway.
        """
        connection = self.db.conn
        if connection.in_transaction:
            yield
            return
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:  # a full disk makes SQLite roll back by itself
                connection.execute("ROLLBACK")
            raise

    @contextlib.contextmanager
    def part(self) -> Iterator[None]:
        """Within a `write()`, make this part of it whole or not at all: an error undoes it and leaves the rest."""
        self.db.conn.execute("SAVEPOINT part")
        try:
            yield
        except BaseException:
            if self.db.conn.in_transaction:  # as above
                self.db.conn.execute("ROLLBACK TO part")
                self.db.conn.execute("RELEASE part")
            raise
        self.db.conn.execute("RELEASE part")

    def rows(self, sql: str, parameters: Iterable[object] = ()) -> list[dict[str, Any]]:
        """Return the rows of a question as dicts."""
        cursor = self.db.execute(sql, tuple(parameters))
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def change(self, sql: str, parameters: Iterable[object] = ()) -> int:
        """Change rows, within a `write()` if there is one; return how many."""
        with self.write():
            return int(self.db.execute(sql, tuple(parameters)).rowcount)

    def insert(self, table: str, row: dict[str, object]) -> int:
        """Insert one row and return its id."""
        names = ", ".join(row)
        marks = ", ".join("?" * len(row))
        sql = f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608 - the names are ours
        with self.write():
            return int(self.db.execute(sql, tuple(row.values())).lastrowid or 0)

    # --- files

    def file(self, sha256: str) -> FileRow | None:
        """Return what became of a content, or None when it was never concluded upon."""
        rows = self.rows("SELECT * FROM files WHERE sha256 = ?", [sha256])
        return _file_row(rows[0]) if rows else None

    def files(self, status: FileStatus | None = None) -> tuple[FileRow, ...]:
        """Return the files seen, newest first."""
        rows = self.rows(
            "SELECT * FROM files WHERE ? IS NULL OR status = ? ORDER BY seen_at DESC, path", [status, status]
        )
        return tuple(map(_file_row, rows))

    def add_file(self, row: FileRow) -> None:
        """Remember what became of a content."""
        self.insert(
            "files",
            {
                "sha256": row.sha256,
                "path": row.path,
                "size": row.size,
                "status": row.status,
                "reason": stored(row.reason),
                "seen_at": iso(row.seen_at),
                "workout_id": row.workout_id,
                "backlog_id": row.backlog_id,
            },
        )

    # --- sightings

    def sightings(self) -> dict[str, Signature]:
        """Return the files on disk whose content is known."""
        rows = self.db.execute("SELECT path, size, mtime_ns, ctime_ns, inode FROM sightings").fetchall()
        return {path: Signature(*numbers) for path, *numbers in rows}

    def remember_sightings(self, sightings: Iterable[tuple[str, Signature]]) -> None:
        """Remember that the content of these files is known."""
        with self.write():
            for path, seen in sightings:
                self.db.execute(
                    "INSERT OR REPLACE INTO sightings VALUES (?, ?, ?, ?, ?)",
                    (path, seen.size, seen.mtime_ns, seen.ctime_ns, seen.inode),
                )

    def forget_sightings(self, paths: Iterable[str]) -> None:
        """Forget files that are gone from disk; what was in them stays known."""
        with self.write():
            for path in paths:
                self.db.execute("DELETE FROM sightings WHERE path = ?", (path,))

    # --- the clock

    def newest_at(self) -> datetime:
        """Return a moment that has certainly passed: that of the newest row, or of the build."""
        (newest,) = self.db.execute(
            "SELECT MAX((SELECT COALESCE(MAX(seen_at), '') FROM files),"
            " (SELECT COALESCE(MAX(changed_at), '') FROM outbox))"
        ).fetchone()
        return max(BUILT_AT, from_iso(newest)) if newest else BUILT_AT

    def forget_future(self, now: datetime) -> int:
        """Date what was written by a clock that was ahead as of now; return how many rows."""
        with self.write():
            return sum(
                self.change(f"UPDATE {table} SET {column} = ? WHERE {column} > ?", [iso(now), iso(now)])  # noqa: S608 - ours
                for table, column in (("files", "seen_at"), ("outbox", "changed_at"), ("outbox", "created_at"))
            )


def _file_row(row: dict[str, Any]) -> FileRow:
    return FileRow(**{**row, "reason": line_of(row["reason"]), "seen_at": from_iso(row["seen_at"])})
