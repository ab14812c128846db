"""CI runs code that was looked at, and nothing waits for it longer than half an hour and a little."""

import re
import stat
import tomllib
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
JOBS: dict[str, dict[str, Any]] = yaml.safe_load(TEXT)["jobs"]
LONGEST_MINUTES = 35


def test_every_action_is_pinned_by_the_hash_of_a_version_that_is_named() -> None:
    uses = [line for line in TEXT.splitlines() if "uses:" in line]
    assert len(uses) >= 2 * len(JOBS)
    for line in uses:
        assert re.search(r"uses: [\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line), line


def test_no_job_takes_longer_than_a_person_waits() -> None:
    assert {job["timeout-minutes"] for job in JOBS.values()} == {LONGEST_MINUTES}


def test_every_python_that_the_project_names_is_tested() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = re.findall(r"Programming Language :: Python :: (3\.\d+)", "\n".join(project["classifiers"]))
    assert JOBS["test"]["strategy"]["matrix"]["python"] == named
    assert project["requires-python"] == f">={named[0]}"


def test_what_ci_runs_is_there_and_may_be_run() -> None:
    scripts = set(re.findall(r"\.ci/[\w-]+", TEXT))
    assert scripts == {".ci/run", ".ci/install-programs"}
    for script in scripts:
        assert (ROOT / script).stat().st_mode & stat.S_IXUSR
    for target in re.findall(r"make ([\w-]+)", TEXT):
        assert f"\n{target}:" in (ROOT / "Makefile").read_text(encoding="utf-8")


def test_ci_runs_the_slow_tests_too() -> None:
    assert "SLOW=1 test\n" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
