"""The key of the buttons is made once, is the owner's alone, and a damaged one is replaced."""

import stat
from pathlib import Path

import pytest

from hersteld.daemon.replies.key import KEY_BYTES, key_of, read_key
from hersteld.daemon.system.paths import reply_key_file


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "state" / "hersteld.db"


def test_there_is_none_before_it_is_needed(database: Path) -> None:
    assert read_key(database) is None
    assert not database.parent.exists()


def test_it_is_made_once_for_its_owner_alone(database: Path) -> None:
    key = key_of(database)
    assert len(key) == KEY_BYTES
    assert stat.S_IMODE(reply_key_file(database).stat().st_mode) == 0o600
    assert key_of(database) == read_key(database) == key
    assert [path.name for path in database.parent.iterdir()] == ["hersteld.db.reply-key"]


def test_one_that_was_copied_back_open_to_others_is_closed_again(database: Path) -> None:
    key = key_of(database)
    reply_key_file(database).chmod(0o644)
    assert key_of(database) == key
    assert stat.S_IMODE(reply_key_file(database).stat().st_mode) == 0o600


def test_each_database_has_its_own(tmp_path: Path) -> None:
    assert key_of(tmp_path / "a.db") != key_of(tmp_path / "b.db")


@pytest.mark.parametrize("content", [b"", b"zz" * KEY_BYTES, b"ab" * (KEY_BYTES - 1), b"\xff\x00", b"ab" * 99])
def test_one_that_is_damaged_is_replaced(database: Path, content: bytes) -> None:
    database.parent.mkdir()
    reply_key_file(database).write_bytes(content)
    assert read_key(database) is None
    key = key_of(database)
    assert read_key(database) == key


def test_one_that_leads_elsewhere_is_not_followed(database: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_text("ab" * KEY_BYTES)
    database.parent.mkdir()
    reply_key_file(database).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OSError, match="symbolic links"):
        read_key(database)
