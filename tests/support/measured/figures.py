"""Does the table of `docs/reliability.md` say what its tests measured?

A test says what it measured, and its marker names the row and how the figures are written in it:

    @pytest.mark.figures("killed between the receiver's", "{tried} kills: lost 0, repeated {repeated}")
    def test_...(measured: Measured) -> None:
        ...
        measured(repeated=shelf.repeated)

Each test counts as one that was `tried` unless it says otherwise; where the form asks for no more than that, the marker
alone will do. A test may belong to several rows. The numbers of all tests of a row are added up. Where every file with
tests of a row was run, its last cell must begin with these figures; with `FIGURES=1` it is written anew instead. A part
of the tests of a row is compared with nothing.
"""

import os
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.support.measured.markers import NAME, markers, names_in, pattern_of

PAGE = Path(__file__).resolve().parents[3] / "docs" / "reliability.md"
_MARKED, _MEASURED = "figures", "measured"
_WRITTEN_ANEW = "FIGURES"

Measured = Callable[..., None]
"""Called with what a test has measured: names and numbers; added up where a test and what it uses both say some."""


@dataclass(slots=True)
class _Row:
    """What the tests of a row have measured so far.

    Attributes:
        form: How the figures are written.
        tests: How many tests there are of this row.
        heard: Those that have said something.
    """

    form: str = ""
    tests: int = 0
    heard: set[str] = field(default_factory=set)
    sums: Counter[str] = field(default_factory=Counter)


_rows: defaultdict[str, _Row] = defaultdict(_Row)
_differ: list[str] = []
_expected = pytest.StashKey[Counter[str]]()
"""How many tests each row has, of the rows that were collected whole."""


def pytest_configure(config: pytest.Config) -> None:
    """Make the marker known."""
    config.addinivalue_line("markers", f"{NAME}(row, form): the row of docs/reliability.md, and its figures")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Count the tests of each row, before some of them are deselected."""
    in_part = {config.invocation_params.dir / word.partition("::")[0] for word in config.args if "::" in word}
    collected = {item.path for item in items} - in_part
    partly = {marker.row for marker in markers() if marker.path not in collected}
    rows = [marker.args[0] for item in items for marker in item.iter_markers(NAME)]
    config.stash[_expected] = Counter(row for row in rows if row not in partly)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Note to which rows a test belongs."""
    for marker in item.iter_markers(NAME):
        row, form = marker.args
        said = {"row": row, "form": form, "tests": item.config.stash[_expected][row]}
        item.user_properties.append((_MARKED, said))


@pytest.fixture
def measured(record_property: Callable[[str, object], None]) -> Measured:
    """Give the function to which a test says what it has measured; without a marker, nobody listens."""
    return lambda **numbers: record_property(_MEASURED, numbers)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Add up what a test has measured; with several workers, in the process that waits for them."""
    if report.when != "call" or not report.passed:
        return
    said: defaultdict[str, list[Any]] = defaultdict(list)
    for name, value in report.user_properties:
        said[name].append(value)
    numbers: Counter[str] = Counter()
    for measured in said[_MEASURED]:
        numbers.update(measured)
    if "tried" not in numbers:
        numbers["tried"] = 1
    for marked in said[_MARKED]:
        row = _rows[marked["row"]]
        row.form, row.tests = marked["form"], marked["tests"]
        row.heard.add(report.nodeid)
        row.sums.update(numbers)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Compare, or write, the rows of which all tests were run."""
    if hasattr(session.config, "workerinput"):
        return
    page = PAGE.read_text(encoding="utf-8")
    is_written_anew = bool(os.environ.get(_WRITTEN_ANEW))
    for name, row in _rows.items():
        if len(row.heard) != row.tests:
            continue
        lacking = sorted(set(names_in(row.form)) - row.sums.keys())
        if lacking:
            _differ.append(f'No test of "{name} ..." measured {", ".join(lacking)}')
        else:
            page, differs = compared(page, name, row.form, row.sums)
            _differ.extend([differs] if differs and not is_written_anew else [])
    if is_written_anew:
        PAGE.write_text(page, encoding="utf-8")
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
    (line,) = (line for line in page.splitlines() if line.startswith(f"| {name}"))
    cells, last = last_cell(line)
    written = re.match(pattern_of(form), last)
    if written is not None and written[0] == measured:
        return page, ""
    remark = last[written.end() :] if written is not None else ""
    said = f'docs/reliability.md says "{last}" of "{name} ...", and its tests measured "{measured}"'
    return page.replace(line, f"{cells} {measured}{remark} |"), said


def last_cell(line: str) -> tuple[str, str]:
    """Return the cells of a row before the last, with the lines around them, and what is in the last."""
    found = re.fullmatch(r"(.*\|) (.*?) ?\|", line)
    assert found is not None, line
    return found[1], found[2]
