"""Files on disk whose content is known are remembered until they are gone."""

from pathlib import Path

from hersteld.daemon.database.connection import Store
from hersteld.daemon.database.file_numbers import Signature
from hersteld.daemon.store.sightings import forget_sightings, read_sightings, remember_sightings

SMALL, LARGE = Signature(1, 2, 3, 4), Signature(2**63 - 1, -(2**63), 0, 2**63 - 1)


def test_what_was_seen_is_known_to_the_next_start(tmp_path: Path) -> None:
    with Store(tmp_path / "a.db") as store:
        assert read_sightings(store) == {}
        remember_sightings(store, [("a.fit", SMALL), ("b.fit", LARGE)])
    with Store(tmp_path / "a.db") as store:
        assert read_sightings(store) == {"a.fit": SMALL, "b.fit": LARGE}


def test_a_file_that_changed_is_known_as_it_is_now(tmp_path: Path) -> None:
    with Store(tmp_path / "a.db") as store:
        remember_sightings(store, [("a.fit", SMALL)])
        remember_sightings(store, [("a.fit", LARGE)])
        assert read_sightings(store) == {"a.fit": LARGE}


def test_what_is_gone_is_forgotten_and_nothing_else(tmp_path: Path) -> None:
    with Store(tmp_path / "a.db") as store:
        remember_sightings(store, [("a.fit", SMALL), ("b.fit", LARGE)])
        forget_sightings(store, ["a.fit", "never seen.fit"])
        assert read_sightings(store) == {"b.fit": LARGE}
