"""Our own reader, made to fail at the files of one watch, as a fault of ours would: in this process and in others."""

import os
import signal
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from hersteld.parsers.format.envelope import Segment
from hersteld.parsers.format.message_index import Walked
from hersteld.parsers.format.walk import walk
from hersteld.parsers.writing.encode import Recorded, encode_activity

Walk = Callable[[bytes, Segment, int], Walked]
ROOT = Path(__file__).resolve().parents[3]
_WATCH = "Odd Watch"
_AT_START = """
from hersteld.parsers.columns import bulk
from tests.support.fit import failing_reader

bulk.walk = failing_reader.{walk}
"""


def odd_file(ended_at: datetime, minutes: int = 10) -> bytes:
    """Return the file of a run, by the watch that our reader fails at."""
    beats = Recorded(heart_rate_bpm=[150 + minutes % 7] * (minutes * 60))
    return encode_activity(ended_at - timedelta(minutes=minutes), "running", beats, device=_WATCH)


def failing_walk(data: bytes, segment: Segment, most: int) -> Walked:
    """Stand in for `walk` in `parsers.bulk`."""
    if _WATCH.encode() in data:
        raise IndexError("list index out of range")
    return walk(data, segment, most)


def dying_walk(data: bytes, segment: Segment, most: int) -> Walked:
    """Stand in for `walk` likewise, and end the process."""
    if _WATCH.encode() in data:
        os.kill(os.getpid(), signal.SIGKILL)
    return walk(data, segment, most)


def failing_environment(folder: Path, stand_in: Walk = failing_walk) -> dict[str, str]:
    """Return what lets the reader of a new process fail, by a file that Python runs when it starts."""
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(_AT_START.format(walk=stand_in.__name__), encoding="utf-8")
    return {"PYTHONPATH": f"{folder}{os.pathsep}{ROOT}"}
