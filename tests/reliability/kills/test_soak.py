"""A shortened `make soak`: months of training through the real service, and nothing is lost, repeated or grows."""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
WORKOUTS = 120


def test_months_of_training_lose_and_repeat_nothing_and_do_not_grow(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path)}
    command = [sys.executable, "-m", "benchmarks.soak", str(WORKOUTS)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=900)
    # It ends with 1 when a file, a workout or a message is missing or there twice, or memory grew.
    assert done.returncode == 0, done.stdout + done.stderr
    assert "lost: 0; repeated: 0" in done.stdout
    sent = re.search(r"sent: ([\d,]+)", done.stdout)
    assert sent is not None
    assert int(sent[1].replace(",", "")) > WORKOUTS
