"""How does it read what the scales said of a workout, and what it changes?"""

from datetime import datetime

from hersteld.config.settings import Settings
from hersteld.daemon.answers.weights_shown import WeightsShown
from hersteld.daemon.cli.printing.terminal import say
from hersteld.daemon.store.summaries import StoredWorkout
from hersteld.daemon.views.workout_title import named
from hersteld.daemon.words.voice import Voice
from hersteld.parsers.line import Line, Value
from hersteld.recovery.advice import Recovery
from hersteld.recovery.athlete.said import Said
from hersteld.recovery.athlete.weights import REACH
from hersteld.recovery.messages.readiness import readiness


def said_lines(said: Said, measured_kg: float | None = None) -> tuple[Line, ...]:
    """Return what was said of a workout: "72.4 kg before", "71.6 kg after", "0.5 l drunk".

    Args:
        measured_kg: A mass of which it is not known yet whether it is that before a workout or after one.
    """
    lines = []
    if measured_kg is not None:
        lines.append(Line("weighing.measured", {"kg": round(measured_kg, 2)}))
    if said.before_kg is not None:
        lines.append(Line("weighing.before", {"kg": round(said.before_kg, 2)}))
    if said.after_kg is not None:
        lines.append(Line("weighing.after", {"kg": round(said.after_kg, 2)}))
    if said.drunk_ml is not None:
        lines.append(Line("weighing.drunk", {"drunk_ml": said.drunk_ml}))
    return tuple(lines)


def print_kept(parts: tuple[Line, ...], voice: Voice, now: datetime) -> None:
    """Print that weights are kept which belong to no workout yet."""
    values: dict[str, Value] = {"parts": parts, "until": now + REACH, "since": now - REACH}
    say(voice.line(Line("weighing.taken_nowhere", values)))


def print_taken(workout: StoredWorkout, said: Said, voice: Voice) -> None:
    """Print of which workout something was said, and all that is said of it by now."""
    say(voice.line(Line("weighing.taken", {"what": named(workout, voice), "parts": said_lines(said)})))


def print_loss(said: Said, voice: Voice) -> None:
    """Print the loss by the scales; nothing where they do not tell it."""
    loss_kg = said.weighed_loss_kg
    if loss_kg is None:
        return
    if loss_kg < 0:
        say("  " + voice.line(Line("weighing.gained_kg", {"gain_kg": round(-loss_kg, 2)})))
    elif said.drunk_ml is None:
        say("  " + voice.line(Line("weighing.sweat_undrunk", {"loss_kg": round(loss_kg, 2)})))
    else:
        sweat_ml = round(1000 * loss_kg + said.drunk_ml)
        say("  " + voice.line(Line("weighing.sweat", {"loss_kg": round(loss_kg, 2), "sweat_ml": sweat_ml})))


def print_changes(before: Recovery, after: Recovery, settings: Settings, voice: Voice, now: datetime) -> None:
    """Print what an answer changes: the loss, what to drink, and when to train again."""
    was_ml, is_ml = loss_ml(before), loss_ml(after)
    if is_ml is not None and (was_ml is None or round(was_ml) == round(is_ml)):
        say("  " + voice.line(Line("weighing.loss_stays", {"loss_ml": is_ml})))
    elif is_ml is not None and was_ml is not None:
        say("  " + voice.line(Line("weighing.loss_becomes", {"before_ml": was_ml, "after_ml": is_ml})))
    if (was := to_drink_ml(before)) != (becomes := to_drink_ml(after)):
        say("  " + voice.line(Line("weighing.drink_becomes", {"before_ml": was, "after_ml": becomes})))
    told = readiness(after, settings.rules, now, voice.zone)
    if told is not None and told.ready_at > now:
        say("  " + voice.line(told.line))


def print_said(weights: WeightsShown, recovery: Recovery, voice: Voice) -> None:
    """Print what was said of a workout, and its loss with that and without it."""
    say("  " + voice.line(Line("weighing.explain_said", {"parts": said_lines(weights.said)})))
    print_loss(weights.said, voice)
    before_ml, after_ml = loss_ml(weights.without), loss_ml(recovery)
    if before_ml is not None and after_ml is not None:
        say("  " + voice.line(Line("weighing.explain_without", {"before_ml": before_ml, "after_ml": after_ml})))


def said_json(weights: WeightsShown | None) -> dict[str, float | None] | None:
    """Return what was said of a workout, for scripts; None where nothing was."""
    if weights is None:
        return None
    said = weights.said
    return {
        "before_kg": said.before_kg,
        "after_kg": said.after_kg,
        "drunk_ml": said.drunk_ml,
        "without_ml": loss_ml(weights.without),
    }


def loss_ml(recovery: Recovery) -> float | None:
    """Return the net loss that a plan goes by, in ml; None where it goes by none."""
    reasons = (reason for verdict in recovery.verdicts if verdict.key == "hydration" for reason in verdict.reasons)
    return next((float(reason.value) for reason in reasons if reason.name == "net_loss_ml"), None)


def to_drink_ml(recovery: Recovery) -> float:
    """Return how much a plan asks to drink in all, in ml; 0 where it names no volume."""
    volumes = [advice.values.get("total_ml") for advice in recovery.plan if advice.key == "hydration"]
    return max((float(volume) for volume in volumes if isinstance(volume, int | float)), default=0.0)
