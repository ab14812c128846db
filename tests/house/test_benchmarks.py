"""What `make bench` promises where the real files are absent, and of each process it weighs."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from hersteld.parsers.fit import read_fit

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"
LIST_FILES = """
import sys
from pathlib import Path
from benchmarks.files import benchmark_files, corpus
assert corpus() is None
for number, file in enumerate(benchmark_files()):
    Path(sys.argv[1], f"{number}.fit").write_bytes(file.raw)
"""
WRITE_PAGE = """
import sys
from pathlib import Path
from benchmarks import run
for section in ("times", "memory", "end-to-end"):
    run.write(section, run._of_files("| measured |"), Path(sys.argv[1]))
run.write("machine", run._machine(), Path(sys.argv[1]))
"""


def python(*arguments: str, corpus: Path) -> str:
    """Run Python among the benchmarks, and return what it printed."""
    environment = {**os.environ, "PYTHONPATH": str(BENCHMARKS.parent), "HERSTELD_FIT_CORPUS": str(corpus)}
    done = subprocess.run([sys.executable, *arguments], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_without_the_corpus_made_activities_are_read(tmp_path: Path) -> None:
    python("-c", LIST_FILES, str(tmp_path), corpus=tmp_path)
    workouts = [read_fit(path.read_bytes()) for path in sorted(tmp_path.glob("*.fit"))]
    assert [workout.records for workout in workouts] == [2400, 14400, 3600, 7200, 7200]


def test_the_page_says_that_the_corpus_was_absent(tmp_path: Path) -> None:
    page, before = tmp_path / "page.md", (BENCHMARKS / "README.md").read_text(encoding="utf-8")
    page.write_text(before, encoding="utf-8")
    python("-c", WRITE_PAGE, str(page), corpus=tmp_path)
    after = page.read_text(encoding="utf-8")
    assert "generated files, the corpus being absent" in after
    assert after.count("| measured |") == 3
    assert after.count("\n**Without the corpus of real FIT files") == 3
    untouched = before[before.index("<!-- growth -->") : before.index("<!-- end of growth -->")]
    assert untouched in after
    assert (BENCHMARKS / "README.md").read_text(encoding="utf-8") == before


def test_the_process_that_is_weighed_imports_nothing_heavy_of_its_own(tmp_path: Path) -> None:
    """What it did import would count as the memory of every reader."""
    module = "benchmarks.reading.peak"
    code = f"import sys; before = set(sys.modules); import {module}; print(*sorted(set(sys.modules) - before))"
    imported = set(python("-c", code, corpus=tmp_path).split())
    assert "benchmarks.reading.readers" in imported
    assert not imported & {"email", "dataclasses", "inspect", "subprocess", "numpy", "hersteld", "importlib.metadata"}


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak is exact on Linux alone")
def test_reading_a_file_never_lowers_the_peak(tmp_path: Path) -> None:
    python("-c", LIST_FILES, str(tmp_path), corpus=tmp_path)
    printed = python("-m", "benchmarks.reading.peak", "hersteld", str(tmp_path / "1.fit"), corpus=tmp_path)
    before, after = map(float, printed.split())
    assert 1 < before <= after < 500
