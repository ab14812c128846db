"""A service whose database cannot be used waits for what may pass, ever longer, and systemd hears that it lives."""

import sqlite3
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hersteld.config.settings import Health as HealthSettings
from hersteld.daemon.database.connection import Store
from hersteld.daemon.database.faults import StoreUnusable, damage
from hersteld.daemon.database.lock import DatabaseLock, daemon_at
from hersteld.daemon.health.keeper import HealthKeeper
from hersteld.daemon.health.outside import SILENT_S, from_outside
from hersteld.daemon.health.pinger import Pinger
from hersteld.daemon.service.start_retry import StartRetry
from hersteld.daemon.system.clock import ManualClock
from hersteld.daemon.system.systemd import Systemd
from hersteld.parsers.line import Line
from tests.support.measured.figures import Measured
from tests.support.pipeline import NOON

FULL = StoreUnusable("database.no_room", path="/state/hersteld.db")


class Waiting(ManualClock):
    """A clock on which waiting passes at once.

    Attributes:
        waits: How long each wait was, in seconds.
    """

    def __init__(self) -> None:
        super().__init__(NOON)
        self.waits: list[float] = []

    def wait(self, event: threading.Event, timeout_s: float) -> bool:
        self.waits.append(timeout_s)
        self.move(timedelta(seconds=timeout_s))
        return event.is_set()


class Heard(Systemd):
    """A systemd that remembers what it hears."""

    def __init__(self, **environment: str) -> None:
        super().__init__(environment)
        self.words: list[str] = []

    def _send(self, word: str) -> None:
        self.words.append(word)


def retry_of(clock: Waiting, systemd: Systemd, database: Path = Path("/state/hersteld.db")) -> StartRetry:
    health = HealthKeeper(database, Pinger(HealthSettings(), clock), clock)
    return StartRetry(database, health, clock, systemd, threading.Event(), threading.Event())


def test_the_pause_doubles_to_the_length_of_a_round_and_the_reason_is_told_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    clock, systemd = Waiting(), Heard()
    waiting = retry_of(clock, systemd)
    for _ in range(8):
        waiting.wait_for(FULL)
    waiting.wait_for(StoreUnusable("database.read_only", path="/state/hersteld.db"))
    assert clock.waits == [1, 2, 4, 8, 10, 10, 10, 10, 10]
    assert systemd.words == ["READY=1", "WATCHDOG=1", "WATCHDOG=1"] * 9
    full, read_only = caplog.messages
    assert full.startswith("the service cannot begin, and tries again: /state/hersteld.db: there is no room left")
    assert "may only be read" in read_only


def test_no_pause_is_longer_than_the_watchdog_allows() -> None:
    clock, systemd = Waiting(), Heard(WATCHDOG_USEC="10000000")
    waiting = retry_of(clock, systemd)
    for _ in range(5):
        waiting.wait_for(FULL)
    assert clock.waits == [1, 2, 4, 5, 5]


def test_an_error_of_the_database_itself_is_told_in_words(tmp_path: Path) -> None:
    broken = tmp_path / "hersteld.db"
    broken.write_bytes(b"no database" * 1000)
    with pytest.raises(sqlite3.DatabaseError) as caught:
        sqlite3.connect(broken).execute("SELECT * FROM files")
    with pytest.raises(StoreUnusable, match="the database is damaged"):
        retry_of(Waiting(), Heard()).wait_for(caught.value)


def test_what_does_not_pass_is_not_waited_for(tmp_path: Path) -> None:
    clock, systemd = Waiting(), Heard()
    damaged = StoreUnusable(damage(tmp_path / "hersteld.db", Line("database.found_empty")))
    with pytest.raises(StoreUnusable) as caught:
        retry_of(clock, systemd).wait_for(damaged)
    assert caught.value is damaged
    assert (clock.waits, systemd.words) == ([], [])


@pytest.mark.figures("at the start SQLite refuses", "{tried} statements")
@pytest.mark.parametrize(
    "statement",
    ["SELECT loads FROM sqlite_master", "INSERT INTO one VALUES (1), (1)", "SELECT ?", "INSERT INTO none VALUES (1)"],
)
def test_a_fault_of_our_own_ends_it_with_its_sentence(tmp_path: Path, statement: str, measured: Measured) -> None:
    clock, systemd = Waiting(), Heard()
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE one (a UNIQUE)")
        with pytest.raises(sqlite3.Error) as caught:
            connection.execute(statement)
    with pytest.raises(StoreUnusable, match="hersteld itself fails on the database: ") as ended:
        retry_of(clock, systemd, tmp_path / "a.db").wait_for(caught.value)
    assert "disk is sound" not in str(ended.value)
    assert (clock.waits, systemd.words) == ([], [])
    measured(tried=1)


def test_who_waits_holds_the_lock_and_says_why_until_it_begins(tmp_path: Path) -> None:
    database, clock = tmp_path / "hersteld.db", Waiting()
    retry = retry_of(clock, Heard(), database)
    locks: list[DatabaseLock] = []
    seen: list[str | None] = []

    def serve(_store: Store, lock: DatabaseLock) -> None:
        locks.append(lock)
        seen.append(from_outside(database, daemon_at(database), datetime.now(UTC)).trouble)
        if len(locks) < 8:
            raise StoreUnusable("database.busy", path="hersteld.db", seconds=30)

    retry.serve(serve, lambda: len(locks) == 8)
    assert len(set(map(id, locks))) == 1, "one lock, from the first try to the last"
    assert seen == [None] * 8, "a database that opens is no trouble any more"
    assert max(clock.waits) < SILENT_S


def test_while_it_waits_it_is_seen_to_run_with_the_reason(tmp_path: Path) -> None:
    database, clock = tmp_path / "hersteld.db", Waiting()
    with DatabaseLock(database):
        retry_of(clock, Heard(), database).wait_for(FULL)
        outside = from_outside(database, daemon_at(database), clock.now())
    assert (outside.trouble, outside.reason, outside.looked_at) == ("database_unusable", FULL.line, None)
    assert outside.since is not None


def test_a_folder_that_is_another_one_meanwhile_is_locked_anew(tmp_path: Path) -> None:
    """As where its disk is mounted while the service waits."""
    database, clock = tmp_path / "state" / "hersteld.db", Waiting()
    locks: list[DatabaseLock] = []

    def serve(_store: Store, lock: DatabaseLock) -> None:
        locks.append(lock)
        if len(locks) == 1:
            database.parent.rename(tmp_path / "before")
            raise FULL
        assert daemon_at(database) is not None

    retry_of(clock, Heard(), database).serve(serve, lambda: len(locks) == 2)
    assert locks[0] is not locks[1]
