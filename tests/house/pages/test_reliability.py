"""Does every promise of the pages on reliability and security name a test that is there?"""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.measured.figures import compared, last_cell
from tests.support.measured.markers import Marker, markers, pattern_of

ROOT = Path(__file__).resolve().parents[3]
PAGE = ROOT / "docs" / "reliability.md"
PAGES = (PAGE, ROOT / "docs" / "security.md")
_NAMED = re.compile(r"`(?:(?P<file>[\w/.]+\.py)::)?(?P<test>[a-z]\w+)`")
_FIGURE = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|hundred|thousand)\b"
)
_NOTHING = re.compile(r"(?<![\d.,])0(?![\d.,]*\d)")
"""What a form may say by itself: that there was none of a kind, which its test asserts."""


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


def _figures() -> list[tuple[str, str]]:
    """Return what stands before the last cell of every row of the page on reliability, and that cell."""
    heads = ("| what happens", "| ---")
    return [
        last_cell(line)
        for line in PAGE.read_text().splitlines()
        if line.startswith("| ") and not line.startswith(heads)
    ]


@pytest.mark.parametrize("row", _figures(), ids=lambda row: row[0][2:60])
def test_a_row_holds_no_figure_that_its_tests_did_not_write(row: tuple[str, str]) -> None:
    """What follows the form of the tests is a remark, and holds no number, nor does the cell of a row without tests
    that measure.
    """
    cells, cell = row
    forms = {marker.form for marker in markers() if cells.startswith(f"| {marker.row}")}
    assert len(forms) <= 1, "its tests write it in two ways"
    for form in forms:
        written = re.match(pattern_of(form), cell)
        assert written is not None, f"it is not written as {form!r}"
        cell = cell[written.end() :]
    assert not _FIGURE.findall(cell), f"no test measured what is in {cell!r}"


@pytest.mark.parametrize("marker", markers(), ids=lambda marker: marker.test)
def test_a_marker_is_of_a_row_that_names_its_test_and_holds_no_figure_of_its_own(marker: Marker) -> None:
    (row,) = (line for line in PAGE.read_text().splitlines() if line.startswith(f"| {marker.row}"))
    assert f"{marker.test}`" in row
    assert not _FIGURE.findall(_NOTHING.sub("", marker.form))


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
    empty, _ = compared("| killed early | nothing is lost | `test_a` | |\n", "killed", "{tried} kills", {"tried": 11})
    assert empty.endswith("| `test_a` | 11 kills |\n")
    many, _ = compared(page, "killed", "{tried:,} kills: lost {lost}", {"tried": 1100, "lost": 0})
    assert many.endswith("| 1,100 kills: lost 0, all of them early |\n")
    assert "11 kills: lost 0" in differs
    assert "12 kills: lost 1" in differs


def test_a_row_of_which_no_test_measures_what_its_form_asks_for_fails_the_run(tmp_path: Path) -> None:
    marked = '@pytest.mark.figures("killed", "{tried} kills: lost {lost}")\ndef test_a(): pass\n'
    (tmp_path / "test_a.py").write_text(f"import pytest\n{marked}")
    words = [sys.executable, "-m", "pytest", "-p", "tests.support.measured.figures", "-p", "no:cacheprovider"]
    done = subprocess.run([*words, tmp_path], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == pytest.ExitCode.TESTS_FAILED, done.stdout
    assert 'No test of "killed ..." measured lost' in done.stdout
