"""What of the files in the inbox is ready to be taken in, and what must wait?"""

import logging
import sqlite3
from collections.abc import Callable

from hersteld.daemon.batch import Batch
from hersteld.daemon.inbox import Candidate, Changed, Inbox
from hersteld.daemon.ingest import Ingest
from hersteld.daemon.reading import Reading
from hersteld.daemon.settle import GIVE_UP_S, SUSPECT_S

log = logging.getLogger(__name__)


class Intake:
    """Brings what is ready from the inbox to ingest.

    Args:
        go_on: Asked before each file; says that we are alive, and answers whether to go on.
    """

    def __init__(self, inbox: Inbox, ingest: Ingest, *, go_on: Callable[[], bool] = lambda: True) -> None:
        self._inbox = inbox
        self._ingest = ingest
        self._go_on = go_on

    def look(self) -> int:
        """Scan once, take in what is ready, and return how many contents were new.

        Raises:
            sqlite3.Error: The store cannot be written; nothing is lost, the next scan does it again.
        """
        taken: dict[str, Candidate] = {}
        with self._ingest.batch() as batch:
            for candidate in self._inbox.scan():
                if not self._go_on():
                    break
                self._take(candidate, batch, taken)
        failed = {taken[outcome.path].path for outcome in batch.outcomes if outcome.status == "failed"}
        for candidate in taken.values():
            if candidate.path in failed:
                self._inbox.set_aside(candidate)
        self._inbox.conclude({one.path: one for one in taken.values() if one.path not in failed}.values())
        return sum(outcome.status != "known" for outcome in batch.outcomes)

    def _take(self, candidate: Candidate, batch: Batch, taken: dict[str, Candidate]) -> None:
        settling = self._inbox.settling
        try:
            content = self._inbox.read(candidate)
        except Changed:
            return
        if content is None:
            return
        unchanged_s = settling.unchanged_s(candidate.shown, candidate.signature)
        try:
            readings = self._ingest.read(content, candidate.shown, salvage=unchanged_s >= GIVE_UP_S)
        except (sqlite3.Error, OSError, MemoryError):
            raise
        except Exception:  # a file must not stop the others, whatever is in it
            log.exception("%s: hersteld itself failed on this file and leaves it; please report this", candidate.shown)
            self._inbox.set_aside(candidate)
            return
        if not _is_ready(readings, candidate.shown, unchanged_s):
            if settling.is_first_look(candidate.shown):
                log.info("%s: not complete, or not sound, as it is now; it is looked at again", candidate.shown)
            settling.postpone(candidate.shown, candidate.signature)
            return
        for reading in readings:
            taken[reading.path] = candidate
            batch.add(reading)


def _is_ready(readings: tuple[Reading, ...], path: str, unchanged_s: float) -> bool:
    """Whether a file is as its maker left it, or at least as it will stay."""
    if unchanged_s >= GIVE_UP_S:
        return True
    for reading in readings:
        if reading.path != path:  # packed: the archive is whole, or it would not have opened
            continue
        if reading.is_incomplete or (not reading.is_sound and unchanged_s < SUSPECT_S):
            return False
    return True
