"""Which occasions are there, by the configuration?"""

from hersteld.config.settings import Settings
from hersteld.daemon.database.connection import Store
from hersteld.daemon.planning.occasions.before import BeforeTraining
from hersteld.daemon.planning.occasions.occasion import Occasion
from hersteld.daemon.system.clock import Clock


def configured_occasions(store: Store, settings: Settings, clock: Clock) -> tuple[Occasion, ...]:
    """Return the occasions that are on."""
    return (BeforeTraining(store, settings, clock),) if settings.planned.calendar is not None else ()
