"""Both units on a real systemd: a Debian boots in an emulated machine without a network, and looks after itself.

`make test-systemd` runs this. It takes minutes, so plain `make test` does not collect it.
"""

from pathlib import Path

import pytest

from tests.systemd.guest.checks import CHECKS
from tests.systemd.machine import Outcome, outcomes


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Outcome]]:
    place = tmp_path_factory.mktemp("machine")
    return place, outcomes(place)


@pytest.mark.parametrize("name", [check.__name__ for check in CHECKS])
def test_on_the_booted_machine(results: tuple[Path, dict[str, Outcome]], name: str) -> None:
    place, found = results
    assert name in found, f"it was not reached; the console ended with:\n{(place / 'console.log').read_text()[-3000:]}"
    assert found[name].ok, found[name].said
