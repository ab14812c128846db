"""What does the service say of itself, and where can others read it?

In a small file beside the database, which is overwritten in place: a database that is locked or damaged, or a disk that
is full, must not keep the service from saying just that. Whoever reads it also sees how old it is, as a service that
hangs writes nothing.
"""

import contextlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from hersteld.daemon.database.line_column import line_of, stored
from hersteld.daemon.health.trouble import TROUBLES, Trouble
from hersteld.daemon.system.clock import from_iso, iso
from hersteld.parsers.line import Line

_BLOCK = 4096
"""The file is as long as this, or twice, ...: what fits once needs no more room on the disk later."""
_MOST_BYTES = 2**20


@dataclass(frozen=True, slots=True)
class Pinged:
    """What became of the pings.

    Attributes:
        ok_at: When one was last accepted, aware UTC.
        failed_at, reason: When one last was not, and why, as a part of a sentence.
    """

    ok_at: datetime | None = None
    failed_at: datetime | None = None
    reason: Line | None = None

    @property
    def last_ok(self) -> bool | None:
        """Whether the last ping was accepted; None when there was none."""
        if self.failed_at is None:
            return None if self.ok_at is None else True
        return self.ok_at is not None and self.ok_at > self.failed_at


@dataclass(frozen=True, slots=True)
class Health:
    """What the service says of itself.

    Attributes:
        pid: Its process.
        alive_at: When its main thread last went on with its work.
        looked_at: When it last looked into all its folders with success; None for never.
        trouble, since: What keeps it from its work, and since when.
        reads_alone: Why files are read in the service's own process; None where they are not.
        unwritten: Why the calendar of the recovery cannot be written; None where it is, or none is wanted.
        untold: Why Home Assistant is not told; None where it is, or is not to be.
        tapped_at: When a tap on a message last came by a topic of answers; None for never.
        pinged: None where nobody is to be told.
        configured: The fingerprint of the configuration it was started with; None where that is not known.
    """

    pid: int
    alive_at: datetime
    looked_at: datetime | None = None
    trouble: Trouble | None = None
    since: datetime | None = None
    reads_alone: Line | None = None
    pinged: Pinged | None = None
    configured: str | None = None
    unwritten: Line | None = None
    untold: Line | None = None
    tapped_at: datetime | None = None


def health_file(database: Path) -> Path:
    """Return where the service of a database says how it is."""
    return database.with_name(database.name + ".health")


class HealthFile:
    """The file, for the service that writes it. What cannot be written is left: the reader sees how old it is."""

    def __init__(self, database: Path) -> None:
        self._path = health_file(database)

    def write(self, health: Health) -> None:
        """Write how the service is, in the place of what stood there; never raise for the disk's sake."""
        with contextlib.suppress(OSError):
            text = json.dumps(_plain(health), ensure_ascii=False).encode("utf-8", "surrogatepass")
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
            try:
                there = os.fstat(descriptor).st_size
                if there > _MOST_BYTES:  # none of ours
                    os.ftruncate(descriptor, 0)
                    there = 0
                os.pwrite(descriptor, text.ljust(max(there, -(-len(text) // _BLOCK) * _BLOCK)), 0)
            finally:
                os.close(descriptor)


def read_health(database: Path) -> Health | None:
    """Return what the service of a database last said of itself; None where there is nothing that can be read."""
    try:
        descriptor = os.open(health_file(database), os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK)
        with os.fdopen(descriptor, "rb") as file:
            found = json.loads(file.read(_MOST_BYTES).decode("utf-8", "surrogatepass"))
        return _health(found)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _plain(health: Health) -> dict[str, object]:
    trouble, pinged = health.trouble, health.pinged
    return {
        "pid": health.pid,
        "alive_at": iso(health.alive_at),
        "looked_at": _iso(health.looked_at),
        "trouble": None if trouble is None else {"id": trouble.id, "line": stored(trouble.line)},
        "since": _iso(health.since),
        "reads_alone": stored(health.reads_alone),
        "pinged": pinged
        and {"ok_at": _iso(pinged.ok_at), "failed_at": _iso(pinged.failed_at), "reason": stored(pinged.reason)},
        "configured": health.configured,
        "unwritten": stored(health.unwritten),
        "untold": stored(health.untold),
        "tapped_at": _iso(health.tapped_at),
    }


def _health(found: Mapping[str, Any]) -> Health:
    pinged, trouble, configured = found["pinged"], found["trouble"], found.get("configured")
    return Health(
        pid=int(found["pid"]),
        alive_at=from_iso(found["alive_at"]),
        looked_at=_moment(found["looked_at"]),
        trouble=None if trouble is None else _trouble(trouble),
        since=_moment(found["since"]),
        reads_alone=line_of(found["reads_alone"]),
        pinged=pinged and Pinged(_moment(pinged["ok_at"]), _moment(pinged["failed_at"]), line_of(pinged["reason"])),
        configured=None if configured is None else str(configured),
        unwritten=line_of(found.get("unwritten")),
        untold=line_of(found.get("untold")),
        tapped_at=_moment(found.get("tapped_at")),
    )


def _trouble(found: Mapping[str, Any]) -> Trouble:
    (known,) = (one for one in TROUBLES if one == found["id"])
    return Trouble(known, line_of(found["line"]) or Line("reasons.unknown"))


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else iso(moment)


def _moment(text: str | None) -> datetime | None:
    return None if text is None else from_iso(text).astimezone(UTC)
