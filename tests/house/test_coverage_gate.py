"""A layer that its own tests do not cover fails `make test`, and what other tests run does not help it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from hersteld.config.rules import rule_table
from tests.support.coverage.contexts import forget_cached_results
from tests.support.coverage.gate import GATES

ROOT = Path(__file__).parents[2]
SIGN = """
def sign(number):
    if number < 0:
        return "minus"
    return "plus"
"""
TEST = """
from {layer}.signs import sign

def test_{layer}():
    assert sign(1) == "plus"
    assert sign(-1) == "minus"
"""
BACKWARDS = """
import pytest

@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    items.reverse()
"""
HALF_A_TEST = TEST.replace('    assert sign(-1) == "minus"\n', "")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a project with one module and one test in each layer, and the settings of ours."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / ".cache").mkdir()
    for gate in GATES:
        write_layer(tmp_path, gate.folder, TEST)
    return tmp_path


def write_layer(project: Path, layer: str, test: str) -> None:
    (project / layer).mkdir(exist_ok=True)
    (project / layer / "__init__.py").touch()
    (project / layer / "signs.py").write_text(SIGN)
    (project / "tests" / layer).mkdir(parents=True, exist_ok=True)
    (project / "tests" / layer / f"test_{layer}.py").write_text(test.format(layer=layer))


def gate_after(project: Path, *arguments: str) -> tuple[int, dict[str, str]]:
    """Run the project's tests as `make test` does, and return the gate's exit code and its line for each layer."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    measure = ["-p", "tests.support.coverage.contexts", "--cov", "--cov-report=", *arguments]
    for words in (["pytest", "-q", *measure], ["tests.support.coverage.gate"]):
        done = subprocess.run(
            [sys.executable, "-m", *words], cwd=project, env=environment, capture_output=True, text=True, check=False
        )
        assert done.stderr == ""
    lines = {line.split()[0]: line for line in done.stdout.splitlines() if "%" in line}
    return done.returncode, lines


def test_layers_that_their_own_tests_cover_pass(project: Path) -> None:
    code, lines = gate_after(project)
    assert code == 0
    assert lines.keys() == {gate.folder for gate in GATES}
    for line in lines.values():
        assert line.split()[1:5] == ["100.00", "%", "100.00", "%"]
        assert line.endswith(": reached")


def test_what_the_tests_of_another_layer_run_does_not_count(project: Path) -> None:
    write_layer(project, "parsers", HALF_A_TEST)
    (project / "tests" / "daemon" / "test_more.py").write_text(TEST.format(layer="parsers"))
    code, lines = gate_after(project, "-n", "2")
    assert code == 1
    assert lines["parsers"].split()[1:5] == ["75.00", "%", "50.00", "%"]
    assert [layer for layer, line in lines.items() if line.endswith("NOT REACHED")] == ["parsers"]


def test_what_the_tests_of_no_layer_run_counts_nowhere_and_those_of_a_layer_count_after_them(project: Path) -> None:
    write_layer(project, "daemon", HALF_A_TEST)
    (project / "tests" / "e2e").mkdir()
    (project / "tests" / "e2e" / "test_whole.py").write_text(TEST.format(layer="daemon"))
    code, lines = gate_after(project)
    assert code == 1
    assert lines["daemon"].split()[1:5] == ["75.00", "%", "50.00", "%"]
    # Where the order is another one, measuring goes on with the next test of a layer.
    (project / "tests" / "conftest.py").write_text(BACKWARDS)
    (project / "tests" / "daemon" / "test_more.py").write_text(TEST.format(layer="daemon"))
    code, lines = gate_after(project)
    assert code == 0, lines


def test_a_result_that_another_folders_tests_have_cached_is_forgotten() -> None:
    rule_table()
    assert rule_table.cache_info().currsize == 1
    forget_cached_results()
    assert rule_table.cache_info().currsize == 0
