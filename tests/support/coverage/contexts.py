"""Which tests ran a line? A pytest plugin that names what is measured after the folder of the test that ran it.

`make test` loads it with `-p`, next to `--cov`. Every test of a layer runs in the coverage context of its folder below
tests/ ("parsers", "daemon", ...), so that one run of all tests tells what the tests of each folder cover by themselves.
Lines that run while tests are collected, such as imports, have the context "" and count for every folder. The tests of
other folders count for no layer, so they run unmeasured, at two to three times the speed.
"""

import sys

import pytest
from coverage import Coverage

FIRST = ("parsers", "recovery", "config", "daemon")
"""The layers, the lowest first: their folders are tested in this order, and before all others."""


def folder_of(test: pytest.Item) -> str:
    """Return the name of the folder directly below tests/ that holds a test."""
    return test.path.relative_to(test.config.rootpath / "tests").parts[0]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests of the layers first, the lowest layer before the others, and keep the order within a folder."""
    places = {name: place for place, name in enumerate(FIRST)}
    items.sort(key=lambda test: places.get(folder_of(test), len(FIRST)))


class Contexts:
    """Switch the context whenever the tests of another folder begin, and measure those of the layers alone."""

    def __init__(self) -> None:
        self._folder: str | None = None
        self._paused: Coverage | None = None

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Name what runs from here on after the folder of this test; measure it where that is a layer's."""
        folder = folder_of(item)
        if folder == self._folder:
            return
        self._folder = folder
        if folder not in FIRST:
            if (running := Coverage.current()) is not None:
                running.stop()
                self._paused = running
            return
        if self._paused is not None:
            self._paused.start()
            self._paused = None
        if (running := Coverage.current()) is not None:
            running.switch_context(folder)
            forget_cached_results()


def forget_cached_results() -> None:
    """Empty the caches of the product's functions, so that each of them runs anew for the tests of the next folder."""
    for name, module in list(sys.modules.items()):
        if name.startswith("hersteld"):
            for value in vars(module).values():
                if hasattr(value, "cache_clear"):
                    value.cache_clear()


def pytest_configure(config: pytest.Config) -> None:
    """Install the contexts in this process; every worker of xdist does the same in its own."""
    config.pluginmanager.register(Contexts(), "coverage-contexts")
