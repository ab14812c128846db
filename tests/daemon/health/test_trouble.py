"""What an error of the machine is called outside of it says nothing of files."""

import errno
import sqlite3
from pathlib import Path

import pytest

from hersteld.daemon.health.trouble import TROUBLES, trouble_of
from tests.support.sentences import sentence

DATABASE = Path("/home/anna/state/hersteld.db")


@pytest.mark.parametrize(
    ("error", "id_", "said"),
    [
        (sqlite3.OperationalError("database is locked"), "database_unusable", "/home/anna/state/hersteld.db"),
        (MemoryError(), "no_memory", "there is not enough memory"),
        (OSError(errno.EIO, "x", "/home/anna/Workouts"), "look_failed", "input/output error"),
    ],
)
def test_each_error_has_a_kind_that_may_be_told_and_words_that_stay_here(error: Exception, id_: str, said: str) -> None:
    trouble = trouble_of(error, DATABASE)
    assert trouble.id == id_
    assert said in sentence(trouble.line)
    assert all(one.replace("_", "").isalpha() for one in TROUBLES)
