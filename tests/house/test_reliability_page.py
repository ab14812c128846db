"""Does every promise of the pages on reliability and security name a test that is there?"""

import re
from pathlib import Path

import pytest

from tests.support.measured.figures import compared

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "reliability.md"
PAGES = (PAGE, ROOT / "docs" / "security.md")
_NAMED = re.compile(r"`(?:(?P<file>[\w/.]+\.py)::)?(?P<test>[a-z]\w+)`")


def _promises() -> list[tuple[str, str]]:
    """Return the first and the third cell of every row."""
    lines = [line for page in PAGES for line in page.read_text().splitlines() if line.startswith("| ")]
    rows = [line.strip("|").split(" | ") for line in lines]
    return [(row[0].strip(), row[2]) for row in rows if row[0].strip() not in {"what happens", "---"}]


@pytest.mark.parametrize("promise", _promises(), ids=lambda promise: promise[0][:60])
def test_a_promise_names_tests_that_are_there(promise: tuple[str, str]) -> None:
    """A row names its tests as `tests/daemon/test_x.py::test_y`, further ones of the same file as `test_z`; what is
    looked at inside the booted machine, by the name of its check.
    """
    _, proof = promise
    named = list(_NAMED.finditer(proof))
    assert named, "no test is named"
    file = None
    for one in named:
        file = one["file"] or file
        assert file is not None, f"{one[0]}: of which file?"
        assert f"def {one['test']}(" in (ROOT / file).read_text(), f"{one[0]} is not in {file}"


def test_the_page_promises_something_of_every_kind() -> None:
    sections = PAGE.read_text().split("\n## ")[1:]
    enemies = PAGES[1].read_text().split("\n### ")[1:]
    empty = [section.splitlines()[0] for section in (*sections, *enemies) if section.count("\n| ") < 3]
    assert not empty
    assert len(enemies) >= 5


def test_figures_that_differ_from_those_measured_are_found_and_written_anew() -> None:
    page = "| killed early | nothing is lost | `test_a` | 11 kills: lost 0, all of them early |\n"
    same, nothing = compared(page, "killed", "{tried} kills: lost {lost}", {"tried": 11, "lost": 0})
    assert (same, nothing) == (page, "")
    new, differs = compared(page, "killed", "{tried} kills: lost {lost}", {"tried": 12, "lost": 1})
    assert new == page.replace("11 kills: lost 0", "12 kills: lost 1")
    assert "11 kills: lost 0" in differs
    assert "12 kills: lost 1" in differs
