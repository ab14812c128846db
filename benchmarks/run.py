"""`make bench`: how fast is our reader, how small, and does it stay so?

Measures, prints, and writes what it found into README.md beside it, or into the copy of it that ARGS='--page FILE'
names. ARGS=--quick leaves out the slow readers and what takes minutes, and writes nothing; ARGS=--service measures only
the running service.
"""

import argparse
import platform
import statistics
import tempfile
from pathlib import Path

from benchmarks import calendar_read, card_drawn
from benchmarks.end_to_end import end_to_end
from benchmarks.files import BenchmarkFile, benchmark_files, corpus
from benchmarks.reading import readers
from benchmarks.reading.growth import growth
from benchmarks.reading.memory import peak_mb
from benchmarks.reading.readers import OURS, READERS
from benchmarks.reading.timing import Timing, time_first, time_readers, warm_up
from benchmarks.reassess import as_table, reassessed
from benchmarks.service import busy, crowd, idle, latency, pictured, planned
from benchmarks.startup import startup
from benchmarks.tables import README, table, write

WITHOUT_CORPUS = (
    "**Without the corpus of real FIT files (see `HERSTELD_FIT_CORPUS`): these files are generated, and what this page "
    "says of the real ones does not hold for them.**"
)


def main(page: Path | None) -> None:
    """Measure everything but the running service, print it, and write it into the page, if there is to be one."""
    if corpus() is None:
        print(WITHOUT_CORPUS.replace("*", ""), end="\n\n")
    files = list(benchmark_files())
    parts = {"machine": _machine(), "times": _of_files(_times(files))}
    with tempfile.TemporaryDirectory() as folder:
        parts["memory"] = _of_files(_memory(files, Path(folder)))
        parts["start-up"] = _startup(files[0], Path(folder))
    parts["growth"] = _growth()
    parts["end-to-end"] = _of_files(end_to_end())
    parts["assessed-anew"] = as_table(reassessed())
    parts["calendar"] = calendar_read.as_table(calendar_read.read_times())
    parts["card"] = card_drawn.as_table(card_drawn.drawing())
    for section, text in parts.items():
        _say(section, text, page)


def measure_service(page: Path | None) -> None:
    """Measure the running service, print it, and write it into the page, if there is to be one."""
    _say("latency", latency.as_table(latency.latencies()), page)
    _say("pictured", pictured.as_table(pictured.pictured()), page)
    _say("idle", idle.as_table(idle.idle()), page)
    _say("planned", planned.as_table(planned.planned()), page)
    _say("busy", busy.as_table(busy.busy()), page)
    _say("crowd", crowd.as_table(crowd.crowd()), page)


def _say(section: str, text: str, page: Path | None) -> None:
    print(f"\n{text}", flush=True)
    if page is not None:
        write(section, text, page)


def _of_files(text: str) -> str:
    """Return a table of files under the word of where they come from, where that is not the corpus."""
    return text if corpus() else f"{WITHOUT_CORPUS}\n\n{text}"


def _machine() -> str:
    versions = {one.package: one.version() for one in READERS if one.name != OURS}
    named = ", ".join(f"{package} {version or 'not installed'}" for package, version in versions.items())
    source = "real files of the corpus" if corpus() else "generated files, the corpus being absent"
    return f"{platform.machine()}, Python {platform.python_version()}; {named}; {source}."


def _times(files: list[BenchmarkFile]) -> str:
    others = [one.name for one in READERS if one.name != OURS]
    rows, found = [], []
    warm_up([file.raw for file in files])
    for file in files:
        timings = time_readers(file.raw)
        found.append(timings)
        first = f"{time_first(file.raw) * 1000:.2f} ms"
        rows.append([file.name, _ms(timings[OURS]), first, *(_ratio(timings[one]) for one in others)])
    rows.append(["**median**", "", "", *(_median([timings[one] for timings in found]) for one in others)])
    return table(["file", OURS, "first of its kind", *others], rows)


def _ms(timing: Timing | str) -> str:
    return timing if isinstance(timing, str) else f"{timing.seconds * 1000:.2f} ms"


def _ratio(timing: Timing | str) -> str:
    return timing if isinstance(timing, str) else _times_as_long(timing.ratio)


def _times_as_long(ratio: float) -> str:
    return f"{ratio:,.0f} ×" if ratio >= 100 else f"{ratio:.3g} ×"


def _median(timings: list[Timing | str]) -> str:
    ratios = [one.ratio for one in timings if isinstance(one, Timing)]
    return f"**{_times_as_long(statistics.median(ratios))}**" if ratios else "not installed"


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
        [
            f"{one.records:,}",
            *_whole_and_each(one.plain_s, one.records),
            *_whole_and_each(one.interleaved_s, one.records),
        ]
        for one in growth()
    ]
    return table(["records", "whole", "per record", "interleaved", "per record"], rows)


def _whole_and_each(seconds: float, records: int) -> tuple[str, str]:
    return f"{seconds * 1000:.2f} ms", f"{seconds / records * 1e9:,.0f} ns"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="How fast is our reader, how small, and does it stay so?")
    parser.add_argument(
        "--quick", action="store_true", help="leave out the slow readers and the service, write nothing"
    )
    parser.add_argument("--service", action="store_true", help="measure only the running service")
    parser.add_argument("--page", type=Path, default=README, help="the page whose tables are written anew")
    return parser.parse_args()


if __name__ == "__main__":
    told = _arguments()
    if told.quick:
        readers.READERS[:] = [one for one in READERS if not one.slow]
    if not told.service:
        main(None if told.quick else told.page)
    if not told.quick:
        measure_service(told.page)
