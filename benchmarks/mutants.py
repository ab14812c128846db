"""`make mutants`: alter the rules and the reading of activities, one place at a time. Does a test notice?

mutmut changes a number, a comparison or a branch and runs the tests that reach it. A change that no test notices
survives: either no test holds what that line decides, or the change makes no difference. ARGS names the folders to
alter, below `recovery` and `parsers`; without it all of `recovery` and `parsers/activity`. It prints how many of each
file survive and leaves the rest in `.cache/mutants`, where `mutmut show NAME` prints a change.

mutmut finds no tests through links, so it works on a copy in which `hersteld/` holds the folders themselves. Hypothesis
tries fewer examples there, always the same ones, and tests that read the corpus or the code itself are left out:
they are slow, or fail for every change.
"""

import collections
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.files import corpus
from benchmarks.tables import table

ROOT = Path(__file__).resolve().parents[1]
COPY = ROOT / ".cache" / "mutants"
LAYERS = ("config", "daemon", "parsers", "recovery")
PARTS = ("recovery", "parsers/activity")
_LEFT_OUT = (
    "--ignore=tests/parsers/scenarios",
    "--ignore=tests/recovery/load/test_energy.py",
    "--deselect=tests/recovery/test_rules.py::test_every_number_has_a_use",
)
_CONFIGURATION = """
[tool.mutmut]
source_paths = ["hersteld"]
only_mutate = {only}
also_copy = ["docs"]
pytest_add_cli_args = {arguments}
pytest_add_cli_args_test_selection = {tests}
"""
_EXAMPLES = """
settings.register_profile("mutants", settings.get_profile("hersteld"), max_examples=20, derandomize=True, database=None)
settings.load_profile("mutants")
"""


def main() -> None:
    """Make the copy, run mutmut in it, and print what survives in each file."""
    parts = sys.argv[1:] or list(PARTS)
    wrong = [part for part in parts if not (ROOT / part).is_dir() or Path(part).parts[0] not in ("parsers", "recovery")]
    if wrong:
        sys.exit(f"{wrong[0]} is no folder of parsers or recovery. Name folders such as recovery/clocks.")
    _copy(parts)
    environment = os.environ | {"HERSTELD_FIT_CORPUS": str(corpus())}
    mutmut = (sys.executable, "-m", "mutmut")
    done = subprocess.run((*mutmut, "run"), cwd=COPY, env=environment, check=False)
    if done.returncode:
        sys.exit(done.returncode)
    results = subprocess.run(
        (*mutmut, "results", "--all", "true"), cwd=COPY, env=environment, check=True, capture_output=True, text=True
    )
    print(table(("file", "altered", "noticed", "survived", "other"), _scores(results.stdout)))


def _copy(parts: Sequence[str]) -> None:
    """Copy what git knows, with real folders below `hersteld/`, and tell mutmut what to alter."""
    shutil.rmtree(COPY, ignore_errors=True)
    known = subprocess.run(("git", "ls-files", "-z"), cwd=ROOT, check=True, capture_output=True, text=True).stdout
    for name in known.split("\0"):
        source = ROOT / name
        if not name or source.is_symlink() or not source.exists():
            continue
        target = COPY / ("hersteld" if name.split("/")[0] in LAYERS else "") / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source, target)
    configuration = _CONFIGURATION.format(
        only=[f"hersteld/{part}/*" for part in parts],
        arguments=["-p", "no:cacheprovider", "-q", *_LEFT_OUT],
        tests=sorted({f"tests/{Path(part).parts[0]}" for part in parts}),
    )
    with (COPY / "pyproject.toml").open("a", encoding="utf-8") as project:
        project.write(configuration)
    with (COPY / "tests" / "conftest.py").open("a", encoding="utf-8") as tests:
        tests.write(_EXAMPLES)


def _scores(results: str) -> Iterator[Sequence[str]]:
    """Yield each file with how many of its changes were noticed, survived, or ended otherwise."""
    files: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for line in results.splitlines():
        name, _, verdict = line.strip().partition(": ")
        if verdict:
            module, _, _ = name.rpartition(".")
            files[module.removeprefix("hersteld.").replace(".", "/") + ".py"][verdict] += 1
    for file, counted in sorted(files.items()):
        noticed, survived = counted["killed"] + counted["timeout"], counted["survived"]
        yield file, str(counted.total()), str(noticed), str(survived), str(counted.total() - noticed - survived)


if __name__ == "__main__":
    main()
