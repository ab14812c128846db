"""Answers come back as they were given, the last one last, without those that were taken back."""

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from hersteld.daemon.database.connection import Store
from hersteld.daemon.store.answers.rows import (
    Kind,
    Source,
    add_answer,
    answers_between,
    last_answer,
    take_back,
    take_back_values,
)
from tests.support.pipeline import NOON

HOUR = timedelta(hours=1)


def add(store: Store, tqr: int, *, hours: int = 0) -> int:
    return add_answer(
        store, Kind.TQR, {"tqr": tqr}, source=Source.NTFY, workout_id=None, at=NOON + hours * HOUR, now=NOON
    )


def test_answers_come_back_as_they_were_given(tmp_path: Path) -> None:
    with Store(tmp_path / "a.db") as store:
        ids = [add(store, 14), add(store, 9, hours=1), add(store, 12, hours=5)]
    with Store(tmp_path / "a.db") as store:
        found = answers_between(store, Kind.TQR, NOON, NOON + HOUR)
        assert [(one.id, one.values, one.source, one.given_at) for one in found] == [
            (ids[0], {"tqr": 14}, Source.NTFY, NOON),
            (ids[1], {"tqr": 9}, Source.NTFY, NOON),
        ]
        assert answers_between(store, Kind.RPE, NOON, NOON + HOUR) == ()


def test_what_is_taken_back_holds_no_more_and_stays_on_record(tmp_path: Path) -> None:
    with Store(tmp_path / "a.db") as store:
        first, second = add(store, 14), add(store, 9)
        take_back(store, second, now=NOON + HOUR)
        last = last_answer(store, Kind.TQR)
        assert last is not None
        assert last.id == first
        take_back(store, first, now=NOON + HOUR)
        assert last_answer(store, Kind.TQR) is None
        assert store.db.execute("SELECT COUNT(*) FROM answers").fetchone() == (2,)


def test_what_is_taken_back_of_an_answer_leaves_the_rest_of_it(tmp_path: Path) -> None:
    with Store(tmp_path / "a.db") as store:
        values = {"before_kg": 72.4, "drunk_ml": 500.0}
        given = add_answer(store, Kind.WEIGHTS, values, source=Source.COMMAND, workout_id=None, at=NOON, now=NOON)
        take_back_values(store, given, {"drunk_ml"})
        last = last_answer(store, Kind.WEIGHTS)
        assert last is not None
        assert last.values == {"before_kg": 72.4}


def test_no_other_kind_of_answer_and_no_other_source_is_kept(tmp_path: Path) -> None:
    with Store(tmp_path / "a.db") as store:
        for kind, source in (("mood", "command"), ("tqr", "letter")):
            with pytest.raises(sqlite3.IntegrityError):
                store.insert(
                    "answers",
                    {"kind": kind, "at": "", "value_json": "{}", "source": source, "given_at": ""},
                )
