"""What when our own reader fails at a file, in a way it should not?

Then fitparse is asked, which is slow but independent. It runs in a process of its own, with limits, as it is not known
to stop: what it eats of time or memory, and how it may fall, concerns nobody else. This file is that process's program
too: the bytes come in by stdin, and what was found goes out by stdout.
"""

import hashlib
import logging
import os
import pickle
import resource
import subprocess
import sys
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
    command = [sys.executable, "-P", "-m", __spec__.name, str(limits.memory_mb), "salvage" if salvage else "whole"]
    # Each thread that numpy's linear algebra keeps ready would count against the limit.
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1"}
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
        last = (done.stderr.decode(errors="replace").strip().splitlines() or [f"exit code {done.returncode}"])[-1]
        _log.warning("The second opinion failed too: %s", last)
        raise ParseError("Neither our reader nor the second one can make anything of this file.")
    found: Workout | ParseError = pickle.loads(done.stdout)  # noqa: S301  # written by `_answer` below
    if isinstance(found, ParseError):
        raise found
    return found


def _answer(memory_mb: str, salvage: str) -> None:
    """Be the child process."""
    from hersteld.parsers import fitparse_decoder  # noqa: PLC0415  # the parent can do without fitparse's decoder

    limit = int(memory_mb) * 2**20
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    found: Workout | ParseError
    try:
        found = read_fit(sys.stdin.buffer.read(), salvage=salvage == "salvage", decoder=fitparse_decoder.decode)
    except ParseError as error:
        found = error
    sys.stdout.buffer.write(pickle.dumps(found))


if __name__ == "__main__":
    _answer(*sys.argv[1:])
