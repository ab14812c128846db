"""A clock that shows what has passed is not believed, unless it goes on steadily for long."""

from pathlib import Path

from hersteld.daemon.database.connection import Store
from hersteld.daemon.store.clock_check import newest_at
from hersteld.daemon.store.files import FileRow, add_file
from hersteld.daemon.system.clock import BUILT_AT
from tests.support.pipeline import NOON


def test_a_fresh_store_knows_only_that_the_build_has_passed(tmp_path: Path) -> None:
    with Store(tmp_path / "a.db") as store:
        assert newest_at(store) == BUILT_AT
        add_file(store, FileRow("a", "a.fit", 1, "ignored", "a course", NOON))
        assert newest_at(store) == NOON
