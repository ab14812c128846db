"""When may the athlete train again, after an answer about a workout?"""

from dataclasses import dataclass
from datetime import datetime

from hersteld.config.settings import Settings
from hersteld.daemon.answers.follow_up import FollowUp
from hersteld.daemon.cli.printing.terminal import say
from hersteld.daemon.cli.readiness import readiness_now
from hersteld.daemon.database.connection import Store
from hersteld.daemon.store.summaries import StoredWorkout, Summaries
from hersteld.daemon.words.voice import Voice
from hersteld.parsers.line import Line
from hersteld.recovery.advice import Recovery
from hersteld.recovery.messages.readiness import readiness


@dataclass(frozen=True, slots=True)
class RestPrinter:
    """Prints when to train again.

    Attributes:
        follow_up: Of the answer.
        now: Aware UTC.
    """

    store: Store
    settings: Settings
    voice: Voice
    follow_up: FollowUp
    now: datetime

    def print_after(self, workout: StoredWorkout, after: Recovery) -> None:
        """Print when to train again, after an answer about a workout.

        After the last workout that is what its own plan says. One that others have followed leaves it to these, so it
        is what `hersteld status` says.

        Args:
            after: What the rules say of the workout with the answer.
        """
        latest = Summaries(self.store).latest()
        if latest is None or latest.id == workout.id:
            told = readiness(after, self.settings.rules, self.now, self.voice.zone)
            if told is not None and told.ready_at > self.now:
                say("  " + self.voice.line(told.line))
        elif not self.follow_up.has_settled():
            say("  " + self.voice.line(Line("answers.rest_follows")))
        elif (holds := readiness_now(self.store, self.voice, self.settings, self.now)) is not None:
            say("  " + holds)
