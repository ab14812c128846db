"""How does the service bear 200,000 files in 50,000 folders?"""

import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.service.household import Household, Receiver, Running, a_workout, memory_mib
from benchmarks.tables import table

FOLDERS = 50_000
IN_EACH = 4
_LOOKS = 3
_PATIENCE_S = 900.0


@dataclass(frozen=True, slots=True)
class Crowd:
    """What was measured.

    Attributes:
        ready_s: From the start of the service until it is ready.
        first_look_s: The first look: the walk, then every file is opened and written down.
        look_s: The walk of a later look, as processor time: a busy machine would say more of itself.
        told_s: From a closed file to its message, among all the others.
        empty_mib, mib: Memory of the service without the files and with them.
        silence_s: Longest time in which systemd heard nothing, up to the end of the first look.
    """

    ready_s: float
    first_look_s: float
    look_s: float
    told_s: float
    empty_mib: float
    mib: float
    silence_s: float


def crowd(folders: int = FOLDERS, in_each: int = IN_EACH) -> Crowd:
    """Make the files, and let the service look at them."""
    with tempfile.TemporaryDirectory() as place, Receiver() as receiver:
        home = Household(Path(place, "home"), receiver.port)
        with home.running() as empty:
            time.sleep(1.0)
            empty_mib = memory_mib(empty.pid)[0]
        for number in range(folders):
            folder = home.inbox / f"{number // 500}" / f"{number}"
            folder.mkdir(parents=True)
            for name in range(in_each):
                (folder / f"{name}.jpg").write_bytes(b"a picture")
        notes = home.folder / "notes"
        home.environment_added["HERSTELD_NOTES"] = str(notes)
        with home.running(module=("benchmarks.service.timed",)) as service:
            ready_s = service.words[-1][0] - service.began_s
            first = _look(service, notes, 1)
            silence_s = service.longest_silence_s(first[1])
            later = [_look(service, notes, number) for number in range(2, 1 + _LOOKS)]
            walks = [scanned - begun for begun, scanned in _walks(notes)[1:]]
            told_s = _told(home, service, receiver)
            mib = memory_mib(service.pid)[0]
        assert later
        return Crowd(ready_s, first[1] - first[0], min(walks), told_s, empty_mib, mib, silence_s)


def as_table(found: Crowd, files: int = FOLDERS * IN_EACH) -> str:
    """Return the table."""
    return table(
        ["200,000 files in 50,000 folders", ""],
        [
            ["from the start until the service is ready", f"{found.ready_s:.1f} s"],
            ["the first look: every file is opened and written down", f"{found.first_look_s:.1f} s"],
            ["the walk of each later look, as processor time", f"{found.look_s:.2f} s"],
            ["and for each file", f"{found.look_s / files * 1e6:.1f} µs"],
            ["a workout that comes among them, from the closed file to the request", f"{found.told_s:.1f} s"],
            ["memory of the service, before there were files", f"{found.empty_mib:.0f} MiB"],
            ["and with them", f"{found.mib:.0f} MiB"],
            ["longest time without a sign of life, of 120 s that are allowed", f"{found.silence_s:.1f} s"],
        ],
    )


def _look(service: Running, notes: Path, number: int) -> tuple[float, float]:
    """Wait until a look is over; return when it began and ended."""
    until_s = time.monotonic() + _PATIENCE_S
    while time.monotonic() < until_s:
        service.listen(0.2)
        lines = [line.split() for line in notes.read_text(encoding="ascii").splitlines()]
        ends = [float(at) for at, _, what in lines if what == "stored"]
        begins = [float(at) for at, _, what in lines if what == "scan"]
        if len(ends) >= number:
            return begins[number - 1], ends[number - 1]
    raise TimeoutError("no look in time")


def _walks(notes: Path) -> list[tuple[float, float]]:
    lines = [line.split() for line in notes.read_text(encoding="ascii").splitlines()]
    begins = [float(computed) for _, computed, what in lines if what == "scan"]
    ends = [float(computed) for _, computed, what in lines if what == "scanned"]
    return list(zip(begins, ends, strict=False))


def _told(home: Household, service: Running, receiver: Receiver) -> float:
    content = a_workout()
    (home.inbox / "0" / "0" / "run.fit").write_bytes(content)
    closed_s = time.monotonic()
    while receiver.came.empty() and time.monotonic() < closed_s + _PATIENCE_S:
        service.listen(0.1)
    return receiver.came.get(timeout=1)[0] - closed_s


if __name__ == "__main__":
    folders = int(sys.argv[1]) if len(sys.argv) > 1 else FOLDERS
    print(as_table(crowd(folders), folders * IN_EACH))
