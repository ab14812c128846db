"""What a service needed only while it worked goes back to the machine."""

import platform
import subprocess
import sys

import pytest

_PROGRAM = """
import threading
from pathlib import Path
from hersteld.daemon.system.memory import give_back, share_one_heap

def resident_kib():
    (line,) = (line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1])

def work():
    kept.append([bytes(1000) for _ in range(40_000)])
    kept.append(bytes(1000))  # at the end of the heap, so that nothing below is given back by itself
    del kept[0]

kept = []
share_one_heap()
thread = threading.Thread(target=work)
thread.start()
thread.join()
before = resident_kib()
give_back()
print(before - resident_kib())
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="another C library keeps no heaps")
def test_what_a_thread_has_freed_goes_back() -> None:
    done = subprocess.run([sys.executable, "-c", _PROGRAM], capture_output=True, text=True, check=True)
    assert int(done.stdout) > 20_000, "of some 40 MB"
