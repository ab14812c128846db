"""How long does a whole process take, from `python` to its end, and what of it?"""

import statistics
import subprocess
import sys
import time
from pathlib import Path

ROUNDS = 9
_READER = "import hersteld.parsers.fit"
_SETTINGS = f"{_READER}, hersteld.config.file.load"


def startup(path: Path) -> list[tuple[str, float]]:
    """Return the seconds of processes that each do a little more than the one before; those that fail are left out.

    Args:
        path: A FIT file to plan.
    """
    steps = (
        ("python, doing nothing", ("-c", "pass")),
        ("importing numpy", ("-c", "import numpy")),
        ("importing our reader", ("-c", _READER)),
        ("and what checks the configuration", ("-c", _SETTINGS)),
        ("and all that `plan` needs", ("-c", f"{_SETTINGS}, hersteld.daemon.cli.printing.plan_print")),
        ("`hersteld plan` on one file", ("-m", "hersteld", "plan", str(path))),
    )
    taken: dict[str, list[float]] = {}
    for _ in range(ROUNDS):
        for name, arguments in steps:
            begin = time.perf_counter()
            done = subprocess.run([sys.executable, *arguments], capture_output=True, check=False)
            if done.returncode == 0:
                taken.setdefault(name, []).append(time.perf_counter() - begin)
    return [(name, statistics.median(seconds)) for name, seconds in taken.items()]
