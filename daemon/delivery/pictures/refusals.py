"""Which targets refused a picture, so that they get none for a day?

A small file beside the database says it, as `check` is another process, and a new start is no reason to try again.
Where it cannot be written, the process that sends knows it all the same.
"""

import contextlib
import json
import os
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import ClassVar, Final

from hersteld.daemon.database.line_column import line_of, stored
from hersteld.daemon.system.clock import from_iso, iso
from hersteld.daemon.system.paths import pictures_file
from hersteld.parsers.line import Line

WITHOUT: Final = timedelta(days=1)
_MOST_BYTES = 2**20


@dataclass(frozen=True, slots=True)
class PictureRefusal:
    """A target goes without pictures.

    Attributes:
        until: Until when, aware UTC.
        reason: Why, as a part of a sentence.
    """

    until: datetime
    reason: Line


class PictureRefusals:
    """Those of the targets of a database, for its service, which writes them, and for whoever tells of them."""

    _lock: ClassVar[threading.Lock] = threading.Lock()
    """Several threads write the same file."""

    def __init__(self, database: Path) -> None:
        self._path = pictures_file(database)
        self._kept: dict[str, PictureRefusal] = {}

    def of(self, target: str, now: datetime) -> PictureRefusal | None:
        """Return why a target gets no picture now; None where it does."""
        return self.all(now).get(target)

    def all(self, now: datetime) -> dict[str, PictureRefusal]:
        """Return all targets that get none now, by their names."""
        found = self._read() | self._kept
        # An end further away than a day was written by a clock that was wrong.
        return {name: one for name, one in found.items() if now < one.until <= now + WITHOUT}

    def keep(self, target: str, reason: Line, now: datetime) -> None:
        """Remember that a target refuses pictures; never raise, as what became of its message is yet to be stored."""
        self._kept[target] = PictureRefusal(now + WITHOUT, reason)
        with self._lock, contextlib.suppress(Exception):
            self._write(self.all(now))
            self._kept.clear()  # the file has it, and whoever tries out the target may take it from there

    def lift(self, target: str) -> None:
        """Forget that a target refused a picture, as it has taken one; never raise."""
        with self._lock, contextlib.suppress(Exception):
            left = self._read()
            if left.pop(target, None) is not None:
                self._write(left)

    def _read(self) -> dict[str, PictureRefusal]:
        try:
            descriptor = os.open(self._path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK)
            with os.fdopen(descriptor, "rb") as file:
                found = json.loads(file.read(_MOST_BYTES))
            return {
                str(name): PictureRefusal(from_iso(one["until"]), line_of(one["reason"]) or Line("reasons.unknown"))
                for name, one in found.items()
            }
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return {}

    def _write(self, refusals: dict[str, PictureRefusal]) -> None:
        plain = {name: {"until": iso(one.until), "reason": stored(one.reason)} for name, one in refusals.items()}
        new = self._path.with_name(self._path.name + ".new")
        new.unlink(missing_ok=True)
        descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                json.dump(plain, file)
            new.replace(self._path)
        except BaseException:
            new.unlink(missing_ok=True)
            raise
