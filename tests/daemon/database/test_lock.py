"""One daemon works on a database; whoever asks hears which."""

import os
from pathlib import Path

import pytest

from hersteld.daemon.database.lock import AlreadyRunning, DatabaseLock


def test_a_second_daemon_on_the_same_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "hersteld.db"
    with (
        DatabaseLock(path),
        pytest.raises(AlreadyRunning, match=rf"process {os.getpid()}\).*hersteld\.db"),
        DatabaseLock(path),
    ):
        pass
    with DatabaseLock(path):
        pass
