"""Which signs of overload are there in how much was trained?"""

from datetime import timedelta

import numpy as np

from hersteld.recovery.key_rules import OverloadRules
from hersteld.recovery.load.trends import trend
from hersteld.recovery.numbers import Source, because, given
from hersteld.recovery.overload.last_weeks import LastWeeks
from hersteld.recovery.overload.signal import Measure, Signal, SignalId
from hersteld.recovery.overload.weeks import Week, weeks_back
from hersteld.recovery.rules import RestRules, Rules

_MONOTONY = Measure(SignalId.MONOTONY, "1", "above")
_STRAIN = Measure(SignalId.STRAIN, "1", "above", decimals=0)
_FORM = Measure(SignalId.FORM, "1", "below")
_HARD_DAYS = Measure(SignalId.HARD_DAYS, "day", "from", decimals=0)


def from_loads(weeks: LastWeeks, rules: Rules) -> tuple[Signal, ...]:
    """Return the signals of monotony, strain, form and hard days in a row, in that order."""
    own, loads = rules.overload, weeks.counted_loads
    if len(loads) < rules.rest.history_days:
        rule_of = {
            _MONOTONY: own.monotony_above,
            _STRAIN: own.strain_percentile,
            _FORM: own.form_below,
            _HARD_DAYS: own.hard_days,
        }
        return tuple(measure.untold(rule) for measure, rule in rule_of.items())
    last, *earlier = weeks_back(loads, float(own.monotony_max))[: 1 + int(own.own_weeks)]
    return (
        _monotony(last, earlier, own),
        _strain(last, earlier, own),
        _form(weeks, rules.rest, own),
        _hard(weeks, own),
    )


def _monotony(last: Week, earlier: list[Week], own: OverloadRules) -> Signal:
    """Return the signal of a week whose days are much alike; in a quiet week that is nothing to name."""
    load, usual = round(last.load), _usual_load(earlier)
    if not usual:
        return _MONOTONY.untold(own.monotony_above)
    reasons = (
        given("monotony", last.monotony, "1", Source.LAST_WEEK),
        given("week_load", load, "1", Source.LAST_WEEK),
        given("usual_week_load", usual, "1", Source.OWN_WEEKS),
        *map(because, (own.monotony_above, own.monotony_max, own.own_weeks)),
    )
    return _MONOTONY.compared(last.monotony, own.monotony_above, own.monotony_above, reasons, also=load > usual)


def _usual_load(earlier: list[Week]) -> int:
    """Return the load of a usual week; 0 where most had no training, so that nobody knows what is usual."""
    return round(float(np.median([week.load for week in earlier])))


def _strain(last: Week, earlier: list[Week], own: OverloadRules) -> Signal:
    if not _usual_load(earlier):
        return _STRAIN.untold(own.strain_percentile)
    limit = float(np.percentile([week.strain for week in earlier], float(own.strain_percentile)))
    reasons = (
        given("strain", last.strain, "1", Source.LAST_WEEK),
        given("high_strain", limit, "1", Source.OWN_WEEKS),
        *map(because, (own.strain_percentile, own.own_weeks)),
    )
    return _STRAIN.compared(last.strain, limit, own.strain_percentile, reasons)


def _form(weeks: LastWeeks, rest: RestRules, own: OverloadRules) -> Signal:
    form = trend(weeks.counted_loads, rest).tsb
    reasons = (
        given("form", form, "1", Source.EARLIER_WORKOUTS),
        *map(because, (own.form_below, rest.fitness_days, rest.fatigue_days)),
    )
    return _FORM.compared(form, own.form_below, own.form_below, reasons)


def _hard(weeks: LastWeeks, own: OverloadRules) -> Signal:
    """Return the signal of days with a hard workout that end at the last day that counts, one after the other."""
    running, day = 0, weeks.counted_day
    while day in weeks.hard_days:
        running, day = running + 1, day - timedelta(days=1)
    reasons = (given("hard_days_running", running, "day", Source.EARLIER_WORKOUTS), because(own.hard_days))
    return _HARD_DAYS.compared(running, own.hard_days, own.hard_days, reasons)
