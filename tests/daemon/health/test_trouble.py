"""What an error of the machine is called outside of it says nothing of files."""

import errno
import sqlite3
from pathlib import Path

import pytest

from hersteld.daemon.health.trouble import TROUBLES, trouble_of, trouble_of_unseen
from tests.support.sentences import sentence

DATABASE = Path("/home/anna/state/hersteld.db")


@pytest.mark.parametrize(
    ("error", "id_", "said"),
    [
        (sqlite3.OperationalError("database is locked"), "database_unusable", "/home/anna/state/hersteld.db"),
        (MemoryError(), "no_memory", "there is not enough memory"),
        (OSError(errno.ENOMEM, "x"), "no_memory", "there is not enough memory"),
        (OSError(errno.EIO, "x", "/home/anna/Workouts"), "look_failed", "input/output error"),
    ],
)
def test_each_error_has_a_kind_that_may_be_told_and_words_that_stay_here(error: Exception, id_: str, said: str) -> None:
    trouble = trouble_of(error, DATABASE)
    assert trouble.id == id_
    assert said in sentence(trouble.line)
    assert all(one.replace("_", "").isalpha() for one in TROUBLES)


@pytest.mark.parametrize(
    ("number", "watched", "below"),
    [
        (errno.ENOENT, "folder_missing", "reading_fails"),
        (errno.EIO, "folder_missing", "reading_fails"),
        (errno.ENOMEM, "no_memory", "no_memory"),
        (errno.EMFILE, "look_failed", "look_failed"),
    ],
)
def test_a_folder_that_cannot_be_looked_into_is_not_always_to_blame(number: int, watched: str, below: str) -> None:
    error = OSError(number, "x")
    assert trouble_of_unseen("/a", error, is_watched=True).id == watched
    assert trouble_of_unseen("/a/b", error, is_watched=False).id == below
    assert "/a cannot be looked into: " in sentence(trouble_of_unseen("/a", error, is_watched=True).line)
