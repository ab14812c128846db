"""What happens when our own reader fails at a file in a way that it should not?

Then fitparse reads the file, which is slow but independent. It runs in a process of its own with limits on time and
memory, since nobody has proved that it always ends; however it fails, the process that asked goes on. The bytes
go there, and what was found comes back, in files that lie in memory.
"""

import logging
import math
import traceback
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import cast

from hersteld.daemon.database.line_column import line_of, stored
from hersteld.daemon.reading.os_reasons import why_refused
from hersteld.daemon.reading.wire import NotUnderstood, found_in, told
from hersteld.daemon.system.channel import Channel, Garbled, Json, content_of, in_memory
from hersteld.daemon.system.child_process import ChildLost, ChildProcess, Limits
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


def asked_told(asked: Asked) -> Json:
    """Return how our own reader failed, as JSON."""
    return {"why": asked.why, "trace": asked.trace, "fitparse": [stored(line) for line in asked.fitparse]}


def asked_from(message: Json) -> Asked:
    """Return what `asked_told` was given."""
    lines = (line_of(str(line)) for line in cast("list[str]", message["fitparse"]))
    return Asked(str(message["why"]), str(message["trace"]), tuple(line for line in lines if line is not None))


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

    Raises:
        MemoryError: The machine has too little for our own reader, of which the file is not to blame.
    """
    try:
        return _read(data, salvage=salvage, decoder=decoder)
    except MemoryError:
        raise
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
    # One second more than we wait, so that it is we who end a late child and know the reason.
    most = Limits(address_bytes=limits.memory_mb * 2**20, cpu_s=math.ceil(limits.seconds) + 1)
    # Each thread that numpy's linear algebra keeps ready, and what is set aside for our own, counts against the limit.
    environment = {"OPENBLAS_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "1"}
    try:
        with in_memory(data) as file:
            child = ChildProcess(
                f"{__name__}:serve", limits=most, heeds_stop=False, quiet=True, environment=environment
            )
            answer, beside = child.ask({"salvage": salvage}, [file], within_s=limits.seconds)
            child.end()
        return _opinion_of(answer, beside, asked)
    except ChildLost as lost:
        if lost.is_late:
            late = Line("files.second_reader_late", {"seconds": limits.seconds})
            return Opinion(ParseError(late), None, asked)
        return _neither(asked, lost.reason)
    except OSError as error:
        refused = Line("files.second_reader_not_started", {"why": (why_refused(error),)})
        return Opinion(ParseError(refused), None, asked)


def _opinion_of(answer: Json, files: tuple[int, ...], asked: Asked) -> Opinion:
    """Return the opinion that a child's answer holds."""
    if "failed" in answer:
        return _neither(asked, Line("reasons.system", {"words": str(answer["failed"])}))
    try:
        beside = b"".join(content_of(descriptor) for descriptor in files)
        found = found_in(cast("Json", answer["found"]), beside)
        if not isinstance(found, Workout | ParseError):
            return _neither(asked, Line("reasons.child_garbled"))
        lacks = answer["lacks"] and found_in(cast("Json", answer["lacks"]), b"")
        return Opinion(found, lacks if isinstance(lacks, Incomplete) else None, asked)
    except (NotUnderstood, Garbled, KeyError, TypeError):
        return _neither(asked, Line("reasons.child_garbled"))


def _neither(asked: Asked, why: Line) -> Opinion:
    return Opinion(ParseError(Line("files.neither_reader")), None, replace(asked, fitparse=(why,)))


def _named(fault: Exception) -> str:
    return f"{type(fault).__name__}: {fault}" if str(fault) else type(fault).__name__


def serve(channel: Channel) -> None:
    """Run in the child process: read the file that comes, and answer with what was found."""
    from hersteld.parsers.columns import fitparse_decoder  # noqa: PLC0415  # the parent can do without fitparse's decoder

    request, files = channel.receive()
    try:
        opinion = _read(content_of(files[0]), salvage=request["salvage"] is True, decoder=fitparse_decoder.decode)
        found, beside = told(opinion.found)
        lacks = None if opinion.lacks is None else told(opinion.lacks)[0]
        with in_memory(beside) as file:
            channel.send({"found": found, "lacks": lacks}, [file])
    except Exception as fault:  # noqa: BLE001  # any failure of fitparse's is an answer too
        channel.send({"failed": _named(fault)})
    channel.receive()  # which ends with the parent's end of the channel
