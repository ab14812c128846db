"""How is the plan of a file printed: as text or as JSON, by this process or by one of many?"""

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from hersteld.config.settings import Settings
from hersteld.config.texts.speech import speak
from hersteld.daemon.cli.printing.plan_text import print_planned
from hersteld.daemon.cli.printing.terminal import print_json
from hersteld.daemon.system.clock import SystemClock
from hersteld.daemon.views.plan_file import FitFile, PlannedFile, Planning, plan_fit
from hersteld.daemon.views.plan_json import planned_json
from hersteld.daemon.words.voice import Voice


@dataclass(frozen=True, slots=True, eq=False)
class Printing:
    """What the user wants to see.

    Attributes:
        now: When the files are taken to arrive, aware UTC; None for each workout's end.
    """

    settings: Settings
    now: datetime | None
    as_json: bool
    samples: bool

    def print_plan(self, fit: FitFile | PlannedFile) -> PlannedFile:
        """Print the plan of a FIT file, or what is known of it without one; return what was printed."""
        voice, rules = _voice(self), self.settings.rules
        if isinstance(fit, PlannedFile):
            planned = fit
        else:
            planned = plan_fit(fit, Planning(self.settings, voice.texts, voice.zone, self.now))
        if self.as_json:
            print_json(planned_json(planned, rules, voice.texts, voice.zone, with_samples=self.samples))
        else:
            print_planned(planned, rules, voice, self.now)
        return planned


@cache
def _voice(printing: Printing) -> Voice:
    zone = SystemClock().zone()
    speak(printing.settings.notify.language, zone)  # a worker's process has heard of no language yet
    return Voice(printing.settings.notify, zone)
