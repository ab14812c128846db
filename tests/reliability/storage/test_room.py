"""A disk that is full, a database that is locked or not ours: it is told once, and when it is over nothing is lost."""

import os
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.support.faults.fault_points import Nursery
from tests.support.faults.killed import Shelf, a_shelf
from tests.support.machine.process import wait_until
from tests.support.machine.storage import NOBODY, as_root, fill, remount, small_disk
from tests.support.measured.figures import Measured

COMMANDS = (["status"], ["history"], ["explain"], ["check"], ["import", "Workouts"])
READY = "ready; messages go to"
IMPATIENT = {
    "service.main_loop:_FAULT_PAUSE_S": 0.2,
    "delivery.sender:LOOK_EVERY_S": 0.2,
    "delivery.threads:LOOK_EVERY_S": 0.2,
    "database.connection:BUSY_S": 0.2,
    "service.start_retry:_LAST_PAUSE_S": 0.2,
}
"""What the daemon waits for the better, shortened."""


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    with Nursery() as nursery:
        yield nursery


@pytest.fixture
def shelf(tmp_path: Path, nursery: Nursery) -> Iterator[Shelf]:
    with a_shelf(tmp_path, nursery) as shelf:
        yield shelf


@contextmanager
def a_start_that_waits(shelf: Shelf, because: str, *, powerless: bool = False, says_so: bool = False) -> Iterator[None]:
    """Start the service where it cannot begin; when the block has mended that, it does all there is to do.

    Args:
        says_so: Whether commands know of it, as it can have its lock.
    """
    with shelf.start(powerless=powerless, constants=IMPATIENT) as life:
        before = shelf.log.read_text().count(READY) if shelf.log.exists() else 0
        shelf.wait_for_line("the service cannot begin, and tries again: ")
        shelf.see_tries(life, 5)
        said = shelf.log.read_text()
        assert said.count("cannot begin") == 1, said
        assert because in said
        assert said.count(READY) == before
        if says_so:
            _see_that_it_runs(shelf, because)
        yield
        shelf.wait_for_line(READY, count=before + 1)
        shelf.end(life)
    assert "Traceback" not in shelf.log.read_text()


def _see_that_it_runs(shelf: Shelf, because: str) -> None:
    """See in `status` and `check` that the service runs, and why it cannot work."""
    its_own = shelf.nursery
    try:
        with Nursery() as shelf.nursery:
            code, said = shelf.call("status", constants=IMPATIENT)
            assert code == 1, said
            assert "hersteld is running, but cannot do its work: " in said
            assert because in said
            code, said = shelf.call("check", constants=IMPATIENT)
            assert "runs, and cannot do all of its work: " in said
            assert "Start it" not in said
    finally:
        shelf.nursery = its_own


@pytest.mark.figures("the disk is full at the start", "{workouts} workouts: lost 0, repeated {repeated}")
def test_a_start_on_a_full_disk_is_a_sentence_and_leaves_no_half_database(shelf: Shelf, measured: Measured) -> None:
    shelf.put("one.fit")
    with small_disk(shelf.database.parent, 1024):
        filler = fill(shelf.database.parent)
        with a_start_that_waits(shelf, "there is no room left on its disk", says_so=True):
            assert not shelf.database.exists() or shelf.database.stat().st_size > 0
            filler.unlink()
        shelf.check()
    measured(workouts=len(shelf.names), repeated=shelf.repeated)


def test_a_start_that_waits_is_stopped_at_once(shelf: Shelf) -> None:
    with small_disk(shelf.database.parent, 1024):
        fill(shelf.database.parent)
        with shelf.start() as life:
            shelf.wait_for_line("the service cannot begin, and tries again: ")
            life.kill(signal.SIGTERM)
            assert life.wait() == 0
        assert "Traceback" not in shelf.log.read_text()


@pytest.mark.figures("the disk is full at the start", "{workouts} workouts: lost 0, repeated {repeated}")
def test_a_disk_that_fills_up_while_it_runs_is_told_once_and_loses_nothing(shelf: Shelf, measured: Measured) -> None:
    with small_disk(shelf.database.parent, 4096), shelf.start(constants=IMPATIENT) as life:
        shelf.wait_for_line("ready; messages go to")
        filler = fill(shelf.database.parent)
        shelf.put("one.fit")
        shelf.wait_for_line("files cannot be taken in, and it is tried again: ")
        shelf.put("two.fit", "three.fit")  # each is a reason to try again
        shelf.see_tries(life, 5)
        filler.unlink()
        shelf.wait_for_line("files can be taken in again")
        shelf.end(life)
        said = shelf.log.read_text()
        assert said.count("files cannot be taken in") == 1
        assert "there is no room left on its disk" in said
        shelf.check()
        assert shelf.repeated == 0
    measured(workouts=len(shelf.names), repeated=shelf.repeated)


@pytest.mark.figures("the disk fills up while a message", "{workouts} message: lost 0, repeated {repeated}")
def test_a_message_that_left_as_the_disk_filled_up_is_not_sent_again(
    shelf: Shelf, phone_fills: list[Path], measured: Measured
) -> None:
    """Its acceptance cannot be written down until there is room; it is not forgotten meanwhile."""
    folder = shelf.database.parent
    with small_disk(folder, 4096):
        shelf.put("one.fit")
        shelf.phone.on_receipt = lambda: phone_fills.append(fill(folder))
        with shelf.start(constants=IMPATIENT) as life:
            shelf.wait_for_line("phone: nothing can be sent, and it is tried again: ")
            shelf.phone.on_receipt = lambda: None
            shelf.see_tries(life, 5)
            phone_fills[0].unlink()
            shelf.end(life)
        assert shelf.log.read_text().count("nothing can be sent") == 1
        shelf.check()
        assert shelf.repeated == 0
    measured(workouts=len(shelf.names), repeated=shelf.repeated)


