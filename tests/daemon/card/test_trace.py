"""The heart rate is drawn as it was: its gaps, its zones, its threshold."""

import re
from dataclasses import replace

from hypothesis import given

from hersteld.daemon.card.facts import Trace
from hersteld.daemon.card.trace import drawn_trace
from tests.support.card.drawing import Box, boxes_of, lines_of
from tests.support.card.plans import traces
from tests.support.card.samples import trace_of

BOUNDS_BPM = (110.0, 130.0, 160.0, 180.0)
TOP_PX, BOTTOM_PX = 94, 186
EVEN = Trace((((0.0, 120.0), (600.0, 120.0)),), 600.0, BOUNDS_BPM, 100.0, 190.0, True)


def drawn(trace: Trace) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg">{drawn_trace(trace, TOP_PX, BOTTOM_PX)}</svg>'


def outlines(trace: Trace) -> list[list[tuple[float, float]]]:
    """Return the corners of each stretch."""
    path = re.search(r'<clipPath id="trace"><path d="([^"]*)"', drawn(trace))
    assert path is not None
    stretches = [stretch for stretch in path[1].split("Z") if stretch]
    return [
        [(float(x), float(y)) for x, y in (corner.split() for corner in re.split("[ML]", stretch)[1:])]
        for stretch in stretches
    ]


def zone(name: str) -> Box:
    return next(box for box in boxes_of(drawn(EVEN), name))


def test_a_gap_stays_a_gap() -> None:
    gap = trace_of([(float(at_s), 140.0) for at_s in [*range(0, 600, 10), *range(900, 1200, 10)]])
    before, after = outlines(gap)

    assert before[-1][1] == after[0][1] == BOTTOM_PX
    # From 590 s to 900 s of 1190 s, over 664 px.
    assert 160 < after[0][0] - before[-1][0] < 180


def test_a_workout_without_a_gap_is_one_stretch() -> None:
    assert len(outlines(trace_of([(float(at_s), 140.0) for at_s in range(0, 600, 10)]))) == 1


def test_a_single_sample_is_seen() -> None:
    ((first, *_, last),) = outlines(replace(EVEN, runs=(((300.0, 150.0),),)))
    assert last[0] - first[0] == 2


@given(trace=traces())
def test_the_outline_never_leaves_its_place(trace: Trace) -> None:
    for corners in outlines(trace):
        for x_px, y_px in corners:
            assert 26 <= x_px <= 694
            assert TOP_PX <= y_px <= BOTTOM_PX


def test_each_zone_begins_at_its_bound_and_covers_what_is_below() -> None:
    names = [box.name for box in boxes_of(drawn(EVEN), "z1", "z2", "z3", "z4", "z5")]
    assert names == ["z5", "z4", "z3", "z2", "z1"]
    assert zone("z5").top == TOP_PX
    # 160 of 100 to 190 beats: two thirds of the height.
    assert abs(zone("z3").top - (BOTTOM_PX - 92 * 2 / 3)) < 0.1
    assert {zone(name).bottom for name in names} == {BOTTOM_PX}


def test_a_zone_below_the_floor_is_not_drawn() -> None:
    low = replace(EVEN, floor_bpm=135.0)
    assert boxes_of(drawn(low), "z1", "z2") == []


def test_the_threshold_is_a_line_at_its_height_where_it_is_wanted() -> None:
    (path,) = lines_of(drawn(EVEN), "l")
    assert path == f"M28 {zone('z3').top:g}h664"
    assert lines_of(drawn(replace(EVEN, shows_threshold=False)), "l") == []
    assert lines_of(drawn(replace(EVEN, floor_bpm=165.0)), "l") == []
    assert lines_of(drawn(replace(EVEN, ceiling_bpm=155.0)), "l") == []
