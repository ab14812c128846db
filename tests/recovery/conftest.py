"""The rules as they are shipped."""

import pytest

from hersteld.config.rules import load_rules
from hersteld.recovery.rules import Rules


@pytest.fixture(scope="session")
def rules() -> Rules:
    return load_rules({})
