"""What if the kernel refuses one call? strace stands between the installed program and the kernel, and refuses it.

It refuses the n-th call of a kind of each thread, either from the start, of the calls on a few files, or from a moment
on, of all calls. The program itself knows nothing of it.
"""

import re
import subprocess
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.support.machine.components import require
from tests.support.machine.process import wait_until

_CALL = re.compile(r"^(\d+) +(\w+)\(")
_UNSEEN = "?"
"""strace passes over a name that this machine does not know, where it begins so."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Which call the kernel refuses.

    Attributes:
        calls: Its names on the machines there are, such as "rename,renameat,renameat2".
        error: The name of the error, such as "EIO".
        nth: The how-manieth call of each thread; 0 for none, to count the calls.
        each: Whether all later ones are refused, too.
    """

    calls: str
    error: str
    nth: int
    each: bool = False

    def words(self) -> list[str]:
        """Return the options of strace."""
        names = ",".join(_UNSEEN + name for name in self.calls.split(","))
        which = f"{self.nth}{'+' if self.each else ''}"
        refusal = ["-e", f"inject={names}:error={self.error}:when={which}"] if self.nth else []
        return ["-e", f"trace={names}", *refusal]


def traced(trace: Path, refused: Refused, files: Sequence[Path]) -> list[str]:
    """Return the words to put before a command: it is our child all the same, and strace ends with it."""
    paths = [word for file in files for word in ("-P", str(file))]
    strace = str(require("strace"))
    return [strace, "-D", "-f", "-qq", "--seccomp-bpf", "-s", "0", "-o", str(trace), *paths, *refused.words()]


class Attached:
    """Traces a process from now on, with all that it starts, to the end of the block; refuses a call once, or each."""

    def __init__(self, trace: Path, refused: Refused, pid: int) -> None:
        self._trace, self._refused = trace, refused
        words = [str(require("strace")), "-f", "-qq", "-s", "0", "-o", str(trace), *refused.words(), "-p", str(pid)]
        self._strace = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        wait_until(lambda: _is_traced(pid) or self._strace.poll() is not None, "strace to attach itself")
        assert self._strace.poll() is None, "strace ended"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._strace.kill()  # which lets go of what it traces
        self._strace.wait()

    def let_go_when_refused(self) -> None:
        """Trace nothing any more where one call was to be refused, and was."""
        if not self._refused.each and was_refused(self._trace):
            self._strace.kill()


def most_calls(trace: Path) -> int:
    """Return how many of the calls that were counted one thread made at most."""
    found = map(_CALL.match, trace.read_text(errors="replace").splitlines())
    return max(Counter(one[1] for one in found if one).values(), default=0)


def was_refused(trace: Path) -> bool:
    """Return whether a call was refused."""
    return trace.exists() and "(INJECTED)" in trace.read_text(errors="replace")


def _is_traced(pid: int) -> bool:
    """Return whether every thread of a process is traced."""
    try:
        threads = list(Path(f"/proc/{pid}/task").iterdir())
        return all("TracerPid:\t0\n" not in Path(thread, "status").read_text() for thread in threads)
    except OSError:
        return True
