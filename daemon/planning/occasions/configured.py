"""Which occasions are there, by the configuration?"""

from collections.abc import Iterator, Sequence

from hersteld.config.settings import Settings
from hersteld.daemon.database.connection import Store
from hersteld.daemon.planning.occasions.before import BeforeTraining
from hersteld.daemon.planning.occasions.morning import MorningWord
from hersteld.daemon.planning.occasions.occasion import Occasion
from hersteld.daemon.planning.occasions.overload import OverloadWarning
from hersteld.daemon.planning.occasions.silence import SilenceQuestion
from hersteld.daemon.planning.occasions.weekly import WeeklyWord
from hersteld.daemon.system.clock import Clock


def configured_occasions(
    store: Store, settings: Settings, targets: Sequence[str], clock: Clock
) -> tuple[Occasion, ...]:
    """Return the occasions that are on.

    Args:
        targets: Names of the receivers.
    """
    return tuple(_configured(store, settings, targets, clock))


def _configured(store: Store, settings: Settings, targets: Sequence[str], clock: Clock) -> Iterator[Occasion]:
    yield OverloadWarning(store, settings, clock)  # before the morning, which says nothing to the contrary then
    if settings.notify.morning is not None:
        yield MorningWord(store, settings, targets, clock, settings.notify.morning)
    if settings.notify.weekly is not None:
        yield WeeklyWord(store, settings, clock, settings.notify.weekly)
    if settings.notify.silence:
        yield SilenceQuestion(store, settings, clock)
    if settings.planned.calendar is not None:
        yield BeforeTraining(store, settings, clock)
