"""What is known of a file at which reading ended comes out of the database as it went in."""

from dataclasses import replace
from pathlib import Path

from hersteld.daemon.database.connection import Store
from hersteld.daemon.database.file_numbers import Signature
from hersteld.daemon.inbox.set_aside import (
    SAME_CONTENT,
    SetAside,
    forget_set_aside,
    read_set_aside,
    try_again,
    try_again_with,
    write_set_aside,
)
from hersteld.parsers.line import Line
from tests.support.pipeline import NOON

ONCE = SetAside("/in/a.fit", 7, 2**63 - 1, None, 1, Line("reasons.signal", {"number": 9}), NOON)
TWICE = SetAside("/in/b.fit", 7, 5, "abc", 2, Line("reasons.exit_code", {"number": 1}), NOON)


def test_it_is_kept_and_forgotten_by_path_or_by_version(tmp_path: Path) -> None:
    with Store(tmp_path / "hersteld.db") as store:
        write_set_aside(store, ONCE, "1.0")
        write_set_aside(store, TWICE, "1.1")
        assert read_set_aside(store) == {ONCE.path: ONCE, TWICE.path: TWICE}
        try_again_with(store, "1.1")
        assert read_set_aside(store) == {TWICE.path: TWICE}
        assert try_again(store, [ONCE.path, TWICE.path]) == (TWICE.path,)
        assert read_set_aside(store) == {}


def test_what_is_tried_again_takes_its_content_under_other_names_along(tmp_path: Path) -> None:
    copy = replace(TWICE, path="/in/copy.fit", reason=SAME_CONTENT)
    unread = [replace(ONCE, path=f"/in/unread {number}.fit") for number in range(2)]
    files = (TWICE, copy, *unread)
    with Store(tmp_path / "hersteld.db") as store:
        for file in files:
            write_set_aside(store, file, "1.0")
        assert try_again(store, [copy.path]) == (TWICE.path, copy.path)
        assert try_again(store, [unread[0].path]) == (unread[0].path,), "what was not read may be anything"
        forget_set_aside(store, [unread[1].path])
        assert read_set_aside(store) == {}
    assert [file.is_copy for file in files] == [False, True, False, False]


def test_it_is_given_up_at_the_second_time_and_only_while_it_is_as_it_was() -> None:
    assert (ONCE.is_given_up, TWICE.is_given_up) == (False, True)
    assert TWICE.is_of(Signature(7, 5, 99, 99))
    assert not TWICE.is_of(Signature(8, 5, 99, 99))
    assert not TWICE.is_of(Signature(7, 6, 99, 99))
