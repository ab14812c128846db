"""How much memory does reading a file take at most?

Each reader reads each file in a process of its own, `peak`. Two numbers: the peak of the whole process, and how much of
it was not there yet when the imports were done and the file was in memory.
"""

import subprocess
import sys
from pathlib import Path


def peak_mb(reader: str, path: Path) -> tuple[float, float] | None:
    """Return the peak of the whole process and the part of it that is due to reading; None where it fails."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.reading.peak", reader, str(path)],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        return None
    before, after = map(float, done.stdout.split())
    return after, after - before
