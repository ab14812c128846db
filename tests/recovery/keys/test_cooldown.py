"""Was there a warm-up, and was there a cool-down?"""

from datetime import timedelta

import numpy as np
import pytest

from hersteld.parsers.workout import Pause, Workout
from hersteld.recovery.keys.cooldown import cooldown
from tests.support.fit.recoveries import (
    ids,
    recovery_of,
    shipped_rules,
    situation_of,
)
from tests.support.fit.workouts import NOON, a_workout, seconds


def test_an_end_at_full_speed_is_no_cool_down() -> None:
    assert "no_cooldown" in ids(recovery_of(a_workout(60, hr=150)))
    winding_down = np.full(3601, 150.0)
    winding_down[3300:] = 100
    assert "no_cooldown" not in ids(recovery_of(a_workout(60, hr=winding_down)))


def test_a_hard_start_is_no_warm_up() -> None:
    beats = np.full(3601, 110.0)
    beats[120:400] = 170
    assert "no_warmup" in ids(recovery_of(a_workout(60, hr=beats)))
    beats = np.full(3601, 110.0)
    beats[600:900] = 170
    assert "no_warmup" not in ids(recovery_of(a_workout(60, hr=beats)))


def test_a_heart_rate_that_begins_late_is_no_hard_start() -> None:
    beats = np.full(3601, np.nan)
    beats[1300:] = 175
    assert "no_warmup" not in ids(recovery_of(a_workout(60, hr=beats)))


@pytest.mark.parametrize(
    ("workout", "why_not"),
    [
        (a_workout(10, hr=150), "too_short"),
        (a_workout(60), "no_heart_rate"),
        (a_workout(60, hr=95), "was_there"),
    ],
)
def test_nothing_is_said_of_what_was_there_or_cannot_be_known(workout: Workout, why_not: str) -> None:
    result = cooldown(situation_of(workout))
    assert result.advice == ()
    assert [verdict.why_not for verdict in result.verdicts] == [why_not]


def test_only_the_missing_cool_down_is_said_where_both_are_missing() -> None:
    assert [advice.id for advice in cooldown(situation_of(a_workout(60, hr=170))).advice] == ["no_cooldown"]


def test_it_is_said_for_as_long_as_it_is_of_use() -> None:
    (advice,) = cooldown(situation_of(a_workout(60, hr=170))).advice
    minutes = float(shipped_rules().cooldown.line_within_min)
    assert (advice.due_at, advice.expires_at) == (NOON, NOON + timedelta(minutes=minutes))


def test_a_hard_block_begins_as_late_as_the_clock_says_pauses_included() -> None:
    beats = np.full(4801, 110.0)
    beats[1500:1800] = 170
    paused_first = a_workout(60, hr=beats, paused=(Pause(60, 1260),))
    assert cooldown(situation_of(paused_first)).advice == (), "the hard block begins 25 minutes after the start"


def an_hour(*, of: float = 110, hard: float = 170, since_s: int, until_s: int) -> Workout:
    """Return an hour's run with a harder stretch, both ends of it included."""
    return a_workout(60, hr=seconds(60, lambda at: np.where((at >= since_s) & (at <= until_s), hard, of)))


@pytest.mark.parametrize(
    ("text_id", "brings", "does_not"),
    [
        ("no_cooldown", a_workout(60, hr=134.1), a_workout(60, hr=134)),
        ("no_cooldown", a_workout(13, hr=150), a_workout(779 / 60, hr=150)),
        (
            "no_cooldown",
            an_hour(of=np.nan, since_s=1440, until_s=3600),
            an_hour(of=np.nan, since_s=1441, until_s=3600),
        ),
        (
            "no_warmup",
            an_hour(hard=162, since_s=120, until_s=400),
            an_hour(hard=161.9, since_s=120, until_s=400),
        ),
        ("no_warmup", an_hour(since_s=479, until_s=800), an_hour(since_s=480, until_s=800)),
        ("no_warmup", an_hour(since_s=0, until_s=30), an_hour(since_s=0, until_s=29)),
        ("no_warmup", an_hour(since_s=300, until_s=330), an_hour(since_s=300, until_s=329)),
    ],
    ids=[
        "60 % of reserve at the end",
        "13 minutes, in which both fit",
        "60 % with a heart rate",
        "80 % of reserve at the start",
        "within eight minutes",
        "half a minute from the start on",
        "half a minute later on",
    ],
)
def test_each_bound_is_where_it_is_said_to_be(text_id: str, brings: Workout, does_not: Workout) -> None:
    assert [advice.id for advice in cooldown(situation_of(brings)).advice] == [text_id]
    assert cooldown(situation_of(does_not)).advice == ()


def test_a_sensor_that_falls_silent_before_the_end_tells_nothing_of_a_cool_down() -> None:
    assert cooldown(situation_of(an_hour(of=np.nan, hard=150, since_s=0, until_s=3000))).advice == ()
