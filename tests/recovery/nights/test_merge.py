"""Several files of one night and device make one night; of two devices the longer record counts."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hersteld.recovery.nights.merge import ONE_SLEEP, main_sleep, merge, merge_each, whole_variability
from hersteld.recovery.nights.night import Night
from hersteld.recovery.nights.record import NightRecord, Resting, Sleep, Variability, Verdict

DAY = date(2026, 5, 6)
BED = datetime(2026, 5, 5, 21, tzinfo=UTC)
ARRIVED = datetime(2026, 5, 6, 6, tzinfo=UTC)


def h(hours: float) -> datetime:
    """Return a moment, in hours after going to bed."""
    return BED + timedelta(hours=hours)


def record(device: str = "watch", *, arrived_h: float = 9, **told: object) -> NightRecord:
    return NightRecord(DAY, device, h(8), h(arrived_h), **told)  # type: ignore[arg-type]


def sleep(begin: float, end: float, asleep_h: float | None = None) -> Sleep:
    return Sleep(h(begin), h(end), (end - begin if asleep_h is None else asleep_h) * 3600)


def variability(rmssd: float, begin: float, end: float, *, of_beats: bool = False) -> Variability:
    return Variability(rmssd, h(begin), h(end), (end - begin) * 60, round((end - begin) * 3600) * of_beats)


def test_the_files_of_one_device_complete_each_other() -> None:
    records = [
        record(sleep=sleep(0, 8, 7.5), score=81.0, arrived_h=9),
        record(variability=variability(52.0, 0, 7.5), verdict=Verdict("balanced", h(8)), arrived_h=8.5),
        record(resting=Resting(47.0, h(10)), arrived_h=11),
    ]
    expected = Night(DAY, h(8), h(8.5), 47.0, 52.0, "balanced", 27000.0, 81.0, "watch")
    for some in permutations(records):
        assert merge(some) == (expected,)


def test_of_two_devices_the_longer_record_counts_alone() -> None:
    watch = [record(sleep=sleep(0, 8, 7.5), score=81.0), record(resting=Resting(47.0, h(8)))]
    ring = [
        record("ring", sleep=sleep(0.5, 7.9), score=70.0),
        record("ring", variability=variability(60, 0.5, 7.9)),
        record("ring", resting=Resting(52.0, h(12))),
    ]
    (night,) = merge([*ring, *watch])
    assert night == Night(DAY, h(8), h(9), 47.0, None, None, 27000.0, 81.0, "watch")
    (night,) = merge([*ring, record("ring", sleep=sleep(-1, 8)), *watch])
    assert (night.sleep_s, night.resting_hr_bpm, night.rmssd_ms) == (9 * 3600, 52.0, 60)


def test_of_two_devices_without_sleep_the_one_with_more_variability_counts() -> None:
    (night,) = merge(
        [
            record("a", variability=variability(50, 0, 2)),
            record("b", variability=variability(61, 0, 7)),
            record("c", resting=Resting(48.0, h(8))),
        ]
    )
    assert night.rmssd_ms == 61
    assert night.woke_at == h(7)


def test_a_fuller_version_of_the_same_night_takes_the_place_of_the_first() -> None:
    half = record(sleep=sleep(0, 4), variability=variability(40, 0, 4), score=30.0, arrived_h=4.5)
    whole = record(sleep=sleep(0, 8), variability=variability(50, 0, 8), score=80.0, arrived_h=9)
    for some in ([half, whole], [whole, half]):
        (night,) = merge(some)
        assert (night.sleep_s, night.rmssd_ms, night.sleep_score) == (8 * 3600, 50, 80.0)
        assert (night.woke_at, night.arrived_at) == (h(8), h(4.5))


def test_the_halves_of_a_night_that_was_synchronised_in_between_are_one() -> None:
    first = record(sleep=sleep(0, 3), variability=variability(40, 0, 3))
    second = record(sleep=sleep(3.5, 8), variability=variability(60, 3.5, 8))
    (night,) = merge([second, first])
    assert night.sleep_s == 7.5 * 3600
    assert night.rmssd_ms == pytest.approx((3 * 40 + 4.5 * 60) / 7.5)
    assert night.woke_at == h(8)


@pytest.mark.parametrize("of_beats", [False, True])
def test_halves_that_touch_are_both_counted_and_the_same_part_twice_once(of_beats: bool) -> None:
    """A watch that is synchronised at night goes on with the next five minutes."""
    first, second = (variability(rmssd, begin, begin + 4, of_beats=of_beats) for rmssd, begin in ((40, 0), (60, 4)))
    (night,) = merge([record(variability=first), record(variability=second), record(variability=first)])
    assert night.rmssd_ms == pytest.approx(((40**2 + 60**2) / 2) ** 0.5 if of_beats else 50)
    moment = Variability(30, h(1), h(1), 1.0, 1)
    assert whole_variability([moment, moment]) == moment


def test_a_nap_is_not_added_to_the_night_and_its_score_is_not_that_of_the_night() -> None:
    night_file = record(sleep=sleep(0, 7), score=75.0)
    nap = record(sleep=sleep(16, 17.5), score=99.0, arrived_h=18)
    (night,) = merge([nap, night_file])
    assert (night.sleep_s, night.sleep_score, night.woke_at) == (7 * 3600, 75.0, h(7))
    (night,) = merge([nap, replace(night_file, score=None)])
    assert night.sleep_score is None


def test_a_score_without_times_is_that_of_the_night() -> None:
    (night,) = merge([record(score=66.0), record(sleep=sleep(0, 7))])
    assert night.sleep_score == 66.0


@pytest.mark.parametrize(("apart", "expected_h"), [(ONE_SLEEP - timedelta(minutes=1), 6), (ONE_SLEEP, 4)])
def test_a_sleep_that_goes_on_soon_is_one_sleep(apart: timedelta, expected_h: float) -> None:
    first, gap_h = sleep(0, 4), apart.total_seconds() / 3600
    found = main_sleep([first, sleep(4 + gap_h, 6 + gap_h)])
    assert found is not None
    assert found.asleep_s == expected_h * 3600


def test_the_last_resting_heart_rate_of_the_day_counts() -> None:
    (night,) = merge([record(resting=Resting(50.0, h(8))), record(resting=Resting(46.0, h(20)), arrived_h=21)])
    assert night.resting_hr_bpm == 46.0
    assert night.woke_at == h(8)


@pytest.mark.parametrize("later", ["balanced", "low"])
def test_the_last_verdict_of_the_watch_counts(later: str) -> None:
    first = record(verdict=Verdict("none", h(8)))
    last = record(verdict=Verdict(later, h(9)))  # type: ignore[arg-type]
    for some in ([first, last], [last, first]):
        assert merge(some)[0].hrv_status == later


def test_of_two_devices_that_recorded_as_long_the_one_that_tells_more_counts_and_then_the_later_one() -> None:
    little, much = record("a", sleep=sleep(0, 8), arrived_h=10), record("b", sleep=sleep(0, 8), score=70.0)
    assert [merge(some)[0].device for some in ([little, much], [much, little])] == ["b", "b"]
    late, early = record("a", score=60.0, arrived_h=10), record("b", score=70.0)
    assert [merge(some)[0].device for some in ([late, early], [early, late])] == ["a", "a"]
    same = [record("a", score=60.0), record("b", score=60.0)]
    assert merge(same)[0].sleep_score == 60.0


def test_minutes_of_beats_are_compared_with_hours_of_sleep() -> None:
    beats, asleep = record("a", variability=variability(50, 0, 7)), record("b", sleep=sleep(0, 6))
    assert merge([beats, asleep])[0].device == "a"
    assert merge([beats, record("b", sleep=sleep(0, 7.05))])[0].device == "b"


def test_a_root_of_mean_squares_is_put_together_as_such() -> None:
    """Two hours at 30 ms and one at 60 ms: the root of (2 · 900 + 3600) / 3."""
    found = whole_variability([variability(30, 0, 2, of_beats=True), variability(60, 3, 4, of_beats=True)])
    assert found is not None
    assert found.rmssd_ms == pytest.approx(42.426, abs=0.001)


def test_what_the_watch_computed_and_what_follows_from_beats_is_not_mixed() -> None:
    found = whole_variability([variability(30, 0, 2, of_beats=True), variability(60, 3, 6)])
    assert found == variability(60, 3, 6)


def test_what_each_device_measured_is_kept_apart_for_what_is_usual_by_it() -> None:
    records = [
        record("ring", sleep=sleep(0, 7), resting=Resting(52.0, h(8))),
        record("watch", sleep=sleep(0, 8)),
        record("watch", resting=Resting(47.0, h(8))),
    ]
    found = [(one.day, one.device, one.resting_hr_bpm) for one in merge_each(records)]
    assert found == [(DAY, "ring", 52.0), (DAY, "watch", 47.0)]
    assert [one.device for one in merge(records)] == ["watch"]


def test_each_day_has_its_own_night_oldest_first() -> None:
    days = [DAY + timedelta(days=n) for n in (3, 0, 1)]
    nights = merge(replace(record(score=float(n)), day=day) for n, day in enumerate(days))
    assert [(night.day, night.sleep_score) for night in nights] == [(days[1], 1.0), (days[2], 2.0), (days[0], 0.0)]


parts = st.builds(
    lambda begin, length, rmssd: variability(rmssd, begin, begin + length),
    st.integers(0, 10),
    st.integers(1, 8),
    st.integers(5, 200),
)


@given(st.lists(parts, min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_arrival_of_the_parts_is_of_no_importance(some: list[Variability], chance: object) -> None:
    mixed = list(some)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    found, again = whole_variability(some), whole_variability(mixed)
    assert found is not None
    assert again is not None
    assert again.rmssd_ms == pytest.approx(found.rmssd_ms)
    assert min(one.rmssd_ms for one in some) - 1e-9 <= found.rmssd_ms <= max(one.rmssd_ms for one in some) + 1e-9


told_nights = st.lists(
    st.builds(
        lambda begin, length, asleep, rmssd: record(
            "-/-/-",
            sleep=sleep(begin, begin + length, asleep * length),
            variability=variability(rmssd, begin, begin + length),
        ),
        st.integers(0, 10),
        st.integers(1, 8),
        st.floats(0.5, 1),
        st.integers(5, 200),
    ),
    min_size=1,
    max_size=4,
)


@given(told_nights, told_nights)
def test_of_two_devices_that_nobody_can_tell_apart_no_night_is_lost_or_halved(
    mine: list[NightRecord], other: list[NightRecord]
) -> None:
    """Without maker, product and number they count as one, whose files complete each other.

    The halves of a night that was synchronised in between may lie around a shorter piece that overlaps both.
    """
    (both,) = merge([*mine, *other])
    for alone in (mine, other):
        (night,) = merge(alone)
        assert both.sleep_s is not None
        assert night.sleep_s is not None
        assert both.sleep_s >= night.sleep_s - 1e-6
    rmssds = [one.variability.rmssd_ms for one in (*mine, *other) if one.variability]
    assert both.rmssd_ms is not None
    assert min(rmssds) - 1e-9 <= both.rmssd_ms <= max(rmssds) + 1e-9
