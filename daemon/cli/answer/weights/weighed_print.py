"""How does it read what the scales said of a workout, and what it changes?"""

from datetime import datetime

from hersteld.daemon.cli.printing.answered_print import said_lines
from hersteld.daemon.cli.printing.terminal import say
from hersteld.daemon.store.summaries import StoredWorkout
from hersteld.daemon.views.workout_title import named
from hersteld.daemon.words.voice import Voice
from hersteld.parsers.line import Line, Value
from hersteld.recovery.advice import Recovery
from hersteld.recovery.answers.said import Said
from hersteld.recovery.answers.weights import REACH


def print_kept(parts: tuple[Line, ...], voice: Voice, now: datetime) -> None:
    """Print that weights are kept which belong to no workout yet."""
    values: dict[str, Value] = {"parts": parts, "until": now + REACH, "since": now - REACH}
    say(voice.line(Line("weighing.taken_nowhere", values)))


def print_taken(workout: StoredWorkout, said: Said, voice: Voice) -> None:
    """Print of which workout something was said, and all that is said of it by now."""
    say(voice.line(Line("weighing.taken", {"what": named(workout, voice), "parts": said_lines(said)})))


def print_changes(before: Recovery, after: Recovery, voice: Voice) -> None:
    """Print what an answer changes: the loss, and what to drink."""
    was_ml, is_ml = before.net_loss_ml, after.net_loss_ml
    if is_ml is not None and not round(is_ml) and not round(was_ml or 0):
        say("  " + voice.line(Line("weighing.loss_none")))
    elif is_ml is not None and (was_ml is None or round(was_ml) == round(is_ml)):
        say("  " + voice.line(Line("weighing.loss_stays", {"loss_ml": is_ml})))
    elif is_ml is not None and was_ml is not None:
        say("  " + voice.line(Line("weighing.loss_becomes", {"before_ml": was_ml, "after_ml": is_ml})))
    if (was := before.to_drink_ml) != (becomes := after.to_drink_ml):
        say("  " + voice.line(Line("weighing.drink_becomes", {"before_ml": was, "after_ml": becomes})))
