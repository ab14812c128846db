"""What when our own reader fails at a file, in a way it should not?

Then fitparse is asked, which is slow but independent. It runs in a process of its own, with limits, as it is not known
to stop: what it eats of time or memory, and how it may fall, concerns nobody else. It keeps to the limits by itself,
and leaves with who asked, however that ends. This file is that process's program too: the bytes come in by stdin, and
what was found goes out by stdout.
"""

import hashlib
import logging
import math
import os
import pickle
import resource
import select
import subprocess
import sys
import threading
from dataclasses import dataclass

from hersteld.parsers import bulk
from hersteld.parsers.decoder import Decoder
from hersteld.parsers.errors import ParseError
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


def read_with_second_opinion(
    data: bytes, *, salvage: bool, decoder: Decoder = bulk.decode, limits: Limits = LIMITS
) -> Workout:
    """Return the workout in a FIT file, asking fitparse where our own reader fails at it.

    A file about which our reader has something to say (`NotFit`, `Incomplete`, ...) needs no second opinion.

    Args:
        data: The whole file.
        salvage: Take what is readable of a file that is cut off.
        decoder: Our own.
        limits: Of the other.

    Raises:
        ParseError: As `read_fit`; also where neither reader makes anything of the file.
    """
    try:
        return read_fit(data, salvage=salvage, decoder=decoder)
    except ParseError:
        raise
    except Exception as fault:  # noqa: BLE001  # the second opinion is there for what nobody thought of
        sha256 = hashlib.sha256(data).hexdigest()
        _log.warning(
            "Our reader failed at the file with sha256 %s (%s: %s); asking fitparse.",
            sha256,
            type(fault).__name__,
            fault,
        )
        _log.debug("Where our reader failed:", exc_info=True)
    return _ask(data, salvage=salvage, limits=limits)


def _ask(data: bytes, *, salvage: bool, limits: Limits) -> Workout:
    """Return what the child process says.

    Raises:
        ParseError: That is what it says, or it says nothing.
    """
    told = (str(limits.memory_mb), str(limits.seconds), "salvage" if salvage else "whole")
    command = [sys.executable, "-P", "-m", __spec__.name, *told]
    # Each thread that numpy's linear algebra keeps ready, and what is set aside for our own, counts against the limit.
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "1"}
    try:
        done = subprocess.run(  # noqa: S603  # ourselves
            command, input=data, capture_output=True, timeout=limits.seconds, env=environment, check=False
        )
    except subprocess.TimeoutExpired as late:
        raise ParseError(
            f"Our reader fails at this file, and the second one found nothing within {limits.seconds:g} s."
        ) from late
    except OSError as refused:
        raise ParseError(
            f"Our reader fails at this file, and the second one cannot be started: {refused}."
        ) from refused
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines() or [f"exit code {done.returncode}"]
        raise _no_answer(said[-1])
    try:
        found: Workout | ParseError = pickle.loads(done.stdout)  # noqa: S301  # written by `_answer` below
    except Exception as broken:  # half an answer, or that of another version, can fail in any way
        raise _no_answer(f"its answer is none ({type(broken).__name__}: {broken})") from broken
    if isinstance(found, ParseError):
        raise found
    return found


def _no_answer(why: str) -> ParseError:
    _log.warning("The second opinion failed too: %s", why)
    return ParseError("Neither our reader nor the second one can make anything of this file.")


def _answer(memory_mb: str, seconds: str, salvage: str) -> None:
    """Be the child process."""
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    from hersteld.parsers import fitparse_decoder  # noqa: PLC0415  # the parent can do without fitparse's decoder

    _limit(resource.RLIMIT_AS, int(memory_mb) * 2**20)
    # One second more, so that the parent, if it looks at the clock, is first and can say that it was the time.
    _limit(resource.RLIMIT_CPU, math.ceil(float(seconds)) + 1)
    found: Workout | ParseError
    try:
        found = read_fit(sys.stdin.buffer.read(), salvage=salvage == "salvage", decoder=fitparse_decoder.decode)
    except ParseError as error:
        found = error
    sys.stdout.buffer.write(pickle.dumps(found))


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
