"""The walls of the house: links, layers, sizes, and what never belongs in the repository."""

import ast
import re
import statistics
import subprocess
import tomllib
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import TypeGuard

import pytest

from tests.support.machine.components import require

ROOT = Path(__file__).parents[2]
LAYERS = ("parsers", "recovery", "config", "daemon")
LONGEST_FILE = 300
LONGEST_MEDIAN = 120
MOST_IN_A_FOLDER = 12


def project_files() -> list[Path]:
    """Every file of the project: what git tracks, or, in an unpacked source archive, what is there."""
    if not (ROOT / ".git").exists():
        return [path for path in ROOT.rglob("*") if path.is_file() and not {".venv", ".venv-lowest"} & set(path.parts)]
    listed = subprocess.run([require("git"), "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True)
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


@pytest.mark.parametrize("layer", LAYERS)
def test_each_link_in_the_import_package_leads_to_the_folder_of_its_name(layer: str) -> None:
    link = ROOT / "hersteld" / layer
    assert link.is_symlink(), f"hersteld/{layer} must be a link; is git's core.symlinks off?"
    assert link.readlink() == Path("..") / layer
    assert (link / "__init__.py").samefile(ROOT / layer / "__init__.py")


def test_the_import_package_holds_links_and_nothing_else() -> None:
    own = {path.name for path in (ROOT / "hersteld").iterdir() if not path.is_symlink()}
    assert own - {"__pycache__"} == {"__init__.py", "__main__.py", "py.typed"}


def test_no_fit_file_is_part_of_the_project() -> None:
    assert [path for path in project_files() if path.read_bytes()[8:12] == b".FIT"] == []
    assert [path for path in project_files() if path.suffix.lower() in {".fit", ".gz", ".zip"}] == []


def sources(*folders: str) -> list[Path]:
    """Return every Python file in these folders and below."""
    return [path for folder in folders for path in (ROOT / folder).rglob("*.py")]


def test_no_source_file_is_too_long_to_hold_one_idea() -> None:
    lengths = {path.relative_to(ROOT).as_posix(): len(path.read_text().splitlines()) for path in sources(*LAYERS)}
    assert len(lengths) > len(LAYERS)
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE} == {}
    modules = [lines for name, lines in lengths.items() if not name.endswith("__init__.py")]
    assert statistics.median(modules) <= LONGEST_MEDIAN


def test_no_folder_holds_more_files_than_a_reader_can_take_in() -> None:
    folders = Counter(
        path.parent.relative_to(ROOT).as_posix() for path in sources(*LAYERS, "tests", "benchmarks", "systemd")
    )
    assert len(folders) > len(LAYERS)
    assert {folder: files for folder, files in folders.items() if files > MOST_IN_A_FOLDER} == {}


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        path.relative_to(ROOT).as_posix()
        for path in sources(*LAYERS)
        if not path.read_text().startswith(('"""', 'r"""'))
    ]
    assert silent == []


def test_every_folder_of_source_is_a_room_with_a_docstring() -> None:
    folders = {path.parent for path in sources(*LAYERS)}
    docstrings = {
        folder.relative_to(ROOT).as_posix(): (folder / "__init__.py").is_file()
        and ast.get_docstring(ast.parse((folder / "__init__.py").read_text()))
        for folder in folders
    }
    assert {folder for folder, docstring in docstrings.items() if not docstring} == set()


