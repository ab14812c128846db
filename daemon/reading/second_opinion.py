"""What happens when our own reader fails at a file in a way that it should not?

Then fitparse reads the file, which is slow but independent. It runs in a process of its own with limits on time and
memory, since nobody has proved that it always ends; however it fails, the process that asked goes on. The child process
applies the limits to itself, and ends as soon as the process that asked has ended. This module is also the program of
the child: the bytes come in by stdin, and what was found goes out by stdout.
"""

import logging
import math
import os
import pickle
import resource
import select
import subprocess
import sys
import threading
import traceback
from dataclasses import dataclass, replace
from functools import lru_cache

from hersteld.daemon.reading.os_reasons import how_ended, why_refused
from hersteld.parsers.columns import bulk
from hersteld.parsers.columns.decoder import Decoder
from hersteld.parsers.errors import Incomplete, ParseError
from hersteld.parsers.fit import read_fit
from hersteld.parsers.line import Line
from hersteld.parsers.workout import Workout

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SecondReaderLimits:
    """How much the second reader may use; fitparse reads some 6,000 records a second.

    Attributes:
        seconds: From start to answer.
        memory_mb: Address space in MiB, of which Python with numpy takes some 200.
    """

    seconds: float = 60
    memory_mb: int = 1024


LIMITS = SecondReaderLimits()


@dataclass(frozen=True, slots=True)
class Asked:
    """How our own reader failed at a file, so that fitparse was asked.

    Attributes:
        why: How our own reader failed: the name and the words of the exception.
        trace: Where it failed.
        fitparse: How fitparse failed too; empty where it did not.
    """

    why: str
    trace: str
    fitparse: tuple[Line, ...] = ()

    def log(self, path: str, level: int = logging.WARNING) -> None:
        """Log that our reader failed at this file; also where fitparse could read it, that should be reported."""
        from hersteld.config.texts.speech import say  # noqa: PLC0415  # slow to import, and a worker logs nothing

        if self.fitparse:
            _log.log(level, say("files.second_reader_failed", path=path, why=self.why, fitparse=self.fitparse))
        else:
            _log.log(level, say("files.second_reader_asked", path=path, why=self.why))
        _log.debug(f"{say('files.our_reader_failed_where')}\n{self.trace}")


@dataclass(frozen=True, slots=True, eq=False)
class Opinion:
    """What a reader found in a file.

    Attributes:
        found: The workout, or why there is none.
        lacks: What is missing of a file that is cut off, also where it was salvaged; None for any other.
        asked: How our own reader failed; None when it did not.
    """

    found: Workout | ParseError
    lacks: Incomplete | None
    asked: Asked | None = None


def read_with_second_opinion(
    data: bytes, *, salvage: bool, decoder: Decoder = bulk.decode, limits: SecondReaderLimits = LIMITS
) -> Opinion:
    """Return what our own reader finds in a FIT file, or what fitparse finds where our own fails.

    A file for which our reader has an error of its own (`NotFit`, `Incomplete`, ...) needs no second opinion.

    Args:
        data: The whole file.
        salvage: Take what is readable of a file that is cut off.
        decoder: That of our own reader.
        limits: Those of the second reader.
    """
    try:
        return _read(data, salvage=salvage, decoder=decoder)
    except Exception as fault:  # noqa: BLE001  # any failure of our reader is what the second is for
        asked = Asked(_named(fault), traceback.format_exc())
    return _ask(data, asked, salvage=salvage, limits=limits)


def _read(data: bytes, *, salvage: bool, decoder: Decoder) -> Opinion:
    """Return what one reader finds in a file. The file is decoded only once, as that may take fitparse a minute."""
    decoded = lru_cache(maxsize=1)(decoder)
    try:
        return Opinion(read_fit(data, decoder=decoded), None)
    except Incomplete as short:
        lacks = short.with_traceback(None)  # which would keep all that was read
    except ParseError as error:
        return Opinion(error.with_traceback(None), None)
    if not salvage:
        return Opinion(lacks, lacks)
    try:
        return Opinion(read_fit(data, salvage=True, decoder=decoded), lacks)
    except ParseError as error:
        return Opinion(error.with_traceback(None), lacks)


def _ask(data: bytes, asked: Asked, *, salvage: bool, limits: SecondReaderLimits) -> Opinion:
    """Return what the child process found, or why there is no answer from it."""
    arguments = (str(limits.memory_mb), str(limits.seconds), "salvage" if salvage else "whole")
    command = [sys.executable, "-P", "-m", __spec__.name, *arguments]
    # Each thread that numpy's linear algebra keeps ready, and what is set aside for our own, counts against the limit.
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "1"}
    try:
        done = subprocess.run(  # noqa: S603  # ourselves
            command, input=data, capture_output=True, timeout=limits.seconds, env=environment, check=False
        )
    except subprocess.TimeoutExpired:
        late = Line("files.second_reader_late", {"seconds": limits.seconds})
        return Opinion(ParseError(late), None, asked)
    except OSError as error:
        refused = Line("files.second_reader_not_started", {"why": (why_refused(error),)})
        return Opinion(ParseError(refused), None, asked)
    if done.returncode:
        lines = done.stderr.decode(errors="replace").strip().splitlines()
        return _neither(asked, Line("reasons.system", {"words": lines[-1]}) if lines else how_ended(done.returncode))
    try:
        found, lacks = pickle.loads(done.stdout)  # noqa: S301  # written by `_answer` below
    except Exception as broken:  # noqa: BLE001  # half an answer, or another version's, can fail in any way
        return _neither(asked, Line("reasons.system", {"words": _named(broken)}))
    return Opinion(found, lacks, asked)


def _neither(asked: Asked, why: Line) -> Opinion:
    return Opinion(ParseError(Line("files.neither_reader")), None, replace(asked, fitparse=(why,)))


def _named(fault: Exception) -> str:
    return f"{type(fault).__name__}: {fault}"


def _answer(memory_mb: str, seconds: str, salvage: str) -> None:
    """Run as the child process: read a file from stdin and write what was found to stdout."""
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    from hersteld.parsers.columns import fitparse_decoder  # noqa: PLC0415  # the parent can do without fitparse's decoder

    _limit(resource.RLIMIT_AS, int(memory_mb) * 2**20)
    # One second more than the parent waits, so that it is the parent who ends a late child and knows the reason.
    _limit(resource.RLIMIT_CPU, math.ceil(float(seconds)) + 1)
    opinion = _read(sys.stdin.buffer.read(), salvage=salvage == "salvage", decoder=fitparse_decoder.decode)
    sys.stdout.buffer.write(pickle.dumps((opinion.found, opinion.lacks)))  # our own classes have other names here


def _limit(what: int, most: int) -> None:
    """Limit this process in one resource, never above the limit that it has already."""
    allowed = resource.getrlimit(what)[1]
    most = most if allowed == resource.RLIM_INFINITY else min(most, allowed)
    resource.setrlimit(what, (most, most))


def _leave_with_parent() -> None:
    """End at once when the parent has ended: it alone holds the other end of stdout."""
    poll = select.poll()
    poll.register(sys.stdout.fileno(), 0)  # errors are reported without being asked for
    poll.poll()
    os._exit(1)


if __name__ == "__main__":
    _answer(*sys.argv[1:])
