"""The file of the database comes to be there whole, for its owner alone, or not at all."""

import errno
import os
import stat
import threading
from pathlib import Path

import pytest

from hersteld.daemon.database.connection import Store
from hersteld.daemon.database.faults import StoreUnusable


def test_the_database_and_its_folder_are_for_the_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "hersteld" / "hersteld.db"
    old = os.umask(0)
    try:
        with Store(path) as store:
            store.change("INSERT INTO backlogs (opened_at) VALUES ('now')")
            modes = {entry.name: stat.S_IMODE(entry.stat().st_mode) for entry in path.parent.iterdir()}
    finally:
        os.umask(old)
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert set(modes.values()) == {0o600}
    assert "hersteld.db-wal" in modes


def test_several_processes_may_make_the_database_at_once(tmp_path: Path) -> None:
    faults: list[BaseException] = []

    def open_it() -> None:
        try:
            Store(tmp_path / "a.db").close()
        except StoreUnusable as error:
            faults.append(error)

    threads = [threading.Thread(target=open_it) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []


def test_asking_for_a_database_that_is_not_there_makes_none(tmp_path: Path) -> None:
    with pytest.raises(StoreUnusable, match="no database here yet"):
        Store(tmp_path / "a.db", create=False)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("number", [errno.EPERM, errno.EOPNOTSUPP])
def test_on_a_disk_without_hard_links_it_is_made_as_well(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "link", refuse)  # as on FAT
    with Store(tmp_path / "a.db") as store:
        assert {"files", "workouts", "outbox"} <= set(store.db.table_names())
    assert [path.name for path in tmp_path.iterdir()] == ["a.db"]


def test_where_it_cannot_be_made_nothing_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(os, "link", fail)
    with pytest.raises(StoreUnusable, match="input/output error"):
        Store(tmp_path / "a.db")
    assert list(tmp_path.iterdir()) == []
