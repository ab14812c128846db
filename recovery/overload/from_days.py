"""Which signs of overload are there in the nights, and in how the athlete felt?"""

import math
from collections.abc import Callable, Mapping
from datetime import date

from hersteld.recovery.key_rules import OverloadRules
from hersteld.recovery.nights.night import Night
from hersteld.recovery.numbers import Number, Source, because, given
from hersteld.recovery.overload.last_weeks import LastWeeks
from hersteld.recovery.overload.signal import Measure, Signal, SignalId
from hersteld.recovery.overload.usual import WeekAndUsual, week_and_usual
from hersteld.recovery.rules import Rules

_RESTING_HR = Measure(SignalId.RESTING_HR, "bpm", "from")
_RMSSD = Measure(SignalId.RMSSD, "ms", "below")
_QUALITY = Measure(SignalId.QUALITY, "1", "below")


def from_days(weeks: LastWeeks, rules: Rules) -> tuple[Signal, ...]:
    """Return the signals of resting heart rate, heart rate variability and the athlete's own answers, in that order."""
    own = rules.overload
    beats = _by_one_device(weeks, lambda night: night.resting_hr_bpm)
    logs = {day: math.log(rmssd_ms) for day, rmssd_ms in _by_one_device(weeks, lambda night: night.rmssd_ms).items()}
    return (
        _resting_hr(_compare(beats, own.resting_hr_days, weeks, rules), own),
        _rmssd(_compare(logs, own.rmssd_days, weeks, rules), own),
        _quality(_compare(dict(weeks.qualities), own.quality_days, weeks, rules), own),
    )


def _by_one_device(weeks: LastWeeks, value_of: Callable[[Night], float | None]) -> dict[date, float]:
    """Return what the device of the last night with a value measured, by day.

    Two devices differ by more than a bad week, so a new watch must not look like overload.
    """
    measured = [night for night in weeks.nights if night.day <= weeks.day and value_of(night)]
    last = max(measured, key=lambda night: night.day, default=None)
    of_devices = weeks.nights_of_devices or weeks.nights
    found = {night.day: value_of(night) for night in of_devices if last is not None and night.device == last.device}
    return {day: value for day, value in found.items() if value}


def _compare(values: Mapping[date, float], usual_days: Number, weeks: LastWeeks, rules: Rules) -> WeekAndUsual | None:
    """Return how the last seven values compare with those before; None where either history is too short.

    Without a history of training nobody can say that it was too much.
    """
    if len(weeks.counted_loads) < rules.rest.history_days:
        return None
    return week_and_usual(
        values,
        weeks.day,
        usual_days=int(usual_days),
        week_least=math.ceil(rules.overload.nights_a_week),
        usual_least=math.ceil(rules.overload.baseline_nights),
        history_days=math.ceil(rules.rest.history_days),
    )


def _resting_hr(nights: WeekAndUsual | None, own: OverloadRules) -> Signal:
    rule = own.resting_hr_above_bpm
    if nights is None:
        return _RESTING_HR.untold(rule)
    reasons = (
        given("resting_hr_week_bpm", nights.week, "bpm", Source.LAST_NIGHTS),
        given("resting_hr_usual_bpm", nights.usual, "bpm", Source.EARLIER_NIGHTS),
        *map(because, (rule, own.resting_hr_days, own.nights_a_week, own.baseline_nights)),
    )
    return _RESTING_HR.compared(nights.week, nights.usual + rule, rule, reasons)


def _rmssd(nights: WeekAndUsual | None, own: OverloadRules) -> Signal:
    """Return the signal of the heart rate variability: the logarithms are compared, and the milliseconds are said."""
    rule = own.rmssd_sds
    if nights is None:
        return _RMSSD.untold(rule)
    reasons = (
        given("rmssd_week_ms", math.exp(nights.week), "ms", Source.LAST_NIGHTS),
        given("rmssd_usual_ms", math.exp(nights.usual), "ms", Source.EARLIER_NIGHTS),
        given("rmssd_deviation", nights.deviation, "1", Source.EARLIER_NIGHTS),
        *map(because, (rule, own.rmssd_days, own.nights_a_week, own.baseline_nights)),
    )
    return _RMSSD.compared(math.exp(nights.week), math.exp(nights.usual - rule * nights.deviation), rule, reasons)


def _quality(answers: WeekAndUsual | None, own: OverloadRules) -> Signal:
    rule = own.quality_below
    if answers is None:
        return _QUALITY.untold(rule)
    reasons = (
        given("quality_week", answers.week, "1", Source.ATHLETE),
        given("quality_usual", answers.usual, "1", Source.ATHLETE),
        *map(because, (rule, own.quality_under, own.quality_days, own.nights_a_week, own.baseline_nights)),
    )
    return _QUALITY.compared(answers.week, min(float(rule), answers.usual - own.quality_under), rule, reasons)
