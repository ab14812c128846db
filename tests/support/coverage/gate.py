"""Do the tests of each layer cover it? `python -m tests.support.coverage.gate` reads what `make test` has measured.

It prints how much of each folder ran, in percent of its lines and branches, and ends with 1 where a layer is below its
gate by the tests in its own folder. With `--missing` it also lists what did not run. Only what runs in the processes of
pytest counts; a process that a test starts is not measured.
"""

import json
import sys
import tempfile
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any

from coverage import Coverage


@dataclass(frozen=True, slots=True)
class Gate:
    """How much of a folder must be covered by the tests in the folder of its name, in percent."""

    folder: str
    lines: float
    branches: float


GATES = (
    Gate("parsers", lines=98, branches=95),
    Gate("recovery", lines=98, branches=95),
    Gate("config", lines=98, branches=95),
    Gate("daemon", lines=90, branches=85),
)


@dataclass(slots=True)
class Covered:
    """Numbers of lines and branches of a folder, and how many of them ran."""

    lines: int = 0
    lines_run: int = 0
    branches: int = 0
    branches_run: int = 0
    missing: list[str] = field(default_factory=list)
    """One entry for each file of which lines or branches did not run: its name, and which."""

    def add(self, name: str, file: dict[str, Any]) -> None:
        """Count one file of coverage's JSON report."""
        counts = file["summary"]
        self.lines += counts["num_statements"]
        self.lines_run += counts["covered_lines"]
        self.branches += counts["num_branches"]
        self.branches_run += counts["covered_branches"]
        branches = [f"{start}->{'exit' if end < 0 else end}" for start, end in file["missing_branches"]]
        if file["missing_lines"] or branches:
            self.missing.append(f"{name}: {', '.join([*map(str, file['missing_lines']), *branches])}")

    @property
    def lines_percent(self) -> float:
        """Return the share of the lines that ran, in percent; 100 where there are none."""
        return 100 * self.lines_run / self.lines if self.lines else 100.0

    @property
    def branches_percent(self) -> float:
        """Return the share of the branches that were taken, in percent; 100 where there are none."""
        return 100 * self.branches_run / self.branches if self.branches else 100.0

    def passes(self, gate: Gate) -> bool:
        """Return whether there is something to run and both shares reach the gate."""
        return self.lines > 0 and self.lines_percent >= gate.lines and self.branches_percent >= gate.branches


def covered_by(gate: Gate) -> dict[str, Covered]:
    """Return what the gate's tests covered of its folder (the first entry) and of each folder in it, by path.

    Reads the measurement where `[tool.coverage.run]` in the pyproject.toml of the working directory keeps it.

    Raises:
        coverage.exceptions.NoDataError: Nothing was measured, or there is no source in the folder.
    """
    coverage = Coverage(config_file="pyproject.toml")
    coverage.load()
    contexts = ["^$", f"^{gate.folder}$"]
    folders: dict[str, Covered] = defaultdict(Covered)
    with tempfile.TemporaryDirectory() as scratch:
        report = Path(scratch, "coverage.json")
        coverage.json_report(outfile=str(report), include=[f"{gate.folder}/*"], contexts=contexts)
        files: dict[str, dict[str, Any]] = json.loads(report.read_text(encoding="utf-8"))["files"]
    for name, file in sorted(files.items()):
        for folder in list(PurePath(name).parents)[:-1]:
            folders[folder.as_posix()].add(name, file)
    return dict(sorted(folders.items()))


def row(folder: str, covered: Covered, gate: Gate) -> str:
    """Return the line of the table for one folder; that of a layer says whether its gate is reached."""
    shares = f"{folder:32} {covered.lines_percent:8.2f} % {covered.branches_percent:8.2f} %"
    if folder != gate.folder:
        return shares
    demand = f"{gate.lines:g} % of lines, {gate.branches:g} % of branches"
    verdict = "reached" if covered.passes(gate) else "NOT REACHED"
    return f"{shares}   by tests/{gate.folder}; {demand}: {verdict}"


def main(*, list_missing: bool) -> int:
    """Print the table, and what did not run where it is asked for.

    Returns:
        The exit code: 0 when every gate is reached, 1 otherwise.
    """
    print(f"{'covered':32} {'lines':>10} {'branches':>10}")
    layers = []
    for gate in GATES:
        folders = covered_by(gate)
        print(*(row(folder, covered, gate) for folder, covered in folders.items()), sep="\n")
        layers.append((gate, folders[gate.folder]))
    if list_missing:
        print("", *(file for _, covered in layers for file in covered.missing), sep="\n")
    failed = [gate.folder for gate, covered in layers if not covered.passes(gate)]
    if failed:
        print(
            f"Not covered enough: {', '.join(failed)}. What did not run, by line, and as a->b by branch, is listed by\n"
            "  .venv/bin/python -m tests.support.coverage.gate --missing"
        )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(list_missing="--missing" in sys.argv[1:]))
