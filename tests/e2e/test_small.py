"""The installed `hersteld run` costs next to nothing: idle, it is one process below 90 MiB and 0.5 % of a core."""

import os
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hersteld.parsers.writing.encode import Recorded, encode_activity
from tests.support.hours import noon_zone
from tests.support.machine.process import Program
from tests.support.machine.systemd import listening
from tests.support.receivers import HttpReceiver

MOST_MIB = 90
MOST_SHARE = 0.005
WATCHED_S = 10.0
RIDE_S = 90 * 60

CONFIG = """\
[watch]
folders = ["{inbox}"]
[notify]
quiet_hours = ""
[[notify.targets]]
name = "phone"
url = "{phone}"
"""


def resident_mib(pid: int) -> float:
    """Return the memory of a process that is not on disk."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    (kib,) = (int(line.split()[1]) for line in lines if line.startswith("VmRSS:"))
    return kib / 1024


def children(pid: int) -> set[str]:
    """Return the processes that a process has started and that still are."""
    return {child for task in Path(f"/proc/{pid}/task").glob("*/children") for child in task.read_text().split()}


def processor_s(pid: int) -> float:
    """Return the time that all threads of a process have computed, its own and the kernel's for it."""
    after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(after_name[11]) + int(after_name[12])) / os.sysconf("SC_CLK_TCK")


def share_of_a_core(pid: int) -> float:
    """Return how much of a core a process takes, watched for a while: the pause is the measurement."""
    began_s, before_s = time.monotonic(), processor_s(pid)
    time.sleep(WATCHED_S)
    return (processor_s(pid) - before_s) / (time.monotonic() - began_s)


@pytest.fixture
def phone() -> Iterator[HttpReceiver]:
    with HttpReceiver() as receiver:
        yield receiver


def test_it_stays_small_and_idle_before_a_long_ride_and_after(tmp_path: Path, phone: HttpReceiver) -> None:
    inbox = tmp_path / "Workouts"
    inbox.mkdir()
    config = tmp_path / "hersteld.toml"
    config.touch(mode=0o600)
    config.write_text(CONFIG.format(inbox=inbox, phone=phone.url))
    address = tmp_path / "notify"
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "LANG": "C.UTF-8",
        "TZ": noon_zone(),
        "STATE_DIRECTORY": str(tmp_path / "state"),
        "NOTIFY_SOCKET": str(address),
    }
    command = [str(Path(sys.executable).with_name("hersteld")), "run", "--config", str(config)]
    with listening(address) as heard, Program(command, environment=environment, folder=tmp_path) as daemon:
        daemon.wait_for(lambda: "READY=1" in heard, "the daemon to be ready")
        daemon.wait_for(lambda: share_of_a_core(daemon.pid) < MOST_SHARE, "the daemon to be idle")
        assert resident_mib(daemon.pid) < MOST_MIB

        began_at = datetime.now(UTC).replace(microsecond=0) - timedelta(seconds=RIDE_S + 60)
        ride = Recorded(heart_rate_bpm=[150] * RIDE_S, power_w=[220] * RIDE_S, speed_mps=[8.5] * RIDE_S)
        (inbox / "ride.fit").write_bytes(encode_activity(began_at, "cycling", ride, sub_sport="road"))
        daemon.wait_for_line("phone: sent")

        assert phone.received
        daemon.wait_for(lambda: children(daemon.pid) == set(), "the processes that read and send to be gone")
        daemon.wait_for(lambda: share_of_a_core(daemon.pid) < MOST_SHARE, "the daemon to be idle")
        assert resident_mib(daemon.pid) < MOST_MIB
        daemon.stop_cleanly()
