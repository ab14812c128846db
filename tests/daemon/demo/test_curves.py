"""The curves of made-up workouts look like those of people."""

from itertools import pairwise

from hersteld.daemon.demo.curves import Block, heart_rate, on_foot, on_wheels, steady, warmth, wavering

HARD_THEN_EASY = (steady(10, 170, 4.0, 300), steady(10, 110, 2.0, 100))


def test_the_heart_follows_the_work_with_a_delay_up_and_down() -> None:
    beats = heart_rate(HARD_THEN_EASY, drift_bpm_per_h=0)
    assert len(beats) == 1200
    assert beats[0] < 90
    assert abs(beats[590] - 170) <= 3
    assert 115 < beats[660] < 165
    assert abs(beats[1199] - 110) <= 3
    assert all(abs(later - earlier) <= 4 for earlier, later in pairwise(beats))


def test_the_heart_drifts_up_over_the_hours() -> None:
    beats = heart_rate((steady(120, 140),), drift_bpm_per_h=6)
    assert 8 <= beats[7000] - beats[600] <= 14


def test_standing_still_stays_still() -> None:
    assert set(wavering((Block(60, 100),), lambda block: block.speed_mps, 0.05)) == {0.0}


def test_the_temperature_goes_evenly_from_the_first_to_the_last() -> None:
    degrees = warmth((Block(100, 100),), 10, 20)
    assert degrees[0] == 10
    assert degrees == sorted(degrees)
    assert degrees[-1] == 20


def test_a_run_has_no_power_and_a_ride_has() -> None:
    assert on_foot(HARD_THEN_EASY, 85, (10, 12)).power_w is None
    watts = on_wheels(HARD_THEN_EASY, (10, 12)).power_w
    assert watts is not None
    assert sum(250 < (watt or 0) < 350 for watt in watts) >= 590
