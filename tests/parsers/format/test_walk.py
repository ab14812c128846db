"""The walk finds every message, whatever stands in them."""

from hypothesis import given
from hypothesis import strategies as st

from hersteld.parsers.format.envelope import Segment
from hersteld.parsers.format.profile import fields
from hersteld.parsers.format.walk import walk
from tests.support.fit.build import UINT8, definition

ROUNDS = st.lists(
    st.tuples(
        st.lists(st.integers(0, 3), min_size=1, max_size=6), st.sampled_from([1, 2, 15, 31, 32, 33, 64, 65, 300])
    ),
    max_size=5,
)
"""Messages of these local numbers by turns, and how often."""


@given(ROUNDS, st.lists(st.integers(0, 6), min_size=4, max_size=4), st.integers(0, 9))
def test_the_walk_finds_every_message_of_every_run_and_round(
    rounds: list[tuple[list[int], int]], sizes: list[int], missing: int
) -> None:
    """Whatever is in the messages: here, all that begins a message."""
    raw = b"".join(definition(local, 20 + local, ((0, size, UINT8),)) for local, size in enumerate(sizes))
    defined = len(raw)
    passed: list[tuple[int, int, int]] = []
    for locals_, count in rounds:
        for local in locals_ * count:
            told = bytes([local]) + bytes((len(raw) + place) % 4 for place in range(sizes[local]))
            passed.append((local, len(raw), len(raw + told)))
            raw += told
    end = max(defined, len(raw) - missing)
    walked = walk(raw, Segment(0, end))
    torn = [begin for _, begin, after in passed if begin < end < after]
    assert walked.stopped_at == (torn[0] if torn else None)
    expected = {
        20 + kind: places
        for kind in range(4)
        if (places := [begin + 1 for local, begin, after in passed if local == kind and after <= end])
    }
    assert walked.offsets.tolist() == sorted(place for places in expected.values() for place in places)
    assert {layout.number: walked.offsets[at].tolist() for layout, at in walked.by_layout(lambda _: True)} == expected


@given(st.lists(st.tuples(st.integers(0, 255), st.integers(0, 9)), max_size=120), st.integers(0, 9))
def test_the_walk_goes_where_one_step_at_a_time_leads(order: list[tuple[int, int]], missing: int) -> None:
    """Local numbers defined again and again, compressed times, header bits that mean nothing, the end cut off."""
    raw = b""
    passed: list[tuple[int, int, bool]] = []
    sizes: dict[int, int] = {}
    meant: dict[tuple[int, int], list[int]] = {}
    for header, size in order:
        local = header >> 5 & 3 if header >= 0x80 else header & 15
        is_definition = 0x40 <= header < 0x80
        if is_definition:
            sizes[local] = size
        if local in sizes:
            data = (
                definition(local, fields.RECORD, ((fields.RECORD_POWER, size, 2),))
                if is_definition
                else bytes([header]) + bytes(sizes[local])
            )
            if not is_definition:
                meant.setdefault((local, sizes[local]), []).append(len(raw) + 1)
            passed.append((len(raw), len(raw + data), not is_definition))
            raw += data
    end = max(0, len(raw) - missing)
    walked = walk(raw, Segment(0, end))
    assert walked.offsets.tolist() == [start + 1 for start, after, is_data in passed if is_data and after <= end]
    torn = [start for start, after, _ in passed if start < end < after]
    assert walked.stopped_at == (torn[0] if torn else None)
    whole = set(walked.offsets.tolist())
    expected = {kind: [at for at in places if at in whole] for kind, places in meant.items()}
    found = {
        (layout.local, layout.size): walked.offsets[at].tolist() for layout, at in walked.by_layout(lambda _: True)
    }
    assert found == {kind: places for kind, places in expected.items() if places}
