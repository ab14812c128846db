"""Where is everything kept, and what makes a change whole or not at all?

SQLite in WAL mode: one `Store` per thread, each with a connection of its own; `write()` is a transaction that a killed
process leaves either done or not begun. Others may read the file meanwhile, with Datasette for instance.
"""

import contextlib
import os
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Self

from hersteld.daemon.database.faults import BUSY_S, StoreUnusable, changed_meanwhile, damage, fault_of
from hersteld.daemon.database.lock import daemon_at
from hersteld.daemon.database.new_file import make_if_missing
from hersteld.daemon.database.schema.migrations import migrations, newer_in, refuse_newer
from hersteld.daemon.database.sqlite import Database
from hersteld.daemon.system.paths import shown, tighten
from hersteld.parsers.line import Line


class Store:
    """One thread's connection to the database.

    Args:
        path: Of the database.
        create: Make it if it is not there, for its owner alone.

    Raises:
        StoreUnusable: It cannot be made or opened, is no database, or a service of an older version runs on it.
        NewerDatabase: A newer hersteld has changed it.
    """

    def __init__(self, path: Path, *, create: bool = True) -> None:
        self.path = path
        try:
            if create:
                make_if_missing(path)
            try:
                size = path.stat().st_size
            except FileNotFoundError:
                raise StoreUnusable("database.none", path=shown(path)) from None
            if size == 0:
                raise StoreUnusable(damage(path, Line("database.found_empty")))
            tighten(path)
            self.db = Database(sqlite3.connect(path, timeout=BUSY_S))
            try:
                self._prepare()
            except BaseException:
                self.db.close()
                raise
        except (OSError, sqlite3.Error) as error:
            raise StoreUnusable(fault_of(error, path)) from error

    def _prepare(self) -> None:
        refuse_newer(self.db, self.path)
        self.db.enable_wal()
        # FULL: a row marked as being sent must have reached the disk before the message leaves.
        self.db.execute("PRAGMA synchronous = FULL")
        self.db.execute("PRAGMA foreign_keys = ON")
        # A full temp folder stops nobody, and no other disk than that of the database is needed.
        self.db.execute("PRAGMA temp_store = MEMORY")
        if migrations.pending(self.db):
            with self.write():  # another process may be at it as well; the second one finds nothing left to do
                if migrations.pending(self.db):
                    self._refuse_older_service()
                    migrations.apply(self.db)

    def _refuse_older_service(self) -> None:
        """Raise StoreUnusable where another process serves: it would not know what becomes of its tables."""
        service = daemon_at(self.path)
        if service is not None and service.pid != os.getpid():
            raise StoreUnusable("database.older_service", path=shown(self.path))

    def refuse_changed(self) -> None:
        """Raise StoreUnusable where a newer hersteld has changed the database since it was opened.

        Raises:
            StoreUnusable: It has; what this process would write into it could be wrong.
        """
        if newer_in(self.db):
            raise StoreUnusable(changed_meanwhile(self.path))

    def look_through(self) -> None:
        """Check the whole file for damage; it takes some seconds where the file is large.

        Damage that is not found at the start would be met later, perhaps just after a message has left.

        Raises:
            StoreUnusable: It is damaged.
        """
        verdict = ""
        try:
            for _ in range(2):  # a page that the disk failed to give once is no damage
                if verdict != "ok":
                    (verdict,) = self.db.execute("PRAGMA quick_check(1)").fetchone()
        except sqlite3.Error as error:
            raise StoreUnusable(fault_of(error, self.path)) from error
        if verdict != "ok":
            raise StoreUnusable(damage(self.path, Line("system.quoted", {"words": verdict.replace("\n", " ")})))

    def close(self) -> None:
        """Close the connection."""
        self.db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextlib.contextmanager
    def write(self) -> Iterator[None]:
        """Make all changes within the block one transaction; a nested block is part of the outer one.

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
        """Undo the changes within the block when it fails, and only those; to be used within a `write()`."""
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
        """Return the rows of a query as dicts, by column name."""
        cursor = self.db.execute(sql, tuple(parameters))
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def change(self, sql: str, parameters: Iterable[object] = ()) -> int:
        """Change rows, as part of a `write()` where there is one; return how many rows were changed."""
        with self.write():
            return int(self.db.execute(sql, tuple(parameters)).rowcount)

    def insert(self, table: str, row: dict[str, object]) -> int:
        """Insert one row and return its id."""
        names = ", ".join(row)
        marks = ", ".join("?" * len(row))
        sql = f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608 - the names are ours
        with self.write():
            return int(self.db.execute(sql, tuple(row.values())).lastrowid or 0)
