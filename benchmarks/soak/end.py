"""What does the installed program cost, by the real clock, on all that a soak has left?"""

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path


def status_s(config: Path, state: Path) -> tuple[float, float]:
    """Return how long `hersteld status` takes as a whole process: the quickest of many, and the median."""
    command = [sys.executable, "-m", "hersteld", "status", "--config", str(config)]
    times = []
    for _ in range(25):
        began_s = time.perf_counter()
        subprocess.run(command, env=_environment(state), stdout=subprocess.DEVNULL, check=True)
        times.append(time.perf_counter() - began_s)
    return min(times), statistics.median(times)


def idle(config: Path, state: Path, watched_s: float) -> tuple[float, float]:
    """Return the share of a core that `hersteld run` takes on all of this, by the real clock, and its memory in MiB."""
    command = [sys.executable, "-m", "hersteld", "run", "--config", str(config)]
    with subprocess.Popen(command, env=_environment(state), stderr=subprocess.PIPE, text=True) as service:
        assert service.stderr is not None
        try:
            for line in service.stderr:
                if "ready" in line:
                    break
            time.sleep(5)  # until it has come to rest; what follows is measured
            before_s = _processor_s(service.pid)
            time.sleep(watched_s)
            share = (_processor_s(service.pid) - before_s) / watched_s
            status = Path(f"/proc/{service.pid}/status").read_text(encoding="utf-8")
            (kib,) = (int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS:"))
        finally:
            service.terminate()
            service.stderr.close()
    return share, kib / 1024


def _processor_s(pid: int) -> float:
    after_name = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(after_name[11]) + int(after_name[12])) / os.sysconf("SC_CLK_TCK")


def _environment(state: Path) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "HOME": str(state), "STATE_DIRECTORY": str(state), "LANG": "C.UTF-8"}
