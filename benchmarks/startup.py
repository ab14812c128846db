"""How long does a whole process take, from `python` to its end, and what of it?"""

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROUNDS = 9
_READER = "import hersteld.parsers.fit"
_SETTINGS = f"{_READER}, hersteld.config.file.load"
_TAB = {"_HERSTELD_COMPLETE": "zsh_complete", "COMP_WORDS": "hersteld explain ", "COMP_CWORD": "2"}


def startup(path: Path) -> list[tuple[str, float]]:
    """Return the seconds of processes that each do a little more than the one before, and then of some that do little.

    Those that fail are left out.

    Args:
        path: A FIT file to plan.
    """
    steps: tuple[tuple[str, tuple[str, ...], dict[str, str]], ...] = (
        ("python, doing nothing", ("-c", "pass"), {}),
        ("importing numpy", ("-c", "import numpy"), {}),
        ("importing our reader", ("-c", _READER), {}),
        ("and what checks the configuration", ("-c", _SETTINGS), {}),
        ("and all that `plan` needs", ("-c", f"{_SETTINGS}, hersteld.daemon.cli.printing.plan_print"), {}),
        ("`hersteld plan` on one file", ("-m", "hersteld", "plan", str(path)), {}),
        ("`hersteld --help`", ("-m", "hersteld", "--help"), {}),
        ("`hersteld explain` and Tab", ("-m", "hersteld"), _TAB),
    )
    taken: dict[str, list[float]] = {}
    for _ in range(ROUNDS):
        for name, arguments, told in steps:
            begin = time.perf_counter()
            command, environment = [sys.executable, *arguments], os.environ | told
            done = subprocess.run(command, env=environment, capture_output=True, check=False)
            if done.returncode == 0:
                taken.setdefault(name, []).append(time.perf_counter() - begin)
    return [(name, statistics.median(seconds)) for name, seconds in taken.items()]
