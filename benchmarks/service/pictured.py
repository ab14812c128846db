"""How much later does a message arrive that carries a picture, and what does the service keep of it?

Files come in turn to services of their own, one that sends pictures and one that does not, so that other work of the
machine disturbs both alike.
"""

import statistics
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.service.household import Household, Receiver, a_workout, memory_mib
from benchmarks.tables import table

PAIRS = 15
_CALM_S = 0.5
_LIVES = 3
_UNTIL_GONE_S = 25.0
"""The processes that read and send leave after 20 s."""
_WITHOUT = "picture = false\n"


def pictured(pairs: int = PAIRS) -> tuple[list[tuple[float, float]], dict[str, float]]:
    """Return for each pair the seconds from the closed file to the request, with a picture and without.

    And the resident memory of the idle service, in MiB, after a message of each kind.
    """
    with tempfile.TemporaryDirectory() as place, Receiver() as receiver:
        folder = Path(place)
        times = [
            (
                _request_s(folder / f"with {number}", receiver, ""),
                _request_s(folder / f"without {number}", receiver, _WITHOUT),
            )
            for number in range(pairs)
        ]
        sizes = {
            words: min(_idle_mib(folder / f"life {words} {life}", receiver, more) for life in range(_LIVES))
            for words, more in (("with a picture", ""), ("without", _WITHOUT))
        }
    return times, sizes


def as_table(found: tuple[list[tuple[float, float]], dict[str, float]]) -> str:
    """Return the table."""
    times, sizes = found
    rows = []
    for words, seconds in (("with a picture", [one for one, _ in times]), ("without", [two for _, two in times])):
        rows.append([words, f"{statistics.median(seconds) * 1000:.0f} ms", f"{sizes[words]:.1f} MiB"])
    ratio = statistics.median(one / two for one, two in times)
    rows.append(["ratio, difference", f"{ratio:.2f}", f"{sizes['with a picture'] - sizes['without']:.1f} MiB"])
    head = ["first message", "from the closed file to the request", "the idle service afterwards"]
    return f"{len(times)} pairs of files.\n\n" + table(head, rows)


def _request_s(folder: Path, receiver: Receiver, more: str) -> float:
    home = Household(folder, receiver.port, more)
    content = a_workout()
    with home.running():
        time.sleep(_CALM_S)
        (home.inbox / "run.fit").write_bytes(content)
        closed_s = time.monotonic()
        received_s, _ = receiver.came.get(timeout=60)
    return received_s - closed_s


def _idle_mib(folder: Path, receiver: Receiver, more: str) -> float:
    home = Household(folder, receiver.port, more)
    with home.running() as service:
        (home.inbox / "run.fit").write_bytes(a_workout())
        receiver.came.get(timeout=60)
        time.sleep(_UNTIL_GONE_S)
        return memory_mib(service.pid)[0]


if __name__ == "__main__":
    print(as_table(pictured(int(sys.argv[1]) if len(sys.argv) > 1 else PAIRS)))
