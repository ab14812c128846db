"""What is made on purpose to cost much costs no more than its bytes do."""

import tracemalloc

import pytest

from hersteld.parsers.columns import bulk
from hersteld.parsers.fit import read_fit
from hersteld.parsers.format.envelope import MOST_FILES
from hersteld.parsers.format.layout import parse_definition
from tests.support.fit.build import activity, fit
from tests.support.fit.hostile import PATTERNS, Pattern, made
from tests.support.fit.promise import attempt

SMALL, LARGE = 60_000, 240_000
BYTES_PER_BYTE, BYTES = 250, 2_000_000


def peak_bytes(raw: bytes) -> int:
    parse_definition.cache_clear()
    tracemalloc.start()
    try:
        assert attempt(raw, salvage=True) in {"workout", "salvaged workout"}
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.figures("bytes made to cost as much as they can", "{tried} patterns")
@pytest.mark.parametrize("pattern", PATTERNS, ids=[one.__name__ for one in PATTERNS])
def test_memory_grows_no_faster_than_the_bytes(pattern: Pattern) -> None:
    small, large = peak_bytes(made(pattern, SMALL)), peak_bytes(made(pattern, LARGE))
    assert large <= BYTES + BYTES_PER_BYTE * LARGE
    assert large <= 5 * small


def test_what_comes_after_more_messages_than_a_month_has_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "MOST_MESSAGES", 500)
    for raw in (activity([120] * 600), activity([120] * 300) + activity([121] * 300)):
        workout = read_fit(raw)
        assert workout.salvaged
        assert 490 < workout.records < 500


def test_of_a_chain_without_end_the_beginning_is_read() -> None:
    workout = read_fit(activity() + fit(b"") * MOST_FILES)
    assert workout.records == 101
    assert workout.salvaged
