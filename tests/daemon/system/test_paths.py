"""The database lives where the system says, and any path can be shown."""

import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hersteld.daemon.system.paths import (
    database_path,
    files_of,
    make_private,
    open_to_others,
    path_shown,
    shown,
    tighten,
)


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"STATE_DIRECTORY": "/var/lib/hersteld/anna:/other", "HOME": "/home/a"}, "/var/lib/hersteld/anna"),
        ({"XDG_STATE_HOME": "/state", "HOME": "/home/a"}, "/state/hersteld"),
        ({"XDG_STATE_HOME": "relative", "HOME": "/home/a"}, "/home/a/.local/state/hersteld"),
        ({"HOME": "/home/a"}, "/home/a/.local/state/hersteld"),
    ],
)
def test_the_database_lives_where_the_system_says(environment: dict[str, str], expected: str) -> None:
    assert database_path(environment) == Path(expected) / "hersteld.db"


def test_a_folder_that_stands_already_keeps_its_rights(tmp_path: Path) -> None:
    shared, own = tmp_path / "shared", tmp_path / "deep" / "own"
    shared.mkdir()
    shared.chmod(0o755)
    make_private(shared)
    make_private(own)
    assert [stat.S_IMODE(folder.stat().st_mode) for folder in (shared, own)] == [0o755, 0o700]


def test_the_files_of_the_database_are_taken_from_everybody_else(tmp_path: Path) -> None:
    database = tmp_path / "hersteld.db"
    for file in files_of(database)[:3]:
        file.touch()
        file.chmod(0o644)
    other = tmp_path / "other"
    other.touch()
    other.chmod(0o644)
    (tmp_path / "hersteld.db-journal").symlink_to(other)
    tighten(database)
    assert [stat.S_IMODE(file.stat().st_mode) for file in files_of(database)[:3]] == [0o600] * 3
    assert stat.S_IMODE(other.stat().st_mode) == 0o644, "where a link leads is not ours"


@pytest.mark.parametrize(("mode", "may"), [(0o600, None), (0o640, "read"), (0o604, "read"), (0o622, "write")])
def test_what_others_may_do_with_a_file_is_seen(mode: int, may: str | None, tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.touch()
    file.chmod(mode)
    assert open_to_others(file) == may
    assert open_to_others(tmp_path / "missing") is None


def test_a_name_of_any_bytes_is_shown_as_text() -> None:
    assert shown(Path(os.fsdecode(b"/rides/caf\xe9.fit"))) == "/rides/caf\\xe9.fit"
    assert shown("/rides/café.fit") == "/rides/café.fit"


_PIECES = [b"\\", b"x", b"5c", b"ff", b"f", b"\xff", b"\xc3", b"\xa9", b"\\xff", b"a"]


@given(st.lists(st.sampled_from(_PIECES), max_size=9))
def test_no_two_names_are_shown_alike(pieces: list[bytes]) -> None:
    """From what is shown the name can be had back, which only a name that is shown by itself allows."""
    name = b"".join(pieces) or b"a"
    text = shown(os.fsdecode(name))
    assert os.fsencode(path_shown(text)) == name
    assert text.isascii() or "\xe9" in text


@pytest.mark.parametrize("name", ["C:\\rides\\a.fit", "\\", "\\x41.fit", "\\xg0", "tour \\ café"])
def test_a_backslash_that_cannot_be_mistaken_is_shown_as_it_is(name: str) -> None:
    assert shown(name) == name
    assert shown("a\\xff.fit") == "a\\x5cxff.fit"
