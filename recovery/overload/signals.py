"""Which signs are there that an athlete trains more than they recover from, and do several agree?

Article, key 1: without rest between workouts the symptoms of overload appear. No single number shows them, so each of
these is a sign only, and a word is worth while where two or more of different kinds agree.
"""

from collections.abc import Iterable

from hersteld.recovery.key_rules import OverloadRules
from hersteld.recovery.overload.from_days import from_days
from hersteld.recovery.overload.from_loads import from_loads
from hersteld.recovery.overload.last_weeks import LastWeeks
from hersteld.recovery.overload.signal import Signal
from hersteld.recovery.rules import Rules


def overload_signals(weeks: LastWeeks, rules: Rules) -> tuple[Signal, ...]:
    """Return all signals as they stand at a date, in a fixed order, those that cannot be told included."""
    return (*from_loads(weeks, rules), *from_days(weeks, rules))


def agreeing(signals: Iterable[Signal], rules: OverloadRules) -> tuple[Signal, ...]:
    """Return the signals that are over their limits where enough of them agree, else none.

    Signals of the same evidence count as one.
    """
    over = tuple(signal for signal in signals if signal.is_over)
    return over if len({signal.evidence for signal in over}) >= rules.agreeing else ()
