"""What the service had in hand when it ended is known to the next start, and one thing at most."""

from pathlib import Path

from hersteld.daemon.database.connection import Store
from hersteld.daemon.database.file_numbers import Signature
from hersteld.daemon.inbox.in_hand import InHand, put_down, read_in_hand, write_in_hand


def test_it_is_there_for_the_next_start_and_one_at_a_time(tmp_path: Path) -> None:
    with Store(tmp_path / "hersteld.db") as store:
        assert read_in_hand(store) == ()
        write_in_hand(store, "/in/a.fit", Signature(7, 2**63 - 1, 99, 99))
        write_in_hand(store, "/in/b.fit", Signature(8, 5, 99, 99))
    with Store(tmp_path / "hersteld.db") as store:
        assert read_in_hand(store) == (InHand("/in/b.fit", 8, 5),)
        put_down(store)
        assert read_in_hand(store) == ()
