"""What scales wrote is kept once, and counts only while it is the athlete's."""

from datetime import timedelta
from pathlib import Path
from statistics import median

import pytest

from hersteld.daemon.database.connection import Store
from hersteld.daemon.store.answers.of_workout import weighed_mass_kg
from hersteld.daemon.store.answers.rows import Kind, Source, add_answer
from hersteld.daemon.store.answers.scales import known_besides, oldest_of, scale_users, set_counts, store_measured
from hersteld.recovery.nights.record import Weighing
from tests.support.pipeline import NOON

DAY = timedelta(days=1)


def test_a_mass_is_kept_once_and_counts_while_it_is_the_athletes(tmp_path: Path) -> None:
    with Store(tmp_path / "hersteld.db") as store:
        one, other = Weighing(NOON, 72.4, "1/2/3", 1), Weighing(NOON - DAY, 58.0, "1/2/3")
        assert store_measured(store, [one, other, one], now=NOON) == (one, other)
        assert store_measured(store, [one], now=NOON) == ()
        assert [(stored.user.number, stored.counts) for stored in scale_users(store)] == [(None, False), (1, False)]
        assert weighed_mass_kg(store, NOON) is None
        set_counts(store, scale_users(store)[1].user, counts=True, now=NOON)
        assert weighed_mass_kg(store, NOON) == 72.4
        assert [stored.counts for stored in scale_users(store)] == [False, True]


def test_what_comes_of_a_user_counts_as_what_was_there_of_that_user(tmp_path: Path) -> None:
    with Store(tmp_path / "hersteld.db") as store:
        store_measured(store, [Weighing(NOON, 72.4, "1/2/3", 1), Weighing(NOON, 58.0, "1/2/3", 2)], now=NOON)
        set_counts(store, scale_users(store)[0].user, counts=True, now=NOON)
        later = NOON + DAY
        store_measured(store, [Weighing(later, 72.6, "1/2/3", 1)], now=NOON)
        store_measured(store, [Weighing(later + DAY, 58.6, "1/2/3", 2)], now=NOON)
        assert weighed_mass_kg(store, later + DAY) == 72.6


@pytest.mark.parametrize("masses", [(71.0,), (71.0, 72.0), (72.0, 70.5, 71.0), (69.0, 73.0, 70.0, 72.0)])
def test_of_each_user_the_least_the_most_and_the_median_are_known(masses: tuple[float, ...], tmp_path: Path) -> None:
    with Store(tmp_path / "hersteld.db") as store:
        for device in ("1/2/3", "1/2/4"):
            for number in (None, 0, 7):
                found = [Weighing(NOON - index * DAY, kg, device, number) for index, kg in enumerate(masses)]
                store_measured(store, found, now=NOON)
        users = [stored.user for stored in scale_users(store)]
        assert [(one.device, one.number) for one in users] == [
            (device, number) for device in ("1/2/3", "1/2/4") for number in (None, 0, 7)
        ]
        assert {(one.lightest_kg, one.heaviest_kg) for one in users} == {(min(masses), max(masses))}
        assert {one.usual_kg() for one in users} == {median(masses)}
        assert {oldest_of(store, one) for one in users} == {NOON - (len(masses) - 1) * DAY}


def test_what_is_known_besides_the_scales_is_what_the_athlete_said(tmp_path: Path) -> None:
    with Store(tmp_path / "hersteld.db") as store:
        store_measured(store, [Weighing(NOON, 58.0, "1/2/3")], now=NOON)
        assert known_besides(store) is None
        values = {"before_kg": 72.0}
        add_answer(store, Kind.WEIGHTS, values, source=Source.COMMAND, workout_id=None, at=NOON, now=NOON)
        assert known_besides(store) == 72.0


def test_no_statement_reads_all_that_was_measured(tmp_path: Path) -> None:
    """A scale goes on for years; each file of it may cost no more than the first."""
    with Store(tmp_path / "hersteld.db") as store:
        asked: list[str] = []
        store.db.conn.set_trace_callback(asked.append)
        own = Weighing(NOON, 72.4, "1/2/3", 1)
        store_measured(store, [own], now=NOON)
        known_besides(store)
        for stored in scale_users(store):
            stored.user.usual_kg()
        weighed_mass_kg(store, NOON)
        store.db.conn.set_trace_callback(None)
        reads = [sql for sql in asked if sql.startswith("SELECT")]
        steps = [str(row[3]) for sql in reads for row in store.db.conn.execute(f"EXPLAIN QUERY PLAN {sql}")]
    assert len(reads) >= 8
    by_what = [step.partition(" USING INDEX ")[2] for step in steps]
    # By one value a statement reads all weights; by more, or in the order of an index, only the one it needs.
    assert set(by_what) <= {
        "answers_of_scales (<expr>=? AND <expr>=? AND <expr>=? AND at=?)",
        "answers_of_scales (<expr>=? AND <expr>=?)",
        "answers_of_scales (<expr>=? AND <expr>>?)",
        "answers_of_scales (<expr>>?)",
        "answers_that_hold (kind=? AND at<?)",
        "answers_of_own_mass",
        "workouts_with_mass",
    }, steps
