"""How much memory does the service take when it has nothing to do, and how much while it reads and sends?"""

import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from benchmarks.service.household import Household, Receiver, Running, a_workout, memory_mib
from benchmarks.tables import table

_CALM_S = 2.0
_LEFT_S = 90.0


@dataclass(frozen=True, slots=True)
class Memory:
    """Memory of all processes of the service together, in MiB.

    Attributes:
        processes: How many there are.
        resident: What each has in memory, what they share counted for each of them (RSS).
        proportional: The same, what several processes of the machine share divided among them (PSS).
    """

    processes: int
    resident: float
    proportional: float


def idle() -> dict[str, Memory]:
    """Return the memory of the service, by what it has done."""
    with tempfile.TemporaryDirectory() as place, Receiver() as receiver:
        home = Household(Path(place, "home"), receiver.port)
        with home.running() as service:
            time.sleep(_CALM_S)
            found = {"idle, before the first file": _memory(service)}
            (home.inbox / "run.fit").write_bytes(a_workout(minutes=120))
            receiver.came.get(timeout=60)
            found["right after a message was sent"] = _memory(service)
            until_s = time.monotonic() + _LEFT_S
            while len(service.processes()) > 1 and time.monotonic() < until_s:
                time.sleep(0.5)
            found["idle again, with the reader and the sender gone"] = _memory(service)
        return found


def as_table(found: dict[str, Memory]) -> str:
    """Return the table."""
    rows = [
        [what, f"{one.processes}", f"{one.resident:.0f} MiB", f"{one.proportional:.0f} MiB"]
        for what, one in found.items()
    ]
    return table(["all processes of the service together", "processes", "RSS", "PSS"], rows)


def _memory(service: Running) -> Memory:
    sizes = []
    for pid in service.processes():
        with suppress(OSError):  # one that has left meanwhile
            sizes.append(memory_mib(pid))
    return Memory(len(sizes), sum(size[0] for size in sizes), sum(size[1] for size in sizes))


if __name__ == "__main__":
    print(as_table(idle()))
