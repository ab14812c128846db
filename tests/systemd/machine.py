"""How does the test machine boot, and what does it report?"""

import contextlib
import json
import os
import platform
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.support.machine.components import missing, require
from tests.support.machine.process import wait_until
from tests.systemd.guest.power import LIVES
from tests.systemd.image import POWER_INIT, checks_disk, debian, disk, state_disk

_LONGEST_S = 1800
_LIFE_S = 300.0


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
    command = _machine(place, "report.jsonl", "console.log")
    report = place / "report.jsonl"
    with contextlib.suppress(
        subprocess.TimeoutExpired
    ):  # the checks that were not reached say so, with the console's end
        subprocess.run(command, stdin=subprocess.DEVNULL, timeout=_LONGEST_S, check=True)
    lines = [json.loads(line) for line in report.read_text().splitlines() if line.strip()]
    return {line["name"]: Outcome(line["ok"], line["said"], line["seconds"]) for line in lines}


def lives_between_cuts(place: Path) -> list[list[dict[str, Any]]]:
    """Boot again and again on one disk, each time until a moment at which the power is cut; return what each life said.

    Args:
        place: A folder for what the machine writes.
    """
    found = []
    state = state_disk(place)
    for number in range(len(LIVES)):
        report = place / f"life-{number}.jsonl"
        command = _machine(
            place,
            report.name,
            f"console-{number}.log",
            append=f"init={POWER_INIT} hersteld_life={number} panic=-1",
            more=("-drive", f"file={state},if=virtio,format=raw"),
        )
        with subprocess.Popen(command, stdin=subprocess.DEVNULL) as machine:
            try:
                wait_until(
                    lambda report=report, machine=machine: machine.poll() is not None or _is_the_moment(report),  # type: ignore[misc]
                    f"the moment of life {number}, of which the report says {_said(report)}",
                    _LIFE_S,
                )
            finally:
                machine.kill()  # as a power cut: what the guest's kernel had not written is lost
        found.append(_said(report))
    return found


def _is_the_moment(report: Path) -> bool:
    return any("moment" in line for line in _said(report))


def _said(report: Path) -> list[dict[str, Any]]:
    lines = report.read_text().splitlines(keepends=True) if report.exists() else []
    return [json.loads(line) for line in lines if line.endswith("\n") and line.strip()]


def _machine(place: Path, report: str, console: str, *, append: str = "", more: Sequence[str] = ()) -> list[str]:
    """Return the command that boots the machine.

    Args:
        report, console: Names of the files in `place` that take what it writes on its serial lines.
        append, more: What is added to the command lines of the kernel and of qemu.
    """
    if platform.machine() != "x86_64":
        pytest.skip(f"the test machine is an x86_64, and this one is not: {platform.machine()}")
    qemu = require("qemu-system-x86_64")
    if os.geteuid() != 0:
        missing("only root can make the disk of the test machine")
    base = debian()
    command = [
        *(qemu, "-accel", "tcg,thread=multi", "-cpu", "Nehalem", "-smp", "2", "-m", "1536"),
        *("-nic", "none", "-display", "none", "-monitor", "none", "-no-reboot"),
        *("-kernel", _only(base, "vmlinuz-*"), "-initrd", _only(base, "initrd.img-*")),
        *("-append", f"root=/dev/vda rw console=ttyS0 quiet {append}".strip()),
        *("-drive", f"file={disk(base)},if=virtio,format=raw,snapshot=on"),
        *("-drive", f"file={checks_disk(place)},if=virtio,format=raw,readonly=on"),
        *more,
        *("-serial", f"file:{place / console}", "-serial", f"file:{place / report}"),
    ]
    return [str(word) for word in command]


def _only(base: Path, pattern: str) -> Path:
    (found,) = (base / "boot").glob(pattern)
    return found
