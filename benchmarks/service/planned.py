"""How much more memory does the service take with a calendar, and how much for its sake where there is none?"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.parts.calendar_read import made_calendar
from benchmarks.service.household import Household, Receiver, memory_mib
from benchmarks.tables import table

_CALM_S = 3.0
_LIVES = 3
_OWN = """
import sys, tracemalloc
import hersteld.daemon.service.lifecycle
for name in [name for name in sys.modules if name.startswith("hersteld.daemon.calendar")]:
    del sys.modules[name]
tracemalloc.start()
import hersteld.daemon.calendar.keeper
import hersteld.daemon.calendar.recovery_file
print(tracemalloc.get_traced_memory()[0])
"""
_LIBRARIES = """
import os
def resident():
    return int(open("/proc/self/statm").read().split()[1]) * os.sysconf("SC_PAGESIZE")
before = resident()
import icalendar, recurring_ical_events
print(resident() - before)
"""


def planned() -> dict[str, float]:
    """Return the memory of the idle service and of what calendars need, in MiB."""
    with tempfile.TemporaryDirectory() as place, Receiver() as receiver:
        file = Path(place, "training.ics")
        file.write_text(made_calendar(), newline="")
        without = _idle(Path(place, "without"), receiver.port, "")
        written = _idle(Path(place, "written"), receiver.port, "[plan]\nrecovery = true\n")
        read = _idle(Path(place, "read"), receiver.port, f'[plan]\ncalendar = "{file}"\n')
    return {
        "the idle service without a calendar": without,
        "of that, our own code for calendars": _printed(_OWN),
        "with its recovery written as a calendar": written,
        "with a calendar of 5,000 events, once it is read": read,
        "the libraries, which only the process that reads loads": _printed(_LIBRARIES),
    }


def as_table(found: dict[str, float]) -> str:
    """Return the table."""
    return table(["memory", "MiB"], [[what, f"{mib:.1f}"] for what, mib in found.items()])


def _idle(folder: Path, port: int, more: str) -> float:
    """Return the least resident memory of some lives of an idle service."""
    sizes = []
    home = Household(folder, port, more)
    for _ in range(_LIVES):
        with home.running() as service:
            time.sleep(_CALM_S)
            sizes.append(memory_mib(service.pid)[0])
    return min(sizes)


def _printed(program: str) -> float:
    """Return what a program prints, in MiB."""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return int(done.stdout) / 2**20


if __name__ == "__main__":
    print(as_table(planned()))
