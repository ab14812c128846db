"""How does the test machine boot, and what does it report?"""

import contextlib
import json
import os
import platform
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.machine.components import missing, require
from tests.systemd.image import checks_disk, debian, disk

_LONGEST_S = 1800


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one check.

    Attributes:
        said: What it saw, or why it failed.
    """

    ok: bool
    said: str
    seconds: float


def outcomes(place: Path) -> dict[str, Outcome]:
    """Boot once, let all checks run, and return what came of each, by name.

    Args:
        place: A folder for what the machine writes.
    """
    if platform.machine() != "x86_64":
        pytest.skip(f"the test machine is an x86_64, and this one is not: {platform.machine()}")
    qemu = require("qemu-system-x86_64")
    if os.geteuid() != 0:
        missing("only root can make the disk of the test machine")
    base = debian()
    report, console = place / "report.jsonl", place / "console.log"
    command = [
        *(qemu, "-accel", "tcg,thread=multi", "-cpu", "Nehalem", "-smp", "2", "-m", "1536"),
        *("-nic", "none", "-display", "none", "-monitor", "none", "-no-reboot"),
        *("-kernel", _only(base, "vmlinuz-*"), "-initrd", _only(base, "initrd.img-*")),
        *("-append", "root=/dev/vda rw console=ttyS0 quiet"),
        *("-drive", f"file={disk(base)},if=virtio,format=raw,snapshot=on"),
        *("-drive", f"file={checks_disk(place)},if=virtio,format=raw,readonly=on"),
        *("-serial", f"file:{console}", "-serial", f"file:{report}"),
    ]
    with contextlib.suppress(
        subprocess.TimeoutExpired
    ):  # the checks that were not reached say so, with the console's end
        subprocess.run([str(word) for word in command], stdin=subprocess.DEVNULL, timeout=_LONGEST_S, check=True)
    lines = [json.loads(line) for line in report.read_text().splitlines() if line.strip()]
    return {line["name"]: Outcome(line["ok"], line["said"], line["seconds"]) for line in lines}


def _only(base: Path, pattern: str) -> Path:
    (found,) = (base / "boot").glob(pattern)
    return found
