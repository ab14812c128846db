"""Which checks are there, in which order, and what came of each?

A check is a function that raises when what its name promises does not hold, and returns a word on what it saw.
"""

import json
import time
from collections.abc import Callable
from typing import TextIO

Check = Callable[[], str | None]


def run_all(checks: tuple[Check, ...], report: TextIO) -> None:
    """Run the checks one after the other; write one line of JSON for each."""
    for check in checks:
        begun_s = time.monotonic()
        try:
            said, ok = check() or "", True
        except Exception as error:  # noqa: BLE001 - one that fails must not hide the others
            said, ok = f"{type(error).__name__}: {error}", False
        line = {"name": check.__name__, "ok": ok, "said": said, "seconds": round(time.monotonic() - begun_s, 1)}
        report.write(json.dumps(line) + "\n")
        report.flush()
