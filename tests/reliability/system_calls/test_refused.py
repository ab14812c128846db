"""One call is refused by the kernel: the first of its kind, one in the middle or the last; or all of them.

Whatever it is, no traceback is printed, nothing is lost, the message is told once, and the service stops cleanly.
"""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.reliability.system_calls.calls import Case, cases
from tests.reliability.system_calls.life import Begin, Told, check, live
from tests.support.faults.fault_points import Nursery
from tests.support.faults.killed import a_shelf
from tests.support.faults.strace import Refused
from tests.support.measured.figures import Measured

Count = Callable[[Begin, str], int]
_TRIES = 3
"""A life is not always the same to the last call: where it had fewer of them, the last of this one is taken."""


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    with Nursery() as nursery:
        yield nursery


@pytest.fixture(scope="module")
def calls_in(tmp_path_factory: pytest.TempPathFactory, nursery: Nursery) -> Count:
    """Return how many calls of a kind the busiest thread makes in a life without a fault."""

    @cache
    def count(begin: Begin, calls: str) -> int:
        with a_shelf(tmp_path_factory.mktemp("counted"), nursery) as shelf:
            return live(shelf, begin, Refused(calls, "", 0)).most

    return count


@pytest.mark.figures("the kernel refuses one call", "{tried} calls: lost 0")
@pytest.mark.parametrize("case", cases(), ids=str)
def test_a_call_that_is_refused_loses_nothing_and_repeats_nothing(
    tmp_path: Path, nursery: Nursery, calls_in: Count, measured: Measured, case: Case
) -> None:
    most = 0 if case.place in ("first", "each") else calls_in(case.begin, case.calls)
    told: Told | None = None
    for number in range(_TRIES):
        nth = {"first": 1, "each": 1, "middle": (most + 1) // 2, "last": most}[case.place]
        folder = tmp_path / str(number)
        folder.mkdir()
        with a_shelf(folder, nursery) as shelf:
            told = live(shelf, case.begin, Refused(case.calls, case.error, nth, each=case.place == "each"))
            check(shelf, told, is_unanswered=case.leaves_unanswered)
        if told.was_refused:
            measured(tried=1)
            return
        most = told.most - number * (told.most // 20 + 1)
    pytest.fail(f"it was never refused: {told}")
