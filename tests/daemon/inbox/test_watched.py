"""The folders that the service watches are known to other processes."""

import os
from pathlib import Path

from hersteld.daemon.database.connection import Store
from hersteld.daemon.inbox.watched import read_watched, write_watched


def test_the_folders_of_today_take_the_place_of_those_before(tmp_path: Path) -> None:
    with Store(tmp_path / "a.db") as store:
        assert read_watched(store) == []
        write_watched(store, [Path("/srv/b"), Path("/srv/a"), Path("/srv/a")])
        assert read_watched(store) == ["/srv/a", "/srv/b"]
        write_watched(store, [Path("/srv/c")])
        assert read_watched(store) == ["/srv/c"]


def test_a_name_that_is_no_text_is_spelt_out(tmp_path: Path) -> None:
    with Store(tmp_path / "a.db") as store:
        write_watched(store, [Path(os.fsdecode(b"/srv/\xff"))])
        assert read_watched(store) == ["/srv/\\xff"]


def test_folders_that_are_the_same_as_before_cost_no_write(tmp_path: Path) -> None:
    with Store(tmp_path / "a.db") as store:
        write_watched(store, [Path("/srv/a")])
        before = store.db.conn.total_changes
        write_watched(store, [Path("/srv/a")])
        assert store.db.conn.total_changes == before
