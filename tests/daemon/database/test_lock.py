"""One daemon works on a database; whoever asks hears which."""

import errno
import fcntl
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from hersteld.daemon.database.connection import Store
from hersteld.daemon.database.faults import StoreUnusable
from hersteld.daemon.database.lock import AlreadyRunning, DatabaseLock, RunningDaemon, daemon_at
from tests.support.languages import speaking
from tests.support.measured.figures import Measured
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


@pytest.mark.figures("the lock file beside", "{tried} starts: 0 beside the first")
@pytest.mark.parametrize("through_a_link", [False, True], ids=["by its own name", "by a link"])
def test_a_lock_file_that_is_deleted_lets_no_second_daemon_in(
    through_a_link: bool, tmp_path: Path, measured: Measured
) -> None:
    folder = tmp_path / "state"
    path = folder / "hersteld.db"
    (tmp_path / "link").symlink_to(folder)
    other = tmp_path / "link" / "hersteld.db" if through_a_link else path
    with DatabaseLock(path) as lock:
        (folder / "hersteld.db.lock").unlink()
        with pytest.raises(AlreadyRunning, match=r"^Another hersteld already works on "), DatabaseLock(other):
            pass
        running = daemon_at(other)
        assert running is not None, "commands must not take the database for theirs"
        assert running.pid is None
        lock.looked(NOON)
        assert daemon_at(other) == RunningDaemon(os.getpid(), NOON), "it is named again from the next look on"
    assert daemon_at(path) is None
    with DatabaseLock(path):
        pass
    measured(tried=1)


@pytest.mark.figures("the lock file beside", "{tried} starts: 0 beside the first")
def test_another_process_is_kept_out_after_the_database_was_used_and_closed(tmp_path: Path, measured: Measured) -> None:
    """SQLite drops its locks with any descriptor of the database that is closed; ours are not among these."""
    path = tmp_path / "hersteld.db"
    with DatabaseLock(path), Store(path):
        (tmp_path / "hersteld.db.lock").unlink()
        with Store(path) as other:
            other.look_through()
        second = "import sys, pathlib; from hersteld.daemon.database.lock import *"
        script = f"{second}\nwith DatabaseLock(pathlib.Path(sys.argv[1])): print('in')"
        ended = subprocess.run([sys.executable, "-c", script, path], capture_output=True, text=True, check=False)
        assert (ended.stdout, "AlreadyRunning" in ended.stderr) == ("", True), ended.stderr
    measured(tried=1)


@pytest.mark.figures("the lock file beside", "{tried} starts: 0 beside the first")
def test_where_no_folder_can_be_locked_the_file_is_the_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, measured: Measured
) -> None:
    real = fcntl.flock

    def refuse_folders(descriptor: int, how: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.EBADF, "as NFS does")
        real(descriptor, how)

    monkeypatch.setattr(fcntl, "flock", refuse_folders)
    path = tmp_path / "hersteld.db"
    with DatabaseLock(path), pytest.raises(AlreadyRunning), DatabaseLock(path):
        pass
    assert daemon_at(path) is None
    measured(tried=1)


def test_who_had_no_room_for_its_number_tells_it_later(tmp_path: Path) -> None:
    """Or its own commands would take it for an older service, and could not wake it."""
    path = tmp_path / "a.db"
    with DatabaseLock(path) as lock:
        os.truncate(tmp_path / "a.db.lock", 0)  # as on a full disk
        before = daemon_at(path)
        lock.renew()
        after = daemon_at(path)
    assert before is not None
    assert after is not None
    assert (before.pid, after.pid) == (None, os.getpid())
