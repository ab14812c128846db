"""How much memory does reading a file take at most?

Each reader reads each file in a process of its own, this file being its program. Two numbers: the peak of the whole
process, and how much of it was not there yet when the imports were done and the file was in memory.
"""

import resource
import subprocess
import sys
from pathlib import Path

from readers import READERS

_STATUS = Path("/proc/self/status")


def peak_mb(reader: str, path: Path) -> tuple[float, float] | None:
    """Return the peak of the whole process and the part of it that is due to reading; None where it fails."""
    done = subprocess.run([sys.executable, __file__, reader, str(path)], capture_output=True, text=True, check=False)
    if done.returncode:
        return None
    before, after = map(float, done.stdout.split())
    return after, after - before


def _peak_mb() -> float:
    """Return this process's peak; getrusage alone would also count the parent's memory at the time of the fork."""
    if _STATUS.exists():
        line = next(line for line in _STATUS.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)


def _measure(name: str, path: str) -> None:
    read = next(one for one in READERS if one.name == name).load()
    raw = Path(path).read_bytes()
    before = _peak_mb()
    kept = read(raw)
    print(before, _peak_mb())
    del kept


if __name__ == "__main__":
    _measure(*sys.argv[1:])