@pytest.fixture
def phone_fills() -> list[Path]:
    """Return what was written to fill the disk."""
    return []


@pytest.mark.figures("the disk may only be read", "{states} states, {commands} commands: lost 0")
def test_a_disk_that_may_only_be_read_is_a_sentence_for_every_command(shelf: Shelf, measured: Measured) -> None:
    with small_disk(shelf.database.parent, 4096) as folder:
        shelf.put("one.fit")
        shelf.live_again()
        remount(folder, "ro")
        for words in COMMANDS:
            code, said = shelf.call(*words)
            assert code == 1, (words, said)
            assert "may only be read" in said, (words, said)
            assert "chown" not in said, "to own a disk does not make it one that can be written"
            assert "Traceback" not in said
        shelf.put("two.fit")
        with a_start_that_waits(shelf, "may only be read"):
            remount(folder, "rw")
        shelf.check()
        assert shelf.repeated == 0
    measured(states=1, commands=len(COMMANDS))


@pytest.mark.figures("another program keeps", "{workouts} workouts: lost 0, repeated {repeated}")
def test_a_database_that_another_keeps_locked_is_told_once_and_then_used_again(
    shelf: Shelf, measured: Measured
) -> None:
    with shelf.start(constants=IMPATIENT) as life:
        shelf.wait_for_line("ready; messages go to")
        with closing(sqlite3.connect(shelf.database)) as other:
            other.execute("BEGIN EXCLUSIVE")
            shelf.put("one.fit")
            shelf.wait_for_line("files cannot be taken in, and it is tried again: ")
            shelf.see_tries(life, 5)
            other.rollback()
        shelf.end(life)
        said = shelf.log.read_text()
        assert said.count("files cannot be taken in") == 1
        assert "another program has kept the database locked" in said
        shelf.check()
        assert shelf.repeated == 0
    measured(workouts=len(shelf.names), repeated=shelf.repeated)


@pytest.mark.figures("another program keeps", "{workouts} workouts: lost 0, repeated {repeated}")
def test_a_start_on_a_locked_database_is_a_sentence(shelf: Shelf, measured: Measured) -> None:
    shelf.put("one.fit")
    shelf.live_again()
    with closing(sqlite3.connect(shelf.database)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        for words in COMMANDS:
            code, said = shelf.call(*words, constants=IMPATIENT)
            assert code == 1, (words, said)
            assert "another program has kept the database locked" in said, (words, said)
            assert "Traceback" not in said
        shelf.put("two.fit")
        with a_start_that_waits(shelf, "another program has kept the database locked", says_so=True):
            other.close()
    shelf.check()
    measured(workouts=len(shelf.names), repeated=shelf.repeated)


@pytest.mark.figures("the disk may only be read", "{states} states, {commands} commands: lost 0")
@pytest.mark.parametrize("what", ["the folder", "the database", "a file in place of the folder"])
def test_a_state_of_another_user_is_a_sentence_for_every_command(shelf: Shelf, what: str, measured: Measured) -> None:
    as_root()
    shelf.put("one.fit")
    shelf.live_again()
    state = shelf.database.parent
    if what == "the folder":
        os.chown(state, NOBODY, NOBODY)
    elif what == "the database":
        os.chown(shelf.database, NOBODY, NOBODY)
    else:
        shelf.environment["STATE_DIRECTORY"] = str(shelf.folder / "hersteld.toml")
    for words in COMMANDS:
        code, said = shelf.call(*words, powerless=True)
        assert code == 1, (words, said)
        assert any(part in said for part in ("must be yours", "is no folder")), (words, said)
        assert "Traceback" not in said
        assert "[Errno" not in said, (words, said)
    measured(states=1, commands=len(COMMANDS))
    if what == "a file in place of the folder":
        code, said = shelf.call("run", powerless=True)
        assert (code, "is no folder" in said) == (1, True), said
        return
    with a_start_that_waits(shelf, "must be yours", powerless=True):
        os.chown(shelf.database if what == "the database" else state, 0, 0)
    shelf.check()


@pytest.mark.figures("rights on the state folder", "{workouts} workouts: lost 0, repeated {repeated}")
def test_rights_that_are_taken_and_given_back_while_it_runs_cost_nothing(shelf: Shelf, measured: Measured) -> None:
    """What it has open it keeps; who comes anew is told; and afterwards all is well."""
    as_root()
    state = shelf.database.parent
    with shelf.start(powerless=True, constants=IMPATIENT) as life:
        shelf.wait_for_line("ready; messages go to")
        shelf.put("one.fit")
        wait_until(shelf.is_done, "the first workout told")
        state.chmod(0)
        shelf.put("two.fit")
        with Nursery() as shelf.nursery:  # the other one lives the daemon's life
            code, said = shelf.call("status", powerless=True)
        assert (code, "must be yours" in said) == (1, True), said
        state.chmod(0o700)
        shelf.end(life)
    shelf.check()
    assert shelf.repeated == 0
    measured(workouts=len(shelf.names), repeated=shelf.repeated)
