"""Warming up and winding down: were they there, in the data?"""

import numpy as np

from hersteld.recovery.load.sensors import heart_rate
from hersteld.recovery.load.series import Series
from hersteld.recovery.numbers import because, given
from hersteld.recovery.situation import KeyResult, Situation, fired, lasting, silent


def cooldown(situation: Situation) -> KeyResult:
    """Return one line on a missing cool-down, or else a missing warm-up, for as long as it is of use.

    Source: article (warming up and winding down are the keys to performance); the bounds are ours.
    """
    beats = heart_rate(situation.workout, situation.rules.load)
    rules = situation.rules.cooldown
    if situation.workout.timer_s < 60 * (rules.last_min + rules.warmup_within_min):
        return silent("cooldown", "cooldown", "too_short")
    if beats.covered_s < situation.rules.load.coverage_min * situation.workout.timer_s:
        return silent("cooldown", "cooldown", "no_heart_rate")
    until = situation.after(rules.line_within_min / 60)
    last = beats.between(situation.workout.elapsed_s - 60 * rules.last_min, situation.workout.elapsed_s + 1)
    share = situation.physiology.reserve_share(last.mean()) if len(last.value) else 0.0
    if share > rules.cooldown_reserve_share:
        reasons = (
            given("last_minutes_reserve_share", round(share, 2), "1", "the workout's file"),
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
    """Return when the first long enough hard block starts, in seconds from the start; infinity if none does."""
    rules = situation.rules.cooldown
    hard = beats.per_second() >= situation.physiology.bpm_at(float(rules.warmup_reserve_share))
    # Where the running count of hard seconds grows by a full block within a block's length, all of it was hard.
    block = int(rules.block_s)
    counts = np.concatenate(([0], np.cumsum(hard)))
    full = np.flatnonzero(counts[block:] - counts[:-block] == block)
    if not len(full):
        return float("inf")
    interval = int(np.searchsorted(np.cumsum(beats.held_s), full[0], side="right"))
    return float(beats.start_s[min(interval, len(beats.start_s) - 1)])
