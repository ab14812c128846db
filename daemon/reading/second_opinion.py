"""What when our own reader fails at a file, in a way it should not?

Then fitparse is asked, which is slow but independent. It runs in a process of its own, with limits, as it is not known
to stop: what it eats of time or memory, and how it may fall, concerns nobody else. It keeps to the limits by itself,
and leaves with who asked, however that ends. This file is that process's program too: the bytes come in by stdin, and
what was found goes out by stdout.
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

from hersteld.parsers.columns import bulk
from hersteld.parsers.columns.decoder import Decoder
from hersteld.parsers.errors import Incomplete, ParseError
from hersteld.parsers.fit import read_fit
from hersteld.parsers.workout import Workout

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Limits:
    """What the second opinion may cost; fitparse reads some 6,000 records a second.

    Attributes:
        seconds: From start to answer.
        memory_mb: Address space, of which Python with numpy takes some 200.
    """

    seconds: float = 60
    memory_mb: int = 1024


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Asked:
    """That fitparse was asked about a file.

    Attributes:
        why: How our own reader failed, and fitparse too where it did: one line.
        trace: Where our own failed.
    """

    why: str
    trace: str

    def log(self, path: str, level: int = logging.WARNING) -> None:
        """Say in the log at which file: however it was read in the end, the fault is ours and should be reported."""
        _log.log(level, "%s: our reader failed at it, so fitparse was asked; please report this (%s)", path, self.why)
        _log.debug(f"Where our reader failed:\n{self.trace}")


@dataclass(frozen=True, slots=True, eq=False)
class Opinion:
    """What was made of a file.

    Attributes:
        found: The workout, or why there is none.
        lacks: What is missing of a file that is cut off, also where it was salvaged; None of any other.
        asked: None when our own reader knew.
    """

    found: Workout | ParseError
    lacks: Incomplete | None
    asked: Asked | None = None


def read_with_second_opinion(
    data: bytes, *, salvage: bool, decoder: Decoder = bulk.decode, limits: Limits = LIMITS
) -> Opinion:
    """Return what our own reader makes of a FIT file, or fitparse where our own fails at it.

    A file about which our reader has something to say (`NotFit`, `Incomplete`, ...) needs no second opinion.

    Args:
        data: The whole file.
        salvage: Take what is readable of a file that is cut off.
        decoder: Our own.
        limits: Of the other.
    """
    try:
        return _read(data, salvage=salvage, decoder=decoder)
    except Exception as fault:  # noqa: BLE001  # the second opinion is there for what nobody thought of
        asked = Asked(_named(fault), traceback.format_exc())
    return _ask(data, asked, salvage=salvage, limits=limits)


def _read(data: bytes, *, salvage: bool, decoder: Decoder) -> Opinion:
    """Return what one reader makes of a file. It is decoded once, which may have taken fitparse a minute."""
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


def _ask(data: bytes, asked: Asked, *, salvage: bool, limits: Limits) -> Opinion:
    """Return what the child process says, or that it says nothing."""
    told = (str(limits.memory_mb), str(limits.seconds), "salvage" if salvage else "whole")
    command = [sys.executable, "-P", "-m", __spec__.name, *told]
    # Each thread that numpy's linear algebra keeps ready, and what is set aside for our own, counts against the limit.
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "1"}
    try:
        done = subprocess.run(  # noqa: S603  # ourselves
            command, input=data, capture_output=True, timeout=limits.seconds, env=environment, check=False
        )
    except subprocess.TimeoutExpired:
        late = f"Our reader fails at this file, and the second one found nothing within {limits.seconds:g} s."
        return Opinion(ParseError(late), None, asked)
    except OSError as error:
        refused = f"Our reader fails at this file, and the second one cannot be started: {error}."
        return Opinion(ParseError(refused), None, asked)
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines() or [f"exit code {done.returncode}"]
        return _neither(asked, said[-1])
    try:
        found, lacks = pickle.loads(done.stdout)  # noqa: S301  # written by `_answer` below
    except Exception as broken:  # noqa: BLE001  # half an answer, or another version's, can fail in any way
        return _neither(asked, f"no answer ({_named(broken)})")
    return Opinion(found, lacks, asked)


def _neither(asked: Asked, why: str) -> Opinion:
    error = ParseError("Neither our reader nor the second one can make anything of this file.")
    return Opinion(error, None, replace(asked, why=f"{asked.why}; fitparse: {why}"))


def _named(fault: Exception) -> str:
    return f"{type(fault).__name__}: {fault}"


def _answer(memory_mb: str, seconds: str, salvage: str) -> None:
    """Be the child process."""
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    from hersteld.parsers.columns import fitparse_decoder  # noqa: PLC0415  # the parent can do without fitparse's decoder

    _limit(resource.RLIMIT_AS, int(memory_mb) * 2**20)
    # One second more, so that the parent, if it looks at the clock, is first and can say that it was the time.
    _limit(resource.RLIMIT_CPU, math.ceil(float(seconds)) + 1)
    opinion = _read(sys.stdin.buffer.read(), salvage=salvage == "salvage", decoder=fitparse_decoder.decode)
    sys.stdout.buffer.write(pickle.dumps((opinion.found, opinion.lacks)))  # our own classes have other names here


def _limit(what: int, most: int) -> None:
    """Take no more than this of something, or than we are allowed already."""
    allowed = resource.getrlimit(what)[1]
    most = most if allowed == resource.RLIM_INFINITY else min(most, allowed)
    resource.setrlimit(what, (most, most))


def _leave_with_parent() -> None:
    """End at once when the parent is gone: it alone holds the other end of stdout."""
    poll = select.poll()
    poll.register(sys.stdout.fileno(), 0)  # an error is told of unasked
    poll.poll()
    os._exit(1)


if __name__ == "__main__":
    _answer(*sys.argv[1:])
