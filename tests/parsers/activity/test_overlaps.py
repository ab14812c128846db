"""Every second of a workout counts once, whatever its sessions claim."""

from datetime import UTC, datetime
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from hersteld.parsers.activity.overlaps import Timed, each_second_once
from hersteld.parsers.workout import Session

BEGIN = datetime(2026, 5, 4, tzinfo=UTC)


def timed(begin: float, end: float, sport: str = "running") -> Timed:
    return Timed(begin, end, Session(sport, None, BEGIN, end - begin, end - begin))


def spans(*sessions: Timed) -> list[tuple[float, float]]:
    return [(session.begin, session.end) for session in each_second_once(sessions)]


def test_sessions_that_follow_each_other_stay_as_they_are() -> None:
    assert spans(timed(0, 100), timed(100, 200), timed(250, 300)) == [(0, 100), (100, 200), (250, 300)]


def test_a_parent_gives_way_to_its_legs() -> None:
    race = (timed(0, 5400, "multisport"), timed(0, 1500), timed(1500, 1620), timed(1620, 4320), timed(4320, 5400))
    assert spans(*race) == [(0, 1500), (1500, 1620), (1620, 4320), (4320, 5400)]


def test_one_session_within_another_is_counted_by_the_outer_one() -> None:
    assert spans(timed(0, 3600), timed(600, 1200)) == [(0, 3600)]
    assert spans(timed(0, 600), timed(0, 3600)) == [(0, 3600)]
    assert spans(timed(0, 3600), timed(0, 3600)) == [(0, 3600)]


def test_of_two_that_overlap_the_earlier_one_ends_where_the_later_one_starts() -> None:
    first, second = each_second_once((timed(0, 1000), timed(800, 2000)))
    assert (first.end, first.session.elapsed_s, first.session.timer_s) == (800, 800, 800)
    assert (second.begin, second.end) == (800, 2000)


def test_a_rounding_takes_nothing_from_the_timer_that_fits() -> None:
    first = Timed(0, 102, Session("running", None, BEGIN, 90, 102))
    kept, _ = each_second_once((first, timed(100, 200)))
    assert (kept.session.elapsed_s, kept.session.timer_s) == (100, 90)


@given(st.lists(st.tuples(st.integers(0, 5000), st.integers(1, 4000)), min_size=1, max_size=8))
def test_no_second_counts_twice_and_the_timers_fit_into_the_whole(stretches: list[tuple[int, int]]) -> None:
    sessions = [timed(begin, begin + length) for begin, length in sorted(stretches)]
    kept = each_second_once(sessions)
    assert kept
    for earlier, later in pairwise(kept):
        assert earlier.end <= later.begin
    whole_s = max(session.end for session in kept) - kept[0].begin
    assert sum(session.session.timer_s for session in kept) <= whole_s + 1e-6
    assert all(session.session.timer_s <= session.session.elapsed_s + 1e-9 for session in kept)
