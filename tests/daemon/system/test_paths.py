"""The database lives where the system says, and any path can be shown."""

from pathlib import Path

import pytest

from hersteld.daemon.system.paths import database_path


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"STATE_DIRECTORY": "/var/lib/hersteld/anna:/other", "HOME": "/home/a"}, "/var/lib/hersteld/anna"),
        ({"XDG_STATE_HOME": "/state", "HOME": "/home/a"}, "/state/hersteld"),
        ({"XDG_STATE_HOME": "relative", "HOME": "/home/a"}, "/home/a/.local/state/hersteld"),
        ({"HOME": "/home/a"}, "/home/a/.local/state/hersteld"),
    ],
)
def test_the_database_lives_where_the_system_says(environment: dict[str, str], expected: str) -> None:
    assert database_path(environment) == Path(expected) / "hersteld.db"
