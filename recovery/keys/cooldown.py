"""Were there a warm-up and a cool-down, as far as the heart rate tells?"""

import math

import numpy as np

from hersteld.recovery.athlete.caution import NO_EXERCISES, has_any
from hersteld.recovery.load.sensors import heart_rate
from hersteld.recovery.load.series import Series
from hersteld.recovery.numbers import Source, because, given
from hersteld.recovery.situation import KeyResult, Situation, fired, lasting, silent


def cooldown(situation: Situation) -> KeyResult:
    """Return the advice after a missing cool-down, or else after a missing warm-up, for as long as it is of use.

    Source: the article calls warming up and cooling down the keys to performance; the bounds are ours.
    """
    beats = heart_rate(situation.workout, situation.rules.load)
    rules = situation.rules.cooldown
    if has_any(situation.athlete.conditions, NO_EXERCISES):
        return silent("cooldown", "cooldown", "condition")
    if situation.workout.timer_s < 60 * (rules.last_min + rules.warmup_within_min):
        return silent("cooldown", "cooldown", "too_short")
    if beats.covered_s < situation.rules.load.coverage_min * situation.workout.timer_s:
        return silent("cooldown", "cooldown", "no_heart_rate")
    until = situation.after(rules.line_within_min / 60)
    elapsed_s = situation.workout.elapsed_s
    last = beats.between(elapsed_s - 60 * rules.last_min, elapsed_s)
    share = situation.physiology.reserve_share(last.mean())  # NaN, which is above nothing, where the sensor fell silent
    if share > rules.cooldown_reserve_share:
        reasons = (
            given("last_minutes_reserve_share", round(share, 2), "1", Source.FILE),
            because(rules.last_min),
            because(rules.cooldown_reserve_share),
        )
        minutes = float(rules.walk_min)
        return fired(
            "cooldown", "cooldown", lasting("no_cooldown", "cooldown", situation.end, until, *reasons, minutes=minutes)
        )
    if _first_hard_block_s(beats, situation) < 60 * rules.warmup_within_min:
        reasons = (because(rules.block_s), because(rules.warmup_reserve_share), because(rules.warmup_within_min))
        minutes = float(rules.easy_start_min)
        return fired(
            "cooldown", "warmup", lasting("no_warmup", "cooldown", situation.end, until, *reasons, minutes=minutes)
        )
    return silent("cooldown", "cooldown", "was_there")


def _first_hard_block_s(beats: Series, situation: Situation) -> float:
    """Return when the first hard block starts, in seconds since the start of the workout; infinity without one.

    A block is a stretch of `block_s` seconds of active time, all of them hard.
    """
    rules = situation.rules.cooldown
    hard = beats.per_second() >= situation.physiology.bpm_at(float(rules.warmup_reserve_share))
    # Where the running count of hard seconds grows by a whole block within the length of a block, all of it was hard.
    block_s = int(rules.block_s)
    hard_until = np.concatenate(([0], np.cumsum(hard)))
    block_starts = np.flatnonzero(hard_until[block_s:] - hard_until[:-block_s] == block_s)
    if not len(block_starts):
        return math.inf
    interval = int(np.searchsorted(np.cumsum(beats.held_s), block_starts[0], side="right"))
    return float(beats.start_s[interval])
