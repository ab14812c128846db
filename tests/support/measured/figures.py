"""Does the table of `docs/reliability.md` say what its tests measured?

A test says what it tried, and its marker names the row and how the figures are written in it:

    @pytest.mark.figures("killed between the receiver's", "{tried} kills: lost 0, repeated {repeated}")
    def test_...(measured: Measured) -> None:
        ...
        measured(repeated=shelf.repeated)

Each test counts as one that was `tried` unless it says otherwise, also one that has the marker alone; it may belong to
several rows. The numbers of all tests of a row are added up. Where every file that the row names was run, the row must
begin its last cell so; with `FIGURES=1` it is written anew instead. A part of the tests is compared with nothing.
"""

import os
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

PAGE = Path(__file__).resolve().parents[3] / "docs" / "reliability.md"
_MARKER, _PROPERTY = "figures", "measured"
_WRITTEN_ANEW = "FIGURES"

Measured = Callable[..., None]
"""Called once with what a test has measured: names and numbers."""


@dataclass(slots=True)
class _Row:
    """What the tests of a row have measured so far.

    Attributes:
        form: How the figures are written.
        tests: How many tests there are of this row.
    """

    form: str = ""
    tests: int = 0
    heard: int = 0
    sums: Counter[str] = field(default_factory=Counter)


_rows: defaultdict[str, _Row] = defaultdict(_Row)
_differ: list[str] = []
_expected = pytest.StashKey[Counter[str]]()


def pytest_configure(config: pytest.Config) -> None:
    """Make the marker known."""
    config.addinivalue_line("markers", f"{_MARKER}(row, form): the row of docs/reliability.md, and its figures")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Count the tests of each row of which every file is run, before some of them are deselected."""
    counted = Counter(marker.args[0] for item in items for marker in item.iter_markers(_MARKER))
    files = {item.path.relative_to(config.rootpath).as_posix() for item in items}
    page = PAGE.read_text(encoding="utf-8")
    named = {row: set(re.findall(r"`(tests/[\w/]+\.py)::", _line(page, row))) for row in counted}
    is_part = any("::" in word for word in config.args)
    config.stash[_expected] = Counter(
        {row: tests for row, tests in counted.items() if named[row] <= files and not is_part}
    )


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Count a test that has the marker and measures nothing itself."""
    if item.get_closest_marker(_MARKER) is not None and "measured" not in getattr(item, "fixturenames", ()):
        _say(item, {})


@pytest.fixture
def measured(request: pytest.FixtureRequest) -> Measured:
    """Give the function to which a test says what it has measured."""
    return lambda **numbers: _say(request.node, numbers)


def _say(item: pytest.Item, numbers: Mapping[str, int]) -> None:
    for marker in item.iter_markers(_MARKER):
        row, form = marker.args
        tests = item.config.stash[_expected][row]
        said = {"row": row, "form": form, "tests": tests, "numbers": {"tried": 1, **numbers}}
        item.user_properties.append((_PROPERTY, said))


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Add up what a test has measured; with several workers, in the process that waits for them."""
    if report.when == "call" and report.passed:
        for name, value in report.user_properties:
            if name == _PROPERTY and isinstance(value, dict):
                row = _rows[value["row"]]
                row.form, row.tests = value["form"], value["tests"]
                row.heard += 1
                row.sums.update(value["numbers"])


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Compare, or write, the rows of which all tests were run."""
    if hasattr(session.config, "workerinput"):
        return
    before = PAGE.read_text(encoding="utf-8")
    after = before
    for name, row in _rows.items():
        if row.heard == row.tests:
            after, differs = compared(after, name, row.form, row.sums)
            _differ.extend([differs] if differs else [])
    if os.environ.get(_WRITTEN_ANEW):
        _differ.clear()
        PAGE.write_text(after, encoding="utf-8")
    if _differ and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say which figures differ."""
    for line in _differ:
        terminalreporter.write_line(line, red=True)


def compared(page: str, name: str, form: str, numbers: Mapping[str, int]) -> tuple[str, str]:
    """Return the page with the figures of a row as measured, and where it had others a sentence that says so.

    What follows them in the cell is a remark, and stays.

    Args:
        name: How the row begins.
        form: How its figures are written, "{tried} kills".
    """
    measured = form.format_map(numbers)
    line = _line(page, name)
    *cells, last = line.removesuffix(" |").split(" | ")
    written = re.match(re.sub(r"\\{\w+(:,)?\\}", r"[\\d,]*\\d", re.escape(form)), last)
    if written is not None and written[0] == measured:
        return page, ""
    remark = last[written.end() :] if written is not None else ""
    said = f'docs/reliability.md says "{last}" of "{name} ...", and its tests measured "{measured}"'
    return page.replace(line, f"{' | '.join((*cells, measured + remark))} |"), said


def _line(page: str, name: str) -> str:
    (line,) = (line for line in page.splitlines() if line.startswith(f"| {name}"))
    return line
