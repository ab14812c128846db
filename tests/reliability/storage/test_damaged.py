"""A database that is broken: every command says so and what to do, and nobody touches it."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from hersteld.daemon.cli.exit_codes import EXIT_DATABASE
from tests.support.faults.fault_points import FaultPoint, Nursery
from tests.support.faults.killed import Shelf, a_shelf
from tests.support.measured.figures import Measured

COMMANDS = (["run"], ["status"], ["history"], ["explain"], ["check"], ["import", "Workouts"])


def _overwritten_header(content: bytes) -> bytes:
    return b"\xa5" * 100 + content[100:]


def _cut_off(content: bytes) -> bytes:
    return content[: len(content) // 8192 * 4096]


def _emptied(content: bytes) -> bytes:
    del content
    return b""


def _a_letter(content: bytes) -> bytes:
    return b"Dear aunt, this was never a database. " * (len(content) // 38)


def _garbled_page(content: bytes) -> bytes:
    """Overwrite the page under which all workouts hang, in the middle of the file."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(bytes((*content[:18], 1, 1, *content[20:])))  # read as if it had no WAL
        (page,) = database.execute("SELECT rootpage FROM sqlite_master WHERE name = 'workouts'").fetchone()
    begin = (page - 1) * 4096
    return content[:begin] + b"\xa5" * 4096 + content[begin + 4096 :]


DAMAGES = (_overwritten_header, _garbled_page, _cut_off, _emptied, _a_letter)


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    with Nursery() as nursery:
        yield nursery


@pytest.fixture
def shelf(tmp_path: Path, nursery: Nursery) -> Iterator[Shelf]:
    """One whose workout was told, and whose daemon was stopped."""
    with a_shelf(tmp_path, nursery) as shelf:
        shelf.put("one.fit")
        shelf.live_again()
        yield shelf


@pytest.mark.figures("the database is damaged: header", "{tried} kinds, {commands} commands: 0 changed, sent {sent}")
@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__.strip("_"))
def test_a_damaged_database_is_told_by_every_command_and_left_as_it_is(
    shelf: Shelf, measured: Measured, damage: Callable[[bytes], bytes]
) -> None:
    broken = damage(shelf.database.read_bytes())
    shelf.database.write_bytes(broken)
    for words in COMMANDS:
        code, said = shelf.call(*words)
        assert code == (EXIT_DATABASE if words == ["run"] else 1), (words, said)
        assert f"{shelf.database}: the database is damaged" in said, words
        assert "It was left as it is." in said
        assert "put a backup" in said
        assert "Traceback" not in said
        assert shelf.database.read_bytes() == broken, words
    assert len(shelf.phone.received) == 1
    measured(tried=1, commands=len(COMMANDS), sent=len(shelf.phone.received) - 1)


@pytest.mark.figures("a damaged database is moved", "{workouts} workout: lost 0, told again {again}")
def test_a_database_moved_aside_as_told_is_begun_anew_and_kept(shelf: Shelf, measured: Measured) -> None:
    """The price is the one that is told: the workout of today is told again."""
    broken = _overwritten_header(shelf.database.read_bytes())
    shelf.database.write_bytes(broken)
    _, said = shelf.call("status")
    command = said[said.index("for f in") : said.index("done.") + len("done")]
    shelf.shell(command)
    shelf.live_again()
    assert shelf.database.with_name("hersteld.db.damaged").read_bytes() == broken
    assert shelf.rows("SELECT COUNT(*) FROM workouts") == [(1,)]
    assert len(shelf.phone.received) == 2
    measured(workouts=len(shelf.names), again=shelf.repeated)


def test_damage_that_shows_while_it_runs_ends_it_with_the_sentence(shelf: Shelf) -> None:
    with shelf.start() as life:
        shelf.wait_for_line("ready; messages go to", count=2)
        with closing(sqlite3.connect(shelf.database)) as database:
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            (page,) = database.execute("SELECT rootpage FROM sqlite_master WHERE name = 'workouts'").fetchone()
            # Through SQLite, as closing a descriptor of the file would drop the locks: a page of no known kind.
            database.execute("PRAGMA writable_schema = ON")
            database.execute("UPDATE sqlite_schema SET rootpage = 1 WHERE name = 'workouts'")
            database.execute(f"PRAGMA schema_version = {page + 1000}")
            database.commit()
        shelf.put("two.fit")
        assert life.wait() == EXIT_DATABASE
    said = shelf.log.read_text()
    assert said.count("the database is damaged") == 1
    assert "Traceback" not in said
    assert len(shelf.phone.received) == 1


