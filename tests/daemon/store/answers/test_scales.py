"""What scales wrote is kept once, and counts only while it is the athlete's."""

from datetime import timedelta
from pathlib import Path

from hersteld.daemon.database.connection import Store
from hersteld.daemon.store.answers.of_workout import weighed_mass_kg
from hersteld.daemon.store.answers.rows import Kind, Source, add_answer
from hersteld.daemon.store.answers.scales import known_besides, measured, set_counts, store_measured
from hersteld.recovery.nights.record import Weighing
from tests.support.pipeline import NOON


def test_a_mass_is_kept_once_and_counts_while_it_is_the_athletes(tmp_path: Path) -> None:
    with Store(tmp_path / "hersteld.db") as store:
        one, other = Weighing(NOON, 72.4, "1/2/3", 1), Weighing(NOON - timedelta(days=1), 58.0, "1/2/3")
        store_measured(store, [one, other, one], now=NOON)
        store_measured(store, [one], now=NOON)
        assert [(weighing, counts) for _, weighing, counts in measured(store)] == [(other, True), (one, True)]
        for row_id, *_ in measured(store):
            set_counts(store, row_id, counts=False, now=NOON)
        assert weighed_mass_kg(store, NOON) is None
        set_counts(store, measured(store)[1][0], counts=True, now=NOON)
        assert weighed_mass_kg(store, NOON) == 72.4


def test_what_is_known_besides_the_scales_is_what_the_athlete_said(tmp_path: Path) -> None:
    with Store(tmp_path / "hersteld.db") as store:
        store_measured(store, [Weighing(NOON, 58.0, "1/2/3")], now=NOON)
        assert known_besides(store) is None
        values = {"before_kg": 72.0}
        add_answer(store, Kind.WEIGHTS, values, source=Source.COMMAND, workout_id=None, at=NOON, now=NOON)
        assert known_besides(store) == 72.0