def test_the_layer_contracts_name_every_room() -> None:
    """import-linter is silent about a room that no contract names."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    named = {
        f"{container}.{room}".removeprefix(".")
        for contract in contracts
        if contract["type"] == "layers"
        for container in contract.get("containers", [""])
        for layer in contract["layers"]
        for room in re.split(r"\s*[|:]\s*", layer)
    }
    rooms = {path.parent.relative_to(ROOT) for path in sources(*LAYERS) if path.name == "__init__.py"}
    assert {".".join(("hersteld", *room.parts)) for room in rooms} - named == set()


@pytest.mark.parametrize("name", ["LICENSE", "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"])
def test_a_newcomer_finds_the_papers(name: str) -> None:
    assert (ROOT / name).read_text().strip()


def test_the_version_stands_in_one_place() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert "version" in project["dynamic"]
    assert "version" not in project
    said = re.compile(r"^__version__\s*=", re.MULTILINE)
    files = [path for path in project_files() if path.suffix == ".py"]
    assert [path.relative_to(ROOT).as_posix() for path in files if said.search(path.read_text())] == [
        "hersteld/__init__.py",
    ]


NO_RULE = {0, 1, 2, 0.5, 24, 60, 100, 1000, 3600}
"""Numbers of code: nothing, one, a half and a pair, and those from one unit to another; 100 is an hour at threshold."""
SMALLEST_RULE = 1e-5
"""What is smaller is there for the sake of rounding."""
NO_RULES = {
    "recovery/rules.py": {"VERSION"},
    "recovery/situation.py": {"_QUARTER_MIN"},  # how a time is said
    "recovery/messages/readiness.py": {"_MINUTES_PER_QUARTER"},  # likewise
    "recovery/messages/drinking.py": {"_MOST_TIMES_NAMED"},  # how a list is said
    "recovery/athlete/factory_settings.py": {"_BY_MAKER"},  # what was measured of devices
    # To which workout the scales belong, before any rule is asked.
    "recovery/answers/weights.py": {"REACH", "ONE_WEIGHING", "MOST_LOST_SHARE", "MOST_GAINED_SHARE"},
    # When the athlete is asked for a weight: no advice comes of them.
    "recovery/answers/worth_weighing.py": {"OFF_SHARE", "LONG_LOSS_SHARE"},
    # What is read out of a file of a night, which the process that reads does without the configuration.
    "recovery/nights/beats.py": {"SHORTEST_MS", "LONGEST_MS", "LARGEST_JUMP", "WINDOW_S"},
    "recovery/nights/reduce.py": {
        "MOST_PARTS",
        "MOST",
        "HIGHEST_RMSSD_MS",
        "MINUTES_OF_A_VALUE",
        "USUAL_NIGHT",
        "YEAR_2000",
    },
    # Whose mass a scale of a household measured.
    "recovery/answers/scales.py": {"NEAR_SHARE", "ONE_BODY_SHARE"},
    # And to which day it belongs.
    "recovery/nights/local_days.py": {
        "MORNING",
        "EVENING",
        "NAP_S",
        "NIGHT_IS_OVER",
        "BED_TIME",
        "NOON",
        "QUARTER_S",
        "FARTHEST_ZONE_S",
    },
}
"""Constants in `recovery` that hold other numbers, with the reason."""


def test_every_number_of_a_rule_stands_among_the_rules() -> None:
    """A number in `recovery` that is none of code comes from `config/rules.toml`, with its kind and source."""
    found = {}
    for path in sources("recovery"):
        name, tree = path.relative_to(ROOT).as_posix(), ast.parse(path.read_text())
        spared = {
            id(number)
            for node in ast.walk(tree)
            for number in ast.walk(node)
            if _names(node) & NO_RULES.get(name, set()) or (_is_round(node) and number is node.args[-1])
        }
        for node in ast.walk(tree):
            value = node.value if isinstance(node, ast.Constant) else None
            if id(node) in spared or isinstance(value, bool) or not isinstance(value, int | float):
                continue
            if value not in NO_RULE and abs(value) > SMALLEST_RULE:
                found[f"{name}:{getattr(node, 'lineno', 0)}"] = value
    assert found == {}


def test_every_measure_of_the_parsers_has_a_name_and_a_reason() -> None:
    """They may not read the rules, so each constant in seconds, or as a share, says why it is what it is."""
    silent = []
    for path in sources("parsers"):
        body = ast.parse(path.read_text()).body
        for node, after in pairwise([*body, ast.Pass(lineno=0)]):
            names = [name for name in _names(node) if name.endswith(("_S", "_SHARE", "_WITHIN", "_MIN", "_MPS", "_KG"))]
            is_next = bool(_names(after)) and after.lineno == (node.end_lineno or 0) + 1
            explained = isinstance(after, ast.Expr) or is_next  # constants without a blank line share an explanation
            silent += [f"{path.relative_to(ROOT).as_posix()}: {name}" for name in names if not explained]
    assert silent == []


def _names(node: ast.AST) -> set[str]:
    """Return the names that a statement gives a value."""
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    return {target.id for target in targets if isinstance(target, ast.Name)}


def _is_round(node: ast.AST) -> TypeGuard[ast.Call]:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "round"
