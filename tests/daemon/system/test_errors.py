"""An error says what is wrong in the language of who reads it, whichever process met it."""

import errno
import pickle
import sqlite3
import threading

import pytest

from hersteld.config.texts.catalogue import TextError
from hersteld.config.texts.speech import said
from hersteld.daemon.database.faults import StoreUnusable
from hersteld.daemon.system.errors import DaemonError, NoThread, is_of_the_machine, reason_of, start
from hersteld.parsers.line import Line
from tests.support.languages import speaking


def test_an_error_is_said_when_it_is_read_not_when_it_is_raised() -> None:
    error = StoreUnusable("database.none", path="/x/hersteld.db")
    assert str(error) == "/x/hersteld.db: no database here yet. `hersteld run` makes it."
    with speaking("nl"):
        assert str(error) == "/x/hersteld.db: hier is nog geen database. `hersteld run` maakt hem."


def test_an_error_of_another_process_comes_over_with_its_values() -> None:
    error = pickle.loads(pickle.dumps(StoreUnusable("database.none", path="/x")))
    assert type(error) is StoreUnusable
    assert error.line == Line("database.none", {"path": "/x"})


def test_a_text_that_is_not_there_does_not_pass_for_a_sentence() -> None:
    with pytest.raises(TextError, match=r"database\.nothing"):
        str(DaemonError("database.nothing"))


@pytest.mark.parametrize(
    ("error", "english", "dutch"),
    [
        (PermissionError(errno.EACCES, "Permission denied"), "permission denied", "geen toegang"),
        (OSError(errno.ENOSPC, "No space left on device"), "the disk is full", "de schijf is vol"),
        (OSError(errno.ENOTTY, "Inappropriate ioctl for device"), "ENOTTY", "ENOTTY"),
        (OSError("no number at all"), "no number at all", "no number at all"),
        (sqlite3.OperationalError("no such table: x_y"), "no such table: x_y", "no such table: x_y"),
    ],
)
def test_the_system_is_translated_and_a_library_is_quoted(error: Exception, english: str, dutch: str) -> None:
    assert said(reason_of(error)) == english
    with speaking("nl"):
        assert said(reason_of(error)) == dutch


@pytest.mark.parametrize(
    ("error", "is_tried_again"),
    [
        (sqlite3.OperationalError("database or disk is full"), True),
        (sqlite3.DatabaseError("database disk image is malformed"), True),
        (OSError(errno.ENOSPC, "No space left on device"), True),
        (MemoryError(), True),
        (sqlite3.IntegrityError("UNIQUE constraint failed"), False),
        (sqlite3.DataError("string or blob too big"), False),
        (sqlite3.InterfaceError("Error binding parameter 1"), False),
        (sqlite3.ProgrammingError("type 'complex' is not supported"), False),
        (OverflowError("Python int too large to convert to SQLite INTEGER"), False),
    ],
)
def test_what_would_fail_again_for_ever_belongs_to_the_file_at_hand(error: Exception, *, is_tried_again: bool) -> None:
    assert is_of_the_machine(error) is is_tried_again


def test_where_no_thread_is_left_that_is_said() -> None:
    class Refused(threading.Thread):
        def start(self) -> None:
            raise RuntimeError("can't start new thread")

    with pytest.raises(NoThread, match="this machine gives hersteld no further thread"):
        start(Refused())
