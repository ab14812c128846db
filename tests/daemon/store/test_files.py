"""What became of each file is remembered by its content."""

import os
from pathlib import Path

from hersteld.daemon.database.connection import Store
from hersteld.daemon.store.files import FileRow, add_file, files_seen
from hersteld.daemon.system.paths import shown
from tests.support.pipeline import NOON


def test_a_name_of_any_bytes_can_be_stored_and_shown(tmp_path: Path) -> None:
    name = shown(os.fsdecode(b"ride\xff.fit"))
    with Store(tmp_path / "a.db") as store:
        add_file(store, FileRow("a", name, 1, "ignored", "no", NOON))
        assert files_seen(store)[0].path == "ride\\xff.fit"
