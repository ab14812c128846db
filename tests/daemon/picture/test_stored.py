"""The picture beside a message that leaves: of first messages alone, as of the moment in which it leaves."""

from datetime import timedelta
from pathlib import Path

import pytest

from hersteld.daemon.database.connection import Store
from hersteld.daemon.outbox.queue import Outbox
from hersteld.daemon.outbox.rows import OutboxRow
from hersteld.daemon.picture.stored import Pictures
from hersteld.daemon.store.answers.questions import ask_in
from hersteld.daemon.system.clock import ManualClock
from hersteld.daemon.system.paths import database_path
from hersteld.recovery.messages.draft import MessageKind
from tests.support.command_line import AMSTERDAM, environment_in, settings_in, take_in
from tests.support.pipeline import NOON, a_file


def rows(store: Store) -> dict[MessageKind, OutboxRow]:
    return {row.kind: row for row in Outbox(store).rows()}


def pictures(store: Store, home: Path, *, after: timedelta = timedelta()) -> Pictures:
    return Pictures(store, settings_in(home, athlete__experience="trained"), ManualClock(NOON + after, zone=AMSTERDAM))


def test_the_first_message_has_one_and_the_others_have_none(tmp_path: Path) -> None:
    take_in(tmp_path, [("ride.fit", a_file(sport="cycling", minutes=120, bpm=176))], now=NOON)
    with Store(database_path(environment_in(tmp_path))) as store:
        of = pictures(store, tmp_path).of
        found = {kind: of(row) for kind, row in rows(store).items()}
    first = found.pop(MessageKind.FIRST)
    assert first is not None
    assert first.title == "Very hard ride, 2 h"
    assert first.trace is not None
    assert first.staircase is not None
    assert found
    assert set(found.values()) == {None}


def test_it_asks_only_where_the_message_asks(tmp_path: Path) -> None:
    take_in(tmp_path, [("a.fit", a_file(sport="training", sub_sport="strength_training", bpm=None))], now=NOON)
    with Store(database_path(environment_in(tmp_path))) as store:
        row = rows(store)[MessageKind.FIRST]
        of = pictures(store, tmp_path).of
        before = of(row)
        assert row.workout_id is not None
        with store.write():
            ask_in(store, row.workout_id, row.rule, NOON)
        after = of(row)
    assert before is not None
    assert after is not None
    assert len(before.sentences) == 1
    assert after.sentences[1] == "How hard was it, 1 to 10?"


def test_a_workout_that_is_damaged_has_none(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    take_in(tmp_path, [("a.fit", a_file(minutes=60, bpm=170))], now=NOON)
    with Store(database_path(environment_in(tmp_path))) as store:
        with store.write():
            store.change("UPDATE workouts SET samples = x'00'")
        assert pictures(store, tmp_path).of(rows(store)[MessageKind.FIRST]) is None
    assert "1" in caplog.text
