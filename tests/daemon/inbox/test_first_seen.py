"""A file has arrived when it was first seen as it is; restarts and other metadata change nothing of that."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from hersteld.daemon.database.connection import Store
from hersteld.daemon.database.file_numbers import Signature
from hersteld.daemon.inbox.first_seen import FirstSeen
from hersteld.daemon.system.clock import ManualClock
from tests.support.pipeline import NOON

AS_IT_IS = Signature(size=9, mtime_ns=1, ctime_ns=2, inode=3)
LATER = timedelta(hours=5)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "a.db") as store:
        yield store


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (AS_IT_IS, NOON),
        (replace(AS_IT_IS, ctime_ns=7, inode=8), NOON),  # chmod, or a restored backup
        (replace(AS_IT_IS, size=10), NOON + LATER),
        (replace(AS_IT_IS, mtime_ns=10), NOON + LATER),
    ],
)
def test_only_other_content_arrives_anew(now: Signature, expected: object, store: Store) -> None:
    clock = ManualClock(NOON)
    FirstSeen(store, clock).see({"a.fit": AS_IT_IS})
    clock.move(LATER)
    seen = FirstSeen(store, clock)
    seen.see({"a.fit": now})
    assert seen.at("a.fit", now) == expected
    assert FirstSeen(store, clock).at("a.fit", now) == expected


def test_a_clock_that_was_ahead_makes_no_arrival_of_the_future(store: Store) -> None:
    clock = ManualClock(NOON + LATER)
    seen = FirstSeen(store, clock)
    seen.see({"a.fit": AS_IT_IS})
    clock.jump(NOON)
    assert seen.at("a.fit", AS_IT_IS) == NOON


def test_what_was_taken_in_or_is_gone_is_forgotten(store: Store) -> None:
    seen = FirstSeen(store, ManualClock(NOON))
    seen.see(dict.fromkeys(("taken", "gone", "here"), AS_IT_IS))
    seen.forget(["taken"])
    seen.forget_all_but({"here"})
    assert [seen.at(name, AS_IT_IS) for name in ("taken", "gone", "here")] == [None, None, NOON]
    assert [row["path"] for row in store.rows("SELECT path FROM first_seen")] == ["here"]
