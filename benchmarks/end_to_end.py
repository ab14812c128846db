"""How long does it take until years of files are history, from the command to its summary?"""

import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.files import corpus
from benchmarks.tables import table
from hersteld.parsers.writing.encode import Recorded, encode_activity

ROUNDS = 5
_MADE = 100
_MADE_RECORDS = 5000


def end_to_end() -> str:
    """Return the table of `hersteld import`, each time a whole process: into a fresh store, and the same again."""
    with tempfile.TemporaryDirectory() as folder:
        paths, records = _corpus_files() or _made_files(Path(folder))
        fresh, again, sizes = [], [], []
        for number in range(ROUNDS):
            state = Path(folder, f"state-{number}")
            fresh.append(_seconds(paths, state))
            again.append(_seconds(paths, state))
            sizes.append((state / "hersteld.db").stat().st_size)
        megabytes = sum(path.stat().st_size for path in paths) / 1e6
    read = f"{len(paths)} files, {records:,} records, {megabytes:.1f} MB"
    seconds = statistics.median(fresh)
    rows = [
        ["into a fresh store", f"{seconds:.2f} s", f"{len(paths) / seconds:.0f}", f"{max(sizes) / 1e6:.1f} MB"],
        ["the same again", f"{statistics.median(again):.2f} s", f"{len(paths) / statistics.median(again):.0f}", ""],
    ]
    cores = len(os.sched_getaffinity(0))
    return f"{read}; {cores} cores.\n\n" + table(["`hersteld import`", "whole", "files a second", "database"], rows)


def _corpus_files() -> tuple[list[Path], int] | None:
    """Return the intact activities with heart rate, and how many records they hold."""
    folder = corpus()
    if folder is None:
        return None
    rows = [json.loads(line) for line in (folder / "expected.jsonl").read_text(encoding="utf-8").splitlines()]
    chosen = [
        row
        for row in rows
        if row["condition"] == "intact" and row["file_type"] == "activity" and (row["heart_rate"] or [0])[0]
    ]
    return [folder / row["path"] for row in chosen], sum(row["records"] for row in chosen)


def _made_files(folder: Path) -> tuple[list[Path], int]:
    """Write a hundred rides, one a day."""
    begin = datetime(2025, 4, 26, 8, tzinfo=UTC)
    beats = [round(140 + 20 * math.sin(second / 300)) for second in range(_MADE_RECORDS)]
    paths = []
    for number in range(_MADE):
        path = folder / f"{number}.fit"
        path.write_bytes(encode_activity(begin + timedelta(days=number), "cycling", Recorded(heart_rate_bpm=beats)))
        paths.append(path)
    return paths, _MADE * _MADE_RECORDS


def _seconds(paths: list[Path], state: Path) -> float:
    environment = {**os.environ, "STATE_DIRECTORY": str(state)}
    begin = time.perf_counter()
    command = [sys.executable, "-m", "hersteld", "import", "--json", *map(str, paths)]
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - begin
