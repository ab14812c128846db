"""How long after its writer has closed a file does the receiver get the message, and where does the time go?

Each of fifty files comes to a service of its own, which is idle and has neither of its child processes: as it is when
the first workout of the day comes.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.service.household import Household, Receiver, a_workout
from benchmarks.tables import table

FILES = 50
_CALM_S = 0.5
_STAGES = (
    ("until the observer says so", "noticed"),
    ("waiting for what else arrives", "scan"),
    ("the look into the folder", "scanned"),
    ("start of the reader, as far as it is waited for, and reading the bytes", "read"),
    ("decoding", "decoded"),
    ("assessing, planning and the commit", "stored"),
    ("the turn of the target's thread", "call"),
    ("start of the sender and import of Apprise, as far as they are waited for, and the request", "received"),
)


def latencies(count: int = FILES) -> list[dict[str, float]]:
    """Return for each file how many seconds after its closing each stage was over."""
    with tempfile.TemporaryDirectory() as folder, Receiver() as receiver:
        return [_one(Path(folder, str(number)), receiver) for number in range(count)]


def as_table(found: Sequence[dict[str, float]]) -> str:
    """Return the table: each stage, and all of them."""
    rows, before = [], "closed"
    for words, stage in _STAGES:
        rows.append([words, *_both([one[stage] - one.get(before, 0.0) for one in found])])
        before = stage
    rows.append(["**from the closed file to the request**", *_both([one["received"] for one in found])])
    return f"{len(found)} files.\n\n" + table(["what", "median", "95th of 100"], rows)


def _both(seconds: Sequence[float]) -> tuple[str, str]:
    high = statistics.quantiles(seconds, n=20, method="inclusive")[-1]
    return f"{statistics.median(seconds) * 1000:.0f} ms", f"{high * 1000:.0f} ms"


def _one(folder: Path, receiver: Receiver) -> dict[str, float]:
    home = Household(folder, receiver.port)
    notes = folder / "notes"
    home.environment_added["HERSTELD_NOTES"] = str(notes)
    content = a_workout()
    with home.running(module=("benchmarks.service.timed",)):
        time.sleep(_CALM_S)  # an idle machine is what is measured
        (home.inbox / "run.fit").write_bytes(content)
        closed_s = time.monotonic()
        received_s, _ = receiver.came.get(timeout=60)
        found = {"received": received_s - closed_s}
        for line in notes.read_text(encoding="ascii").splitlines():
            at, _, what = line.split()
            if float(at) >= closed_s - 0.05 and what not in found:
                found[what] = float(at) - closed_s
    return found


if __name__ == "__main__":
    print(as_table(latencies(int(sys.argv[1]) if len(sys.argv) > 1 else FILES)))
