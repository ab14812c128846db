"""Many files are read at once, whatever one of them takes."""

import os
import signal
from pathlib import Path

from tests.daemon.pipeline import NOON, a_file
from tests.daemon.test_import import DAY, a_worker, take_history


def test_a_file_that_takes_long_holds_up_no_other(tmp_path: Path) -> None:
    old = tmp_path / "old"
    old.mkdir()
    for day in range(24):
        (old / f"{day:02}.fit").write_bytes(a_file(NOON - day * DAY, minutes=10))
    stopped: list[int] = []

    def stop_one(step: str, done: int, of: int) -> None:
        if step == "reading" and not stopped:
            stopped.append(a_worker())
            os.kill(stopped[0], signal.SIGSTOP)
        elif step == "reading" and done == of - 2:  # all that the other one can read
            os.kill(stopped[0], signal.SIGCONT)

    summary = take_history(tmp_path / "hersteld.db", old, report=stop_one)
    assert len(stopped) == 1
    assert (summary.workouts, summary.unread) == (24, [])
