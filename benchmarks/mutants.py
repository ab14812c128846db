"""`make mutants`: alter the rules and the reading of activities, one place at a time. Does a test notice?

mutmut changes a number, a comparison or a branch; `mutant_runner` runs the tests that reach it. A change that no test
notices survives: either no test holds what that line decides, or the change makes no difference. ARGS names the
folders to alter, below `recovery` and `parsers`; without it all of `recovery` and `parsers/activity`. It prints each
change that survives and how many of each file do; `mutmut show NAME` in the folder's copy prints a change.

mutmut finds no tests through links, so it works on copies in which `hersteld/` holds the folders themselves. There is
one for each folder, as every altered function is slower, also where nothing is altered. Hypothesis tries fewer examples
there, always the same ones, and seeks no smaller one that fails; tests that read the corpus or the code itself are left
out: they are slow, or fail for every change.
"""

import collections
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.files import corpus
from benchmarks.tables import table

ROOT = Path(__file__).resolve().parents[1]
COPIES = ROOT / ".cache" / "mutants"
LAYERS = ("config", "daemon", "parsers", "recovery")
PARTS = ("recovery", "parsers/activity")
_MUTMUT = (sys.executable, "-m", "mutmut")
_ARGUMENTS = (
    "-p",
    "no:cacheprovider",
    "--ignore=tests/parsers/scenarios",
    "--ignore=tests/recovery/load/files/test_energy.py",
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
from hypothesis import Phase

settings.register_profile(
    "mutants", settings.get_profile("hersteld"), max_examples=10, phases=[Phase.explicit, Phase.generate],
    derandomize=True, database=None,
)
settings.load_profile("mutants")
"""


def main() -> None:
    """Alter one folder after the other, and print what survives in each file."""
    parts = sys.argv[1:] or list(PARTS)
    wrong = [part for part in parts if not (ROOT / part).is_dir() or Path(part).parts[0] not in ("parsers", "recovery")]
    if wrong:
        sys.exit(f"{wrong[0]} is no folder of parsers or recovery. Name folders such as recovery/clocks.")
    folders = sorted({file.parent for part in parts for file in (ROOT / part).rglob("[a-z]*.py")})
    scores = [score for folder in folders for score in _alter(folder)]
    print(table(("file", "altered", "noticed", "survived", "not reached"), scores))


def _alter(folder: Path) -> list[Sequence[str]]:
    """Try every change in the files of one folder; return the scores of its files."""
    layer, *below = folder.relative_to(ROOT).parts
    files = sorted(folder.glob("[a-z]*.py"), key=lambda file: file.stat().st_size)
    copy = COPIES / ".".join((layer, *below))
    _copy(copy, files, [f"tests/{layer}"])
    # In one process mutmut runs the tests several times: their figures are several times those of the page in the copy.
    environment = os.environ | {"HERSTELD_FIT_CORPUS": str(corpus()), "FIGURES": "1"}
    # It makes all changes and learns which tests reach them, but tries few of them itself.
    smallest = next((file for file in files if "\n    return " in file.read_text(encoding="utf-8")), None)
    if smallest is None:
        return []  # nothing but values
    few = ".".join(("hersteld", layer, *below, smallest.stem, "*__mutmut_1"))
    with (copy / "mutmut.log").open("w", encoding="utf-8") as log:
        _run((*_MUTMUT, "run", few), copy, environment, stdout=log.fileno())
    altered = copy / "mutants"
    quiet = ("-p", "no:terminal", "-s", "-o", "addopts=")
    tests = (sys.executable, "-m", "pytest", "-p", "benchmarks.mutant_runner", *quiet, *_ARGUMENTS, f"tests/{layer}")
    _run(tests, altered, environment | {"PYTHONPATH": os.pathsep.join((str(altered), str(copy)))})
    results = subprocess.run(
        (*_MUTMUT, "results", "--all", "true"), cwd=copy, env=environment, check=True, capture_output=True, text=True
    )
    return list(_scores(results.stdout))


def _run(command: Sequence[str], folder: Path, environment: Mapping[str, str], stdout: int | None = None) -> None:
    """Run a command there; end with its exit code when it fails."""
    done = subprocess.run(command, cwd=folder, env=environment, stdout=stdout, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command[:4])} failed in {folder}.")


def _copy(copy: Path, files: Sequence[Path], tests: Sequence[str]) -> None:
    """Copy what git knows, with real folders below `hersteld/`, and tell mutmut what to alter."""
    shutil.rmtree(copy, ignore_errors=True)
    known = subprocess.run(("git", "ls-files", "-z"), cwd=ROOT, check=True, capture_output=True, text=True).stdout
    for name in known.split("\0"):
        source = ROOT / name
        if not name or source.is_symlink() or not source.exists():
            continue
        target = copy / ("hersteld" if name.split("/")[0] in LAYERS else "") / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source, target)
    configuration = _CONFIGURATION.format(
        only=[f"hersteld/{file.relative_to(ROOT)}" for file in files], arguments=list(_ARGUMENTS), tests=list(tests)
    )
    with (copy / "pyproject.toml").open("a", encoding="utf-8") as project:
        project.write(configuration)
    with (copy / "tests" / "conftest.py").open("a", encoding="utf-8") as conftest:
        conftest.write(_EXAMPLES)


def _scores(results: str) -> Iterator[Sequence[str]]:
    """Yield each file with how many of its changes were noticed, survived, or ended otherwise."""
    files: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for line in results.splitlines():
        name, _, verdict = line.strip().partition(": ")
        if verdict:
            module, _, _ = name.rpartition(".")
            files[module.removeprefix("hersteld.").replace(".", "/") + ".py"][verdict] += 1
    for file, counted in sorted(files.items()):
        survived, unreached = counted["survived"], counted["no tests"]
        yield file, str(counted.total()), str(counted.total() - survived - unreached), str(survived), str(unreached)


if __name__ == "__main__":
    main()
