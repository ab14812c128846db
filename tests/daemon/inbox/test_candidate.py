"""Small files go first, and what may take long comes last."""

from hersteld.daemon.database.file_numbers import Signature
from hersteld.daemon.inbox.candidate import Candidate, turn

MIB = 2**20


def candidate(name: str, size: int, *, written_ns: int = 0, is_doubtful: bool = False) -> Candidate:
    return Candidate(name, Signature(size, written_ns, 0, 0), is_doubtful)


def test_files_come_in_the_order_of_writing_and_large_ones_after_all_others_by_size() -> None:
    late, early = candidate("late", 1, written_ns=9), candidate("early", 8 * MIB, written_ns=5)
    huge, large = candidate("huge", 200 * MIB), candidate("large", 8 * MIB + 1, written_ns=99)
    doubtful = candidate("doubtful", 1, is_doubtful=True)
    assert sorted([doubtful, huge, late, large, early], key=turn) == [early, late, large, huge, doubtful]
    assert [one.may_take_long for one in (early, large, doubtful)] == [False, True, True]
