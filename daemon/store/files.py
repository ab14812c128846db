"""What became of each file: every content that was ever concluded upon, by its hash."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from hersteld.daemon.database.connection import Store
from hersteld.daemon.database.line_column import line_of, stored
from hersteld.daemon.system.clock import from_iso, iso
from hersteld.parsers.line import Line

FileStatus = Literal["workout", "ignored", "rejected", "duplicate", "day"]


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


def file_known(store: Store, sha256: str) -> FileRow | None:
    """Return what became of a content, or None when it was never concluded upon."""
    rows = store.rows("SELECT * FROM files WHERE sha256 = ?", [sha256])
    return _file_row(rows[0]) if rows else None


def files_seen(store: Store, status: FileStatus | None = None) -> tuple[FileRow, ...]:
    """Return the files that were concluded upon, newest first.

    Args:
        status: Only the files with this status; None for all files.
    """
    rows = store.rows("SELECT * FROM files WHERE ? IS NULL OR status = ? ORDER BY seen_at DESC, path", [status, status])
    return tuple(map(_file_row, rows))


def path_of_workout(store: Store, workout_id: int) -> str | None:
    """Return the path of the file that a stored workout was read from; None when no file is known to hold it."""
    rows = store.rows("SELECT path FROM files WHERE workout_id = ? AND status = 'workout'", [workout_id])
    return str(rows[0]["path"]) if rows else None


def workout_at(store: Store, path: str) -> int | None:
    """Return the stored workout that was read from a path last; None when none was."""
    rows = store.rows(
        "SELECT workout_id FROM files WHERE path = ? AND status = 'workout' ORDER BY seen_at DESC LIMIT 1", [path]
    )
    return int(rows[0]["workout_id"]) if rows else None


def add_file(store: Store, row: FileRow) -> None:
    """Remember what became of a content."""
    store.insert(
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


def mark_duplicate(store: Store, workout_id: int, reason: Line) -> None:
    """Say of the file that a workout was read from that another file holds more of the same activity.

    Args:
        reason: Names the other file.
    """
    store.change(
        "UPDATE files SET status = 'duplicate', reason = ? WHERE workout_id = ? AND status = 'workout'",
        [stored(reason), workout_id],
    )


def _file_row(row: dict[str, Any]) -> FileRow:
    return FileRow(**{**row, "reason": line_of(row["reason"]), "seen_at": from_iso(row["seen_at"])})
