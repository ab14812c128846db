"""One daemon works on a database; whoever asks hears which."""

import os
from pathlib import Path

import pytest

from hersteld.daemon.database.faults import StoreUnusable
from hersteld.daemon.database.lock import AlreadyRunning, DatabaseLock, RunningDaemon, daemon_at
from tests.support.languages import speaking
from tests.support.pipeline import NOON


def test_a_daemon_is_seen_while_it_works_and_not_after(tmp_path: Path) -> None:
    path = tmp_path / "hersteld.db"
    assert daemon_at(path) is None
    with DatabaseLock(path) as lock:
        lock.looked(NOON)
        assert daemon_at(path) == RunningDaemon(os.getpid(), NOON)
    assert daemon_at(path) is None
    lock.looked(NOON)  # without the lock it is nobody's business


def test_a_second_daemon_hears_in_its_own_language_who_was_first(tmp_path: Path) -> None:
    path = tmp_path / "hersteld.db"
    with DatabaseLock(path), pytest.raises(AlreadyRunning) as caught, DatabaseLock(path):
        pass
    with speaking("nl"):
        assert str(caught.value).startswith(f"Een andere hersteld (proces {os.getpid()}) werkt al met {path}.")


def test_a_lock_that_names_nobody_is_a_lock_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / "hersteld.db"
    with DatabaseLock(path):
        os.truncate(tmp_path / "hersteld.db.lock", 0)
        with pytest.raises(AlreadyRunning, match=rf"^Another hersteld already works on {path}"), DatabaseLock(path):
            pass
        running = daemon_at(path)
    assert running is not None
    assert running.pid is None


@pytest.mark.parametrize("kind", ["file in place of the folder", "link in place of the lock"])
def test_a_lock_that_cannot_be_made_is_a_fault_of_the_database(kind: str, tmp_path: Path) -> None:
    folder = tmp_path / "state"
    if kind.startswith("file"):
        folder.touch()
    else:
        folder.mkdir()
        (folder / "hersteld.db.lock").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(StoreUnusable, match=str(folder)), DatabaseLock(folder / "hersteld.db"):
        pass
    assert not (tmp_path / "elsewhere").exists()


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
