"""What is wrong with the database is said in a sentence, and the database is left as it is."""

from pathlib import Path

import pytest

from hersteld.daemon.database.connection import Store
from hersteld.daemon.database.faults import StoreUnusable


def test_what_is_no_database_is_refused_with_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    path.write_bytes(b"this is a letter to my aunt, and quite long enough at that" * 9)
    with pytest.raises(StoreUnusable, match=r"a\.db: the database is damaged"):
        Store(path)
    assert path.read_bytes().startswith(b"this is a letter")
