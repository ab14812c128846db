"""What the tests of the watched folder share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.faults.folder_house import House
from tests.support.measured.figures import Measured
from tests.support.receivers import HttpReceiver


@pytest.fixture
def house(tmp_path: Path, measured: Measured) -> Iterator[House]:
    with HttpReceiver() as phone:
        yield House(tmp_path, phone, measured)
