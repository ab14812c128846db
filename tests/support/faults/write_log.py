"""What did a program write in a folder, in which order, and what of it was on the disk for certain?

strace writes down each call with all its bytes; this reads that. The `-shm` file is left out: a power cut takes it
anyway, as it is memory of the kernel's.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.support.machine.components import require

_CALLS = "open,openat,write,pwrite64,ftruncate,link,linkat,rename,renameat,renameat2,unlink,unlinkat,fsync,fdatasync"
_LINE = re.compile(r"(?P<thread>\d+) +(?P<at>\d+\.\d+) (?P<rest>.*)")
_RESUMED = re.compile(r"<\.\.\. \w+ resumed>")
_CALL = re.compile(r"(?P<name>\w+)\((?P<arguments>.*)\) += (?P<result>-?\d+)")
_FILE = re.compile(r"(?P<number>\d+)<(?P<path>[^>]*)>")
_TEXT = r'"(?:[^"\\]|\\.)*"'
_QUOTED = re.compile(_TEXT)
_UNFINISHED = " <unfinished ...>"


@dataclass(frozen=True, slots=True)
class Write:
    """Bytes in a file, which is known by a number of its own, whatever its name."""

    file: int
    at: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Truncate:
    """A new length."""

    file: int
    size: int


@dataclass(frozen=True, slots=True)
class Name:
    """A name in the folder: of a file, or of none any more."""

    name: str
    file: int | None


@dataclass(frozen=True, slots=True)
class Sync:
    """From here on all is on the disk that was done before with a file, or with the names in the folder (None).

    Attributes:
        since: How many events there were when it was asked for.
    """

    file: int | None
    since: int


@dataclass(frozen=True, slots=True)
class Said:
    """What the program said on stderr."""

    text: str


Event = Write | Truncate | Name | Sync | Said


def recorded(trace: Path) -> list[str]:
    """Return the words to put before a command to have its writes written down; it is our child all the same."""
    strace = str(require("strace"))
    words = ["-D", "-f", "-y", "-qq", "--seccomp-bpf", "-ttt", "-s", "10000000", "-e", f"trace={_known(_CALLS)}"]
    return [strace, *words, "-o", str(trace)]


def _known(calls: str) -> str:
    return ",".join(f"?{name}" for name in calls.split(","))


class WriteLog:
    """The events in a folder, in the order in which they ended.

    Args:
        trace: What strace wrote.
        folder: Whose files count, without those in folders below it.

    Attributes:
        events: As said.
        times: When each of them ended, in seconds since 1970.
    """

    def __init__(self, trace: Path, folder: Path) -> None:
        self.events: list[Event] = []
        self.times: list[float] = []
        self._folder = folder
        self._files: dict[str, int] = {}
        self._count = 0
        self._positions: dict[int, int] = {}
        for at, since, name, arguments, result in self._calls(trace):
            for event in self._events(since, name, arguments, result):
                self.events.append(event)
                self.times.append(at)

    def when_said(self, part: str) -> int:
        """Return the number of the event with which the program had said this.

        Raises:
            StopIteration: It never did.
        """
        return next(n for n, event in enumerate(self.events) if isinstance(event, Said) and part in event.text)

    def synced_before(self, count: int) -> int:
        """Return after how many events, at most so many, something was last synced."""
        return 1 + max(number for number, event in enumerate(self.events[:count]) if isinstance(event, Sync))

    def number_at(self, at: float) -> int:
        """Return how many events there were at a time."""
        return sum(one <= at for one in self.times)

    def _calls(self, trace: Path) -> Iterator[tuple[float, int, str, str, int]]:
        """Yield each call that did not fail, with the number of events there were when it began."""
        begun: dict[str, tuple[int, str]] = {}
        for line in trace.read_text(encoding="ascii").splitlines():
            found = _LINE.fullmatch(line)
            if found is None:
                continue
            rest, thread, since = found["rest"], found["thread"], len(self.events)
            if rest.endswith(_UNFINISHED):
                begun[thread] = (since, rest.removesuffix(_UNFINISHED))
                continue
            if resumed := _RESUMED.match(rest):
                since, first = begun.pop(thread)
                rest = first + rest[resumed.end() :]
            call = _CALL.match(rest)
            if call is not None and int(call["result"]) >= 0:
                yield float(found["at"]), since, call["name"], call["arguments"], int(call["result"])

    def _events(self, since: int, call: str, arguments: str, result: int) -> Iterator[Event]:
        if call in ("write", "pwrite64", "ftruncate", "fsync", "fdatasync"):
            yield from self._done(since, call, arguments, result)
            return
        names = [_text(one).decode() for one in _QUOTED.findall(arguments)]
        if call in ("open", "openat"):
            yield from self._opened(names[0], arguments, result)
        elif call.startswith("link") and (new := self._name(names[1])):
            self._files[new] = self._files[self._name(names[0]) or ""]
            yield Name(new, self._files[new])
        elif call.startswith("unlink") and (old := self._name(names[0])):
            self._files.pop(old, None)
            yield Name(old, None)
        elif call.startswith("rename") and (new := self._name(names[1])) and (old := self._name(names[0])):
            self._files[new] = self._files.pop(old)
            yield from (Name(old, None), Name(new, self._files[new]))

    def _opened(self, path: str, arguments: str, number: int) -> Iterator[Event]:
        name = self._name(path)
        if name is None:
            return
        if name not in self._files and "O_CREAT" in arguments:
            self._count += 1
            self._files[name] = self._count
            yield Name(name, self._count)
        self._positions[number] = 0

    def _done(self, since: int, call: str, arguments: str, result: int) -> Iterator[Event]:
        opened = _FILE.match(arguments)
        if opened is None:
            return
        if opened["number"] == "2" and call == "write":
            yield Said(_text(_QUOTED.findall(arguments)[0]).decode(errors="replace"))
            return
        if Path(opened["path"]) == self._folder and "sync" in call:
            yield Sync(None, since)
            return
        file = self._files.get(self._name(opened["path"]) or "")
        if file is None:
            return
        if "sync" in call:
            yield Sync(file, since)
        elif call == "ftruncate":
            yield Truncate(file, int(arguments.rpartition(", ")[2]))
        else:
            data = _text(_QUOTED.findall(arguments)[0])[:result]
            number = int(opened["number"])
            at = int(arguments.rpartition(", ")[2]) if call == "pwrite64" else self._positions.get(number, 0)
            self._positions[number] = at + len(data)
            yield Write(file, at, data)

    def _name(self, path: str) -> str | None:
        """Return the name of a file in our folder; None for any other."""
        found = Path(path)
        return found.name if found.parent == self._folder and not found.name.endswith("-shm") else None


def _text(quoted: str) -> bytes:
    """Return the bytes that strace wrote as a text of C, whose escapes are those of Python."""
    text: bytes = ast.literal_eval(f"b{quoted}")
    return text
