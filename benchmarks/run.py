"""`make bench`: how fast is our reader, how small, and does it stay so?

Measures, prints, and writes what it found into README.md beside it. ARGS=--quick leaves the slow readers out and
writes nothing.
"""

import platform
import statistics
import sys
import tempfile
from pathlib import Path

import readers
from end_to_end import end_to_end
from files import BenchmarkFile, benchmark_files, corpus
from growth import growth
from memory import peak_mb
from readers import OURS, READERS
from startup import startup
from tables import table, write
from timing import Timing, time_readers


def main() -> None:
    """Measure everything, print it, write it down."""
    quick = "--quick" in sys.argv[1:]
    if quick:
        readers.READERS[:] = [one for one in READERS if not one.slow]
    if corpus() is None:
        print("The corpus of real FIT files is absent (see HERSTELD_FIT_CORPUS); these are generated files.\n")
    files = list(benchmark_files())
    parts = {"machine": _machine(), "times": _times(files)}
    with tempfile.TemporaryDirectory() as folder:
        parts["memory"] = _memory(files, Path(folder))
        parts["start-up"] = _startup(files[0], Path(folder))
    parts["growth"] = _growth()
    parts["end-to-end"] = end_to_end()
    for section, text in parts.items():
        print(f"\n{text}")
        if not quick:
            write(section, text)


def _machine() -> str:
    versions = {one.package: one.version() for one in READERS if one.name != OURS}
    named = ", ".join(f"{package} {version or 'not installed'}" for package, version in versions.items())
    source = "real files of the corpus" if corpus() else "generated files, the corpus being absent"
    return f"{platform.machine()}, Python {platform.python_version()}; {named}; {source}."


def _times(files: list[BenchmarkFile]) -> str:
    others = [one.name for one in READERS if one.name != OURS]
    found = {file.name: time_readers(file.raw) for file in files}
    rows = [[name, _ms(timings[OURS]), *(_ratio(timings[one]) for one in others)] for name, timings in found.items()]
    rows.append(["**median**", "", *(_median([timings[one] for timings in found.values()]) for one in others)])
    return table(["file", OURS, *others], rows)


def _ms(timing: Timing | str) -> str:
    return timing if isinstance(timing, str) else f"{timing.seconds * 1000:.2f} ms"


def _ratio(timing: Timing | str) -> str:
    return timing if isinstance(timing, str) else f"{timing.ratio:.3g} ×"


def _median(timings: list[Timing | str]) -> str:
    ratios = [one.ratio for one in timings if isinstance(one, Timing)]
    return f"**{statistics.median(ratios):.3g} ×**" if ratios else "not installed"


def _memory(files: list[BenchmarkFile], folder: Path) -> str:
    rows = []
    for file in files:
        path = folder / "workout.fit"
        path.write_bytes(file.raw)
        peaks = [peak_mb(one.name, path) if one.version() else None for one in READERS]
        rows.append([file.name, *("-" if peak is None else f"{peak[0]:.0f} (+{peak[1]:.1f})" for peak in peaks)])
    return table(["file", *(one.name for one in READERS)], rows)


def _startup(file: BenchmarkFile, folder: Path) -> str:
    path = folder / "workout.fit"
    path.write_bytes(file.raw)
    return table(["process", "seconds"], [[name, f"{seconds:.3f}"] for name, seconds in startup(path)])


def _growth() -> str:
    rows = [
        [f"{records:,}", f"{taken * 1000:.2f} ms", f"{taken / records * 1e9:,.0f} ns"] for records, taken in growth()
    ]
    return table(["records", "whole", "per record"], rows)


if __name__ == "__main__":
    main()
