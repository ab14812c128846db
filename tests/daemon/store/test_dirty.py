"""From one place on everything is assessed anew: the earliest that was marked, for a cause that is told."""

from datetime import timedelta
from pathlib import Path

import pytest

from hersteld.daemon.database.connection import Store
from hersteld.daemon.store.dirty import Cause, Dirty, DirtyRow, Place
from tests.support.pipeline import NOON

EARLY, LATE = Place(NOON - timedelta(days=9), 7), Place(NOON, 3)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "a.db"


def marked(database: Path, *marks: tuple[Place, Cause]) -> Dirty:
    """Return what is to be assessed anew after these marks, each in a transaction of its own."""
    with Store(database) as store:
        row = DirtyRow(store)
        for since, cause in marks:
            with store.write():
                row.mark(since, cause)
        return row.read()


def test_at_first_nothing_is_to_be_assessed(database: Path) -> None:
    assert marked(database) == Dirty()


@pytest.mark.parametrize("places", [(EARLY, LATE), (LATE, EARLY), (LATE, EARLY, LATE)])
def test_the_earliest_place_wins_whatever_the_order(database: Path, places: tuple[Place, ...]) -> None:
    assert marked(database, *((place, Cause.WORKOUT) for place in places)).since == EARLY


def test_of_two_that_started_at_the_same_moment_the_one_stored_first_comes_first(database: Path) -> None:
    places = (Place(NOON, 4), Place(NOON, 3), Place(NOON, 5))
    assert marked(database, *((place, Cause.WORKOUT) for place in places)).since == Place(NOON, 3)


@pytest.mark.parametrize(
    ("causes", "cause"),
    [
        ((Cause.WORKOUT,), Cause.WORKOUT),
        ((Cause.WORKOUT, Cause.WORKOUT), Cause.WORKOUT),
        ((Cause.WORKOUT, Cause.SETTINGS), Cause.SEVERAL),
        ((Cause.WORKOUT, Cause.SETTINGS, Cause.SETTINGS), Cause.SEVERAL),
    ],
)
def test_two_different_causes_are_several(database: Path, causes: tuple[Cause, ...], cause: Cause) -> None:
    assert marked(database, *((LATE, each) for each in causes)).cause == cause


def test_a_run_lasts_until_nothing_is_left_and_the_next_has_another_number(database: Path) -> None:
    assert marked(database, (LATE, Cause.WORKOUT), (EARLY, Cause.HISTORY)).run == 1
    with Store(database) as store, store.write():
        row = DirtyRow(store)
        row.write(Dirty(since=None, cause=Cause.SEVERAL, run=1))
    assert marked(database, (LATE, Cause.WORKOUT)).run == 1, "whoever is to be corrected was not yet"
    with Store(database) as store, store.write():
        DirtyRow(store).write(Dirty(run=1))
    assert marked(database, (LATE, Cause.WORKOUT)).run == 2


def test_every_field_comes_out_as_it_went_in(database: Path) -> None:
    dirty = Dirty(EARLY, LATE, Cause.RECORDING, 4, "settings", "wording")
    with Store(database) as store, store.write():
        DirtyRow(store).write(dirty)
    assert marked(database) == dirty


def test_what_a_crash_leaves_is_what_was_committed(database: Path) -> None:
    before = marked(database, (LATE, Cause.WORKOUT))

    def crash(store: Store) -> None:
        with store.write():
            DirtyRow(store).mark(EARLY, Cause.SETTINGS)
            raise KeyboardInterrupt

    with Store(database) as store, pytest.raises(KeyboardInterrupt):
        crash(store)
    assert marked(database) == before
