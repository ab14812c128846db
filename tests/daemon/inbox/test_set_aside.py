"""What is known of a file at which reading ended comes out of the database as it went in."""

from pathlib import Path

from hersteld.daemon.database.connection import Store
from hersteld.daemon.database.file_numbers import Signature
from hersteld.daemon.inbox.set_aside import SetAside, read_set_aside, try_again, try_again_with, write_set_aside
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
        assert try_again(store, [ONCE.path, TWICE.path]) == 1
        assert read_set_aside(store) == {}


def test_it_is_given_up_at_the_second_time_and_only_while_it_is_as_it_was() -> None:
    assert (ONCE.is_given_up, TWICE.is_given_up) == (False, True)
    assert TWICE.is_of(Signature(7, 5, 99, 99))
    assert not TWICE.is_of(Signature(8, 5, 99, 99))
    assert not TWICE.is_of(Signature(7, 6, 99, 99))
