"""No number that a file system may give of a file stops the service, nor hides a change."""

import os
import threading
from collections.abc import Iterator
from dataclasses import astuple
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hersteld.daemon.database.connection import Store
from hersteld.daemon.database.file_numbers import changed_at, signature_of
from hersteld.daemon.database.lock import DatabaseLock, daemon_at
from hersteld.daemon.inbox import scan as inbox_module
from hersteld.daemon.inbox.candidate import Candidate
from hersteld.daemon.inbox.scan import Inbox
from hersteld.daemon.inbox.settling import Settling
from hersteld.daemon.inbox.watcher import Watcher
from hersteld.daemon.store.sightings import read_sightings
from hersteld.daemon.system.clock import ManualClock, from_iso, iso
from tests.support.pipeline import NOON, Pipeline, a_file

YEAR_2300_NS = 10_413_792_000 * 10**9
YEAR_20000_S = 568_971_820_800

seconds = st.one_of(
    st.sampled_from([-(2**63), -1, 0, 2**33, YEAR_20000_S, 2**63 - 1]), st.integers(-(2**63), 2**63 - 1)
)


@st.composite
def statuses(draw: st.DrawFn) -> os.stat_result:
    """Return what the kernel may say of a file: times of 64 bits in seconds, an inode of 64 bits without a sign."""
    inode = draw(st.one_of(st.sampled_from([0, 2**63, 2**64 - 1]), st.integers(0, 2**64 - 1)))
    size = draw(st.one_of(st.just(2**63 - 1), st.integers(0, 2**63 - 1)))
    mtime_s, ctime_s, more_ns = draw(seconds), draw(seconds), draw(st.integers(0, 999_999_999))
    ns = {"st_mtime_ns": mtime_s * 10**9 + more_ns, "st_ctime_ns": ctime_s * 10**9 + more_ns}
    floats = {"st_mtime": float(mtime_s), "st_ctime": float(ctime_s)}
    return os.stat_result((0o100644, inode, 1, 1, 0, 0, size, 0, mtime_s, ctime_s), {**ns, **floats})


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store(tmp_path_factory.mktemp("numbers") / "hersteld.db") as store:
        yield store


@given(status=statuses(), is_forgetful=st.booleans())
def test_whatever_a_file_system_says_is_kept_and_counted_with(
    store: Store, status: os.stat_result, is_forgetful: bool
) -> None:
    signature = signature_of(status, is_forgetful=is_forgetful)
    assert all(-(2**63) <= number < 2**63 for number in astuple(signature))
    clock = ManualClock(NOON)
    settling = Settling(clock)
    settling.postpone("a.jpg", signature)
    assert settling.unchanged_s("a.jpg", signature) >= 0
    inbox = Inbox((), store, clock, Watcher((), threading.Event()))
    inbox.conclude([Candidate("a.jpg", signature)])
    assert read_sightings(store)["a.jpg"] == signature
    assert from_iso(iso(changed_at(status))) == changed_at(status)


@given(one=statuses(), other=statuses())
def test_of_two_dates_the_later_stays_the_later(one: os.stat_result, other: os.stat_result) -> None:
    """Wrapped around, a date far ahead would be one long past, and half a file would be taken for all of it."""
    if one.st_mtime_ns <= other.st_mtime_ns:
        assert signature_of(one).mtime_ns <= signature_of(other).mtime_ns
    if one.st_mtime <= other.st_mtime:
        assert changed_at(one) <= changed_at(other)


@pytest.mark.parametrize("mtime_ns", [YEAR_2300_NS, YEAR_20000_S * 10**9, -(10**18)])
def test_a_file_of_another_age_stops_nothing_now_or_after_a_restart(
    mtime_ns: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the file system brings the date to one of its own, the properties above show the rest."""
    monkeypatch.setattr(inbox_module, "_RACY_S", 0.0)
    pipeline = Pipeline(tmp_path)
    for name, content in (("any.jpg", b"\xff\xd8 a picture"), ("a.fit", a_file())):
        os.utime(pipeline.put(name, content), ns=(mtime_ns, mtime_ns))
    pipeline.look()
    pipeline.start()
    pipeline.put("b.fit", a_file(NOON - timedelta(days=1)))
    pipeline.look()
    assert pipeline.statuses() == {"a.fit": "workout", "b.fit": "workout"}
    assert {Path(path).name for path in read_sightings(pipeline.store)} == {"any.jpg", "a.fit", "b.fit"}


def test_a_lock_of_another_age_is_told_like_any_other(tmp_path: Path) -> None:
    database = tmp_path / "hersteld.db"
    with DatabaseLock(database):
        os.utime(tmp_path / "hersteld.db.lock", (YEAR_20000_S, YEAR_20000_S))
        running = daemon_at(database)
    assert running is not None
    assert running.pid == os.getpid()
