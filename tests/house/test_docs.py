"""What the papers say is what the program does."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from hersteld.config.file.schema import settings_schema
from hersteld.recovery.athlete.profile import CONDITIONS, EXPERIENCES, FOODS
from tests.house.rules_page import MARK, PAGE, numbers_table

ROOT = Path(__file__).parents[2]
LAYERS = ("parsers", "recovery", "config", "daemon")
EXAMPLES = (ROOT / "docs" / "rules-examples.md").read_text(encoding="utf-8")
_NAMED_TEST = re.compile(r"`(?:(?P<file>tests/[\w/]+\.py)::)?(?P<test>\w+)`")
CONFIGURATION = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")


def test_every_number_of_the_rules_stands_in_the_docs() -> None:
    said = PAGE.read_text(encoding="utf-8").partition(MARK)[2]
    assert said == numbers_table(), "write it anew with: python -m tests.house.rules_page"


@cache
def _names_in(file: str) -> set[str]:
    """Return the functions and classes of a file of tests that are run, without running any."""
    named = ast.walk(ast.parse((ROOT / file).read_text(encoding="utf-8")))
    return {node.name for node in named if isinstance(node, ast.FunctionDef | ast.ClassDef)}


def test_each_example_of_the_rules_names_tests_that_are_there() -> None:
    rows = [line.strip("| ").split(" | ") for line in EXAMPLES.splitlines() if line.startswith("| ")]
    examples = [row for row in rows if row[0] not in ("what is asked", "---")]
    assert len(examples) >= 80
    assert [row for row in examples if len(row) != 4 or not all(row)] == []
    for asked, tests, before, now in examples:
        named = list(_NAMED_TEST.finditer(tests))
        assert named, f"{asked}: no test is named"
        assert before != now, f"{asked}: what is different?"
        file = None
        for one in named:
            file = one["file"] or file
            assert file is not None, f"{asked}: {one['test']} is of which file?"
            assert one["test"] in _names_in(file), f"{asked}: {one['test']} is not in {file}"


def test_every_configuration_key_stands_in_the_docs() -> None:
    schema = settings_schema()
    properties = schema["properties"]
    assert set(properties) == {"athlete", "watch", "notify", "health", "plan", "home_assistant", "rules"}
    for table in ("athlete", "watch", "notify", "health", "plan", "home_assistant"):
        definition = properties[table]
        if "$ref" in definition:
            definition = schema["$defs"][definition["$ref"].rpartition("/")[2]]
        elif "allOf" in definition:
            definition = schema["$defs"][definition["allOf"][0]["$ref"].rpartition("/")[2]]
        for key in definition["properties"]:
            assert f"`{key}`" in CONFIGURATION, f"docs/configuration.md does not name {table}.{key}"


def test_every_allowed_word_stands_in_the_docs() -> None:
    for word in (*EXPERIENCES, *CONDITIONS, *FOODS):
        assert f'"{word}"' in CONFIGURATION


def test_every_link_between_the_papers_leads_somewhere() -> None:
    papers = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]
    assert len(papers) >= 5
    for paper in papers:
        for target in re.findall(r"\]\((?!https?://)([^)#]+)", paper.read_text(encoding="utf-8")):
            assert (paper.parent / target).exists(), f"{paper.name} links to {target}"


@pytest.mark.parametrize("name", ["CONTRIBUTING.md", "docs/architecture.md", "docs/glossary.md"])
def test_every_path_that_a_paper_for_developers_names_is_there(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    folders = "|".join(path.name for path in ROOT.iterdir() if path.is_dir() and path.name.isidentifier())
    paths = re.findall(rf"(?<![\w./-])(?:{folders})/[\w./-]*\b", text)
    assert paths
    assert [path for path in paths if not (ROOT / path).exists()] == []
    bare = [span for span in re.findall(r"`([\w-]+\.py)`", text) if span != "__init__.py"]
    assert bare == [], "say in which folder these are"


def test_the_architecture_names_every_room() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rooms = {
        path.parent.relative_to(ROOT).as_posix() for layer in LAYERS for path in ROOT.glob(f"{layer}/*/__init__.py")
    }
    assert len(rooms) > 20
    assert {room for room in rooms if f"| `{room}` |" not in text} == set()


def test_the_readmes_configuration_is_accepted(tmp_path: Path) -> None:
    from hersteld.config.file.load import load_settings

    blocks = re.findall(r"```toml\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert len(blocks) >= 3
    for number, block in enumerate(blocks):
        file = tmp_path / f"{number}.toml"
        file.write_text(re.sub(r"^   ", "", block, flags=re.MULTILINE), encoding="utf-8")
        file.chmod(0o600)
        load_settings(file, environ={"HOME": str(tmp_path)})
