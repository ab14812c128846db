"""How is it printed what the athlete said of a workout, and what that changed?"""

from typing import Any

from hersteld.daemon.cli.printing.terminal import say
from hersteld.daemon.store.answers.of_workout import as_weights
from hersteld.daemon.store.answers.rows import Answer, Kind
from hersteld.daemon.views.explained import Answered
from hersteld.daemon.views.json_values import json_value
from hersteld.daemon.words.voice import Voice
from hersteld.parsers.line import Line
from hersteld.recovery.advice import Recovery
from hersteld.recovery.answers.said import Said


def answered_json(answered: Answered) -> dict[str, Any]:
    """Return what the athlete said as JSON can hold it, with the load and the readiness without it."""
    without, said = answered.without, answered.said
    return {
        "answers": [
            {
                "kind": one.kind,
                "values": dict(one.values),
                "source": one.source,
                "given_at": json_value(one.given_at),
                "workout": one.workout_id,
            }
            for one in answered.answers
        ],
        "said": {"before_kg": said.before_kg, "after_kg": said.after_kg, "drunk_ml": said.drunk_ml},
        "without": {
            "load": without.load.value,
            "rung": without.load.rung,
            "recovery_h": without.assessment.recovery_h,
            "easy_from": json_value(without.assessment.easy_from),
            "ready_at": json_value(without.assessment.ready_at),
            "net_loss_ml": without.net_loss_ml,
        },
    }


def print_answered(answered: Answered, recovery: Recovery, voice: Voice) -> None:
    """Print each answer with its source, and the load and the hours of rest before and after.

    Args:
        recovery: What the rules say with the answers.
    """
    for one in answered.answers:
        say("  " + voice.line(_said(one)))
    without = answered.without
    loads = {"before": round(without.load.value), "after": round(recovery.load.value)}
    say("  " + voice.line(Line("answers.load_became", loads)))
    hours = {"before": without.assessment.recovery_h, "after": recovery.assessment.recovery_h}
    say("  " + voice.line(Line("answers.hours_became", hours)))
    print_loss(answered.said, voice)
    before_ml, after_ml = without.net_loss_ml, recovery.net_loss_ml
    if answered.said.is_about_fluid and before_ml is not None and after_ml is not None:
        say("  " + voice.line(Line("weighing.explain_without", {"before_ml": before_ml, "after_ml": after_ml})))


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


def _said(answer: Answer) -> Line:
    """Return the line of an answer: what was said, when and where."""
    said = Line("answers.said_rpe", {"rpe": answer.values["rpe"]}) if answer.kind is Kind.RPE else _weights(answer)
    return Line("answers.said", {"said": (said,), "at": answer.given_at, "source": answer.source})


def _weights(answer: Answer) -> Line:
    weights = as_weights(answer)
    parts = said_lines(Said(None, weights.before_kg, weights.after_kg, weights.drunk_ml), weights.mass_kg)
    return Line("answers.said_weights", {"parts": parts})
