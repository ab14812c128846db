"""What of the files in the inbox is ready to be taken in, and what must wait?"""

import hashlib
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from hersteld.config.texts.speech import said, say
from hersteld.daemon.inbox.scan import Candidate, Changed, Inbox
from hersteld.daemon.inbox.settling import GIVE_UP_S, SUSPECT_S
from hersteld.daemon.ingest.arrivals import Arrivals
from hersteld.daemon.ingest.file_log import Known, KnownFiles
from hersteld.daemon.ingest.one_file import Ingest
from hersteld.daemon.reading.contents import Outcome, Reading
from hersteld.daemon.store.left_out import LeftOut, left_out_line
from hersteld.daemon.system.errors import is_of_the_machine
from hersteld.parsers.format.foreign import Kind
from hersteld.parsers.line import Line

log = logging.getLogger(__name__)


class InboxIngest:
    """Brings what is ready from the inbox to ingest.

    Args:
        go_on: Asked before each file, and after each one packed in it; says that we are alive, and answers whether to
            go on.
    """

    def __init__(self, inbox: Inbox, ingest: Ingest, *, go_on: Callable[[], bool] = lambda: True) -> None:
        self._inbox = inbox
        self._ingest = ingest
        self._go_on = go_on
        self._known_files = KnownFiles(inbox.clock)
        self._left_out: list[Kind] = []

    def look(self) -> int:
        """Scan once, take in what is ready, and return how many contents were not known; 0 when it was stopped.

        Raises:
            sqlite3.Error: The store cannot be written; nothing is lost, the next scan does it again.
        """
        sources: dict[str, Candidate] = {}
        taken: list[Candidate] = []
        with self._ingest.arrivals() as arrivals:
            for candidate in self._inbox.scan():
                if not self._take(candidate, arrivals, sources, taken):
                    # Of a hundred files the first three must not look like all there are.
                    arrivals.drop()
                    return 0
        failed = {sources[outcome.path].path for outcome in arrivals.outcomes if outcome.status == "failed"}
        for candidate in taken:
            if candidate.path in failed:
                self._inbox.set_aside(candidate)
        left_out = self._inbox.conclude(candidate for candidate in taken if candidate.path not in failed)
        self._say_known(arrivals.outcomes, sources)
        self._say_left_out(left_out)
        self._inbox.write_down()
        return sum(outcome.status != "known" for outcome in arrivals.outcomes)

    def _take(
        self, candidate: Candidate, arrivals: Arrivals, sources: dict[str, Candidate], taken: list[Candidate]
    ) -> bool:
        """Take in one file, or leave it for later, and return whether to go on.

        Args:
            sources: The file of each path that is shown; grows.
            taken: The files that were taken in as a whole; grows.
        """
        if not self._go_on():
            return False
        try:
            content = self._inbox.read(candidate)
        except Changed:
            return True
        if content is None:
            return True
        self._left_out.clear()
        arrived_at = self._inbox.arrived_at(candidate)
        settling = self._inbox.settling
        unchanged_s = settling.unchanged_s(candidate.shown, candidate.signature, arrived_at)
        for reading in self._readings(candidate, content, salvage=unchanged_s >= GIVE_UP_S):
            if reading is None:
                self._inbox.set_aside(candidate)
                return True
            if wait := _wait_for(reading, candidate.shown, unchanged_s):
                if settling.is_first_look(candidate.shown):
                    log.info(said(wait))
                settling.postpone(candidate.shown, candidate.signature)
                return True
            sources[reading.path] = candidate
            arrivals.add(replace(reading, arrived_at=arrived_at))
            if not self._go_on():
                return False
        if self._left_out:
            self._inbox.leave_out(candidate, self._left_out, hashlib.sha256(content).hexdigest())
        taken.append(candidate)
        return True

    def _say_known(self, outcomes: Sequence[Outcome], sources: Mapping[str, Candidate]) -> None:
        """Tell of the files in which something was known; what is new was told of when it was stored."""
        by_file: dict[str, list[Outcome]] = {}
        for outcome in outcomes:
            by_file.setdefault(sources[outcome.path].shown, []).append(outcome)
        known_files: list[Known] = []
        for path, inside in by_file.items():
            known = [outcome for outcome in inside if outcome.status == "known"]
            if known:
                known_files.append(
                    Known(path, len(inside), len(known), known[0].reason or Line("files.known", {"path": path}))
                )
            else:
                self._known_files.taken(path)
        self._known_files.say(known_files)

    def _say_left_out(self, found: LeftOut) -> None:
        """Tell of activities that were left out at this look, and of other files only to who wants to know all."""
        if found.activities:
            log.warning(said(left_out_line(found)))
        if found.other:
            log.debug(say("ingest.other_left_out", count=found.other))

    def _readings(self, candidate: Candidate, content: bytes, *, salvage: bool) -> Iterator[Reading | None]:
        """Yield what is in a file; None, and no more, where we failed on it."""
        try:
            yield from self._ingest.read(
                content,
                candidate.shown,
                salvage=salvage,
                say_left_out=lambda _name, kind: self._left_out.append(kind),
            )
        except Exception as error:  # a file must not stop the others, whatever is in it
            if is_of_the_machine(error):
                raise
            log.exception(say("ingest.our_fault", path=candidate.shown))
            yield None


def _wait_for(reading: Reading, path: str, unchanged_s: float) -> Line | None:
    """Return what is waited for, and how long; None when a file is as its maker left it, or at least will stay so."""
    if unchanged_s >= GIVE_UP_S:
        return None
    if reading.is_incomplete and reading.path == path:  # what is in an archive that is all there will not grow
        return Line("ingest.only_a_part", {"path": path, "hours": round(GIVE_UP_S / 3600)})
    if not reading.is_sound and unchanged_s < SUSPECT_S:
        return Line("ingest.damaged", {"path": path, "seconds": round(SUSPECT_S)})
    return None
