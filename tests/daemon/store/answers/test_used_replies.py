"""A token counts once, for as long as it would count at all, and is of one database."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hersteld.daemon.database.backup import back_up
from hersteld.daemon.database.connection import Store
from hersteld.daemon.store.answers.used_replies import identity_of, use

NOW = datetime(2026, 5, 6, 12, 0, tzinfo=UTC)
END = NOW + timedelta(days=3)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "hersteld.db") as store:
        yield store


def test_it_is_used_once(store: Store) -> None:
    assert use(store, "aa", expires_at=END, now=NOW)
    assert not use(store, "aa", expires_at=END, now=NOW + timedelta(days=1))
    assert use(store, "bb", expires_at=END, now=NOW)


def test_what_would_count_no_more_is_not_kept(store: Store) -> None:
    for number in range(50):
        use(store, f"{number}", expires_at=END, now=NOW)
    use(store, "next", expires_at=END + timedelta(days=1), now=END)
    assert [row["hash"] for row in store.rows("SELECT hash FROM used_replies")] == ["next"]


def test_a_database_has_a_name_of_its_own_which_its_copies_keep(store: Store, tmp_path: Path) -> None:
    with Store(tmp_path / "new.db") as other:
        assert identity_of(other) != identity_of(store)
    back_up(store.path, tmp_path / "copy.db")
    with Store(tmp_path / "copy.db") as copy:
        assert identity_of(copy) == identity_of(store)
