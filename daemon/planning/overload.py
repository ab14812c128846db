"""Which signs of overload does the store hold at a local date?"""

from dataclasses import dataclass
from datetime import date, tzinfo

from hersteld.daemon.database.connection import Store
from hersteld.daemon.store.history import read_last_weeks
from hersteld.recovery.overload.signal import Signal
from hersteld.recovery.overload.signals import overload_signals
from hersteld.recovery.rules import Rules


@dataclass(frozen=True, slots=True)
class SignalsOfDay:
    """All signals as they stand at a local date."""

    day: date
    signals: tuple[Signal, ...]


def signals_on(store: Store, day: date, rules: Rules, zone: tzinfo) -> tuple[Signal, ...]:
    """Return all signals as they stand at a date, by what the store holds now.

    Args:
        zone: For local dates.
    """
    return overload_signals(read_last_weeks(store, day, rules, zone), rules)