def _without_shm(database: Path) -> None:
    database.with_name("hersteld.db-shm").unlink()


def _stale_shm(database: Path) -> None:
    shm = database.with_name("hersteld.db-shm")
    shm.write_bytes(b"\xa5" * len(shm.read_bytes()))


def _without_wal(database: Path) -> None:
    database.with_name("hersteld.db-wal").unlink()


def _torn_wal(database: Path) -> None:
    wal = database.with_name("hersteld.db-wal")
    wal.write_bytes(wal.read_bytes()[:-2048])


def _garbled_wal(database: Path) -> None:
    wal = database.with_name("hersteld.db-wal")
    content = wal.read_bytes()
    wal.write_bytes(content[: len(content) // 2] + b"\xa5" * (len(content) - len(content) // 2))


@pytest.mark.figures("after a kill the `-shm`", "{tried} kills: lost 0, repeated {repeated}")
@pytest.mark.parametrize("change", [_without_shm, _stale_shm], ids=lambda change: change.__name__.strip("_"))
def test_the_index_of_the_log_may_be_missing_or_stale_after_a_kill(
    tmp_path: Path, nursery: Nursery, measured: Measured, change: Callable[[Path], None]
) -> None:
    with a_shelf(tmp_path, nursery) as shelf:
        shelf.put("one.fit")
        shelf.live_until(FaultPoint("after", "hersteld.daemon.outbox.queue:Outbox.record_sent"))
        change(shelf.database)
        shelf.live_again()
        shelf.check()
        assert shelf.repeated == 0
        measured(tried=1, repeated=shelf.repeated)


@pytest.mark.figures("after a kill the `-wal`", "{tried} kills: workouts lost 0, messages lost 0")
@pytest.mark.parametrize(
    "change", [_without_wal, _torn_wal, _garbled_wal], ids=lambda change: change.__name__.strip("_")
)
def test_what_is_lost_with_the_log_is_read_and_told_again(
    tmp_path: Path, nursery: Nursery, measured: Measured, change: Callable[[Path], None]
) -> None:
    """A disk that forgets what it said it had written: the database is as it was before, and nothing is lost."""
    with a_shelf(tmp_path, nursery) as shelf:
        shelf.put("one.fit")
        shelf.live_until(FaultPoint("after", "hersteld.daemon.outbox.queue:Outbox.record_sent"))
        change(shelf.database)
        heard = len(shelf.phone.received)
        shelf.live_again()
        assert shelf.rows("PRAGMA integrity_check") == [("ok",)]
        assert shelf.rows("SELECT COUNT(*) FROM workouts") == [(1,)]
        assert shelf.rows("SELECT state FROM outbox WHERE rule = 'first'") == [("sent",)]
        assert heard <= len(shelf.phone.received) <= heard + 1
        measured(tried=1)


def test_a_kill_in_the_middle_of_making_the_database_leaves_none(tmp_path: Path, nursery: Nursery) -> None:
    """An empty or half-made file would be taken for a damaged one at the next start."""
    with a_shelf(tmp_path, nursery) as shelf:
        shelf.live_until(FaultPoint("before", "hersteld.daemon.database.new_file:_put_in_place"))
        assert not shelf.database.exists()
        shelf.put("one.fit")
        shelf.live_again()
        shelf.check()


def test_a_copy_of_a_sound_database_is_taken_for_what_it_is(shelf: Shelf) -> None:
    copy = shutil.copy(shelf.database, shelf.folder / "copy.db")
    shelf.database.unlink()
    shutil.copy(copy, shelf.database)
    code, said = shelf.call("check")
    assert code == 0, said
    assert "sound, with 1 workout" in said
