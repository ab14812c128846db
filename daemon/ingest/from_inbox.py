"""What of the files in the inbox is ready to be taken in, and what must wait?"""

import collections
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from hersteld.config.texts.speech import said, say
from hersteld.daemon.inbox.candidate import Candidate, Changed
from hersteld.daemon.inbox.scan import Inbox
from hersteld.daemon.inbox.set_aside import SAME_CONTENT
from hersteld.daemon.inbox.settling import GIVE_UP_S, SUSPECT_S
from hersteld.daemon.ingest.arrivals import Arrivals
from hersteld.daemon.ingest.file_log import Known, KnownFiles
from hersteld.daemon.ingest.one_file import Ingest
from hersteld.daemon.reading.contents import Outcome, Reading
from hersteld.daemon.reading.file_reader import FileReader, OwnReader, ReaderCallbacks, Stopped, Unread
from hersteld.daemon.store.left_out import LeftOut, left_out_line
from hersteld.daemon.system.errors import is_of_the_machine
from hersteld.parsers.format.foreign import Kind
from hersteld.parsers.line import Line

log = logging.getLogger(__name__)

_WHY_WAITED_FOR = {"ingest.only_a_part": "inbox.why_only_a_part", "ingest.damaged": "inbox.why_damaged"}
"""What `status` says of a file, by what the log says of it."""


class InboxIngest:
    """Brings what is ready from the inbox to ingest.

    Args:
        reader: Reads the files; None to read them in this process.
        go_on: Asked before each file, and after each one packed in it; says that we are alive, and answers whether to
            go on.

    Attributes:
        has_more: Whether the last look left files that may take long to the next look, for which there is no reason to
            wait.
    """

    def __init__(
        self,
        inbox: Inbox,
        ingest: Ingest,
        *,
        reader: FileReader | None = None,
        go_on: Callable[[], bool] = lambda: True,
    ) -> None:
        self._inbox = inbox
        self._ingest = ingest
        self._reader = reader or OwnReader()
        self._go_on = go_on
        self._known_files = KnownFiles(inbox.clock)
        self.has_more = False

    def look(self) -> int:
        """Scan once, take in what is ready, and return how many contents were not known; 0 when it was stopped.

        A file that may take long is taken in by itself, when all others are stored, and only one of them at each look:
        a file that comes meanwhile goes before the next of them.

        Raises:
            sqlite3.Error: The store cannot be written; nothing is lost, the next scan does it again.
        """
        due = self._inbox.scan()
        quick = [candidate for candidate in due if not candidate.may_take_long]
        slow = [candidate for candidate in due if candidate.may_take_long]
        count = 0
        self.has_more = len(slow) > 1
        for together in ([quick] if quick or not slow else []) + [[one] for one in slow[:1]]:
            taken_in = self._look_at(together)
            if taken_in is None:
                return 0
            count += taken_in
        self._inbox.write_down()
        return count

    def _look_at(self, candidates: Sequence[Candidate]) -> int | None:
        """Take in files that arrived together; return how many contents were not known, None when it was stopped."""
        sources: dict[str, Candidate] = {}
        taken: list[Candidate] = []
        with self._ingest.arrivals() as arrivals:
            for candidate in candidates:
                if not self._take(candidate, arrivals, sources, taken):
                    # Of a hundred files the first three must not look like all there are.
                    arrivals.drop()
                    return None
        failed = {sources[outcome.path].path for outcome in arrivals.outcomes if outcome.status == "failed"}
        for candidate in taken:
            if candidate.path in failed:
                self._inbox.ended(candidate, Line("inbox.our_fault"), is_our_fault=True)
        left_out = self._inbox.conclude(candidate for candidate in taken if candidate.path not in failed)
        self._say_known(arrivals.outcomes, sources)
        self._say_left_out(left_out)
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
            with self._inbox.opened(candidate) as descriptor:
                if descriptor is None:
                    return True
                return self._take_open(candidate, descriptor, arrivals, sources, taken)
        except Changed:
            return True
        except Stopped:
            return False

    def _take_open(
        self,
        candidate: Candidate,
        descriptor: int,
        arrivals: Arrivals,
        sources: dict[str, Candidate],
        taken: list[Candidate],
    ) -> bool:
        left_out: list[Kind] = []
        content = _Content()
        arrived_at = self._inbox.arrived_at(candidate)
        settling = self._inbox.settling
        unchanged_s = settling.unchanged_s(candidate.shown, candidate.signature, arrived_at)

        def say_read(size: int, sha256: str) -> None:
            self._inbox.check(candidate, descriptor, size)
            content.sha256 = sha256
            if self._inbox.given_up.has_content(sha256, besides=candidate.shown):
                raise Unread(SAME_CONTENT)

        callbacks = ReaderCallbacks(self._ingest.was_read, lambda _name, kind: left_out.append(kind), say_read)
        readings = self._reader.read(descriptor, candidate.shown, callbacks, salvage=unchanged_s >= GIVE_UP_S)
        watched = self._watched(candidate, content, readings)
        for reading in watched:
            if reading is None:
                return True
            if wait := _wait_for(reading, candidate.shown, unchanged_s):
                if settling.is_first_look(candidate.shown):
                    log.info(said(wait))
                settling.postpone(candidate.shown, candidate.signature, Line(_WHY_WAITED_FOR[wait.id], wait.values))
                self._inbox.failing.read()
                if reading.path == candidate.shown:  # a file by itself: nothing follows but the end of what is said
                    collections.deque(watched, maxlen=0)
                return True
            sources[reading.path] = candidate
            self._inbox.given_up.take_in_hand(candidate, reading.size)
            arrivals.add(replace(reading, arrived_at=arrived_at))
            if not self._go_on():
                return False
        if left_out:
            self._inbox.leave_out(candidate, left_out, content.sha256)
        self._inbox.failing.read()
        taken.append(candidate)
        return True

    def _watched(
        self, candidate: Candidate, content: "_Content", readings: Iterator[Reading]
    ) -> Iterator[Reading | None]:
        """Yield what is in a file; None, and no more, where it cannot be read, or reading it ended badly."""
        try:
            yield from readings
        except OSError as error:
            self._inbox.refused(candidate, error)
            yield None
        except Unread as unread:
            self._inbox.ended(candidate, unread.reason, sha256=content.sha256)
            yield None
        except (Changed, Stopped):
            raise
        except Exception as error:  # a file must not stop the others, whatever is in it
            if isinstance(error, MemoryError):
                self._inbox.ended(candidate, Line("reasons.no_memory"), sha256=content.sha256)
                yield None
                return
            if is_of_the_machine(error):
                raise
            log.exception(say("ingest.our_fault", path=candidate.shown))
            reason = Line("inbox.our_fault")
            self._inbox.ended(candidate, reason, sha256=content.sha256, is_our_fault=True)
            yield None

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


@dataclass(slots=True)
class _Content:
    """The content of the file that is being read.

    Attributes:
        sha256: None while it has not been read to its end.
    """

    sha256: str | None = None


def _wait_for(reading: Reading, path: str, unchanged_s: float) -> Line | None:
    """Return what is waited for, and how long; None when a file is as its maker left it, or at least will stay so."""
    if unchanged_s >= GIVE_UP_S:
        return None
    if reading.is_incomplete and reading.path == path:  # what is in an archive that is all there will not grow
        return Line("ingest.only_a_part", {"path": path, "hours": round(GIVE_UP_S / 3600)})
    if not reading.is_sound and unchanged_s < SUSPECT_S:
        return Line("ingest.damaged", {"path": path, "seconds": round(SUSPECT_S)})
    return None
