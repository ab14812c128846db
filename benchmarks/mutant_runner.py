"""A pytest plugin that tries each change that mutmut made, in a fork of a process that has collected all tests.

mutmut itself starts pytest anew for every change, and collecting takes ten times as long as the tests. It reads what
mutmut wrote in the current folder: `mutmut-stats.json` (which tests reach which function, and how long they take) and
the `.meta` file beside each altered file, into which the verdicts go, so that `mutmut results` and `show` know them.
"""

import collections
import gc
import itertools
import json
import os
import random
import resource
import signal
import sys
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Final, NoReturn

import pytest
from mutmut.mutation import trampoline

NOT_REACHED: Final = 33
"""mutmut's own code for a change that no test reaches."""
_NEAR_S: Final = 1.0
"""Seconds for the tests of the altered file's folder together, those first that reach few functions."""
_FAR_S: Final = 0.3
"""Seconds for all tests of other folders together, the quickest first."""
_BROAD: Final = (
    "::test_rules_that_make_something_else_of_the_same_workouts_have_another_version",
    "::test_the_same_is_said_of_the_same_workouts",
    "::test_of_the_same_recordings_the_same_is_read",
)
"""They compare all that the rules make of many workouts, or all that is read of many recordings, with what it was
before, end at the first that differs, and are tried first."""
_LIMIT_S: Final = 30
"""Seconds of CPU time for the tests of one change: a loop without end is noticed too."""


def pytest_runtestloop(session: pytest.Session) -> bool:
    """Try every change instead of running the tests once; say how many were noticed."""
    order = _Order(session.items)
    running: dict[int, tuple[Path, str]] = {}
    verdicts: dict[Path, dict[str, int]] = {}
    changes = _changes()
    gc.freeze()
    for count, (file, name) in enumerate(changes, start=1):
        items = order.reaching(name)
        if not items:
            verdicts.setdefault(file, {})[name] = NOT_REACHED
            continue
        if len(running) == os.cpu_count():
            _collect(running, verdicts)
        pid = os.fork()
        if not pid:
            _try(name, items)
        running[pid] = file, name
        if count % 100 == 0:
            print(f"{count} of {len(changes)} changes tried", file=sys.stderr, flush=True)
    while running:
        _collect(running, verdicts)
    for file, found in verdicts.items():
        kept = json.loads(file.read_text(encoding="utf-8"))
        kept["exit_code_by_key"] |= found
        file.write_text(json.dumps(kept, indent=4), encoding="utf-8")
    return True


class _Order:
    """Which tests notice a change, the likeliest first?

    After the recorded workouts and recordings come those in the folder of the altered file, first the ones that reach
    few functions. Slow tests are not tried: a change that such a test alone would notice has no test of its own.
    """

    def __init__(self, items: Sequence[pytest.Item]) -> None:
        known = json.loads(Path("mutmut-stats.json").read_text(encoding="utf-8"))
        self._items = {item.nodeid: item for item in items}
        self._durations_s: Mapping[str, float] = known["duration_by_test"]
        self._tests: Mapping[str, Sequence[str]] = known["tests_by_mangled_function_name"]
        self._functions = collections.Counter(test for tests in self._tests.values() for test in tests)

    def reaching(self, name: str) -> list[pytest.Item]:
        """Return the tests that reach a change, as far as they are tried."""
        function = name.rpartition("__mutmut_")[0]
        folder = "/".join(("tests", *function.split(".")[1:-2])) + "/"
        tests = [test for test in self._tests.get(function, ()) if test in self._items]
        near = sorted((test for test in tests if test.startswith(folder)), key=self._functions.__getitem__)
        far = sorted((test for test in tests if not test.startswith(folder)), key=self._durations_s.__getitem__)
        broad = [test for test in tests if test.endswith(_BROAD)]
        return [self._items[test] for test in (*broad, *self._first(near, _NEAR_S), *self._first(far, _FAR_S))]

    def _first(self, tests: Sequence[str], limit_s: float) -> Sequence[str]:
        """Return the first tests, as many as take no longer together."""
        sums_s = itertools.accumulate(self._durations_s[test] for test in tests)
        return tests[: sum(sum_s < limit_s for sum_s in sums_s)]


def _changes() -> list[tuple[Path, str]]:
    """Return each `.meta` file with the name of each change it lists, well mixed: the first thousand are a sample."""
    changes = [
        (file, name)
        for file in sorted(Path("hersteld").rglob("*.meta"))
        for name in json.loads(file.read_text(encoding="utf-8"))["exit_code_by_key"]
    ]
    random.Random(0).shuffle(changes)
    return changes


def _collect(running: dict[int, tuple[Path, str]], verdicts: dict[Path, dict[str, int]]) -> None:
    """Wait for one fork to end and keep its verdict: 0 survived, 1 noticed, below 0 ended by a signal."""
    pid, status = os.wait()
    file, name = running.pop(pid)
    verdicts.setdefault(file, {})[name] = os.waitstatus_to_exitcode(status)
    if not status:
        print(f"not noticed: {name}", flush=True)


def _try(name: str, items: Sequence[pytest.Item]) -> NoReturn:
    """Run these tests, in a fork, with this change; the first that fails ends it."""
    trampoline.get_mutant_under_test = lambda: name  # which looks into the environment twice for every call
    resource.setrlimit(resource.RLIMIT_CPU, (_LIMIT_S, _LIMIT_S))
    signal.alarm(4 * _LIMIT_S)
    for descriptor in (1, 2):
        os.dup2(os.open(os.devnull, os.O_WRONLY), descriptor)
    code = 1
    try:
        items[0].config.pluginmanager.register(_FirstFailure())
        for item, following in pairwise([*items, None]):
            if item is not None:
                item.ihook.pytest_runtest_protocol(item=item, nextitem=following)
        code = 0
    finally:
        os._exit(code)


class _FirstFailure:
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """End the fork at the first report of a failure."""
        if report.failed:
            os._exit(1)
