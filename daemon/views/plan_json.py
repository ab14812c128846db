"""What does `hersteld plan --json` print?

Scripts rely on these keys. `docs/commands.md` documents each of them, and a test compares the two.
"""

from dataclasses import fields
from datetime import tzinfo
from typing import Any

import numpy as np

from hersteld.config.texts.catalogue import Texts
from hersteld.daemon.views.json_values import json_value, nights_json
from hersteld.daemon.views.plan_file import PlannedFile
from hersteld.daemon.views.reason_json import reason_json
from hersteld.parsers.workout import Column, Samples, Workout
from hersteld.recovery.advice import Advice, Recovery
from hersteld.recovery.load.believable import believable
from hersteld.recovery.load.sensors import hr_coverage
from hersteld.recovery.rules import Rules

_WORKOUT = (
    *("started_at", "ended_at", "sport", "sub_sport", "device", "timer_s", "elapsed_s", "distance_m", "kcal"),
    *("avg_hr_bpm", "max_hr_bpm", "avg_power_w", "records"),
)
_LOAD = ("value", "rung", "grade")
_ASSESSMENT = (
    *("intensity", "hard", "seconds_by_intensity", "recovery_h"),
    *("easy_from", "ready_at", "warnings"),
    *("gentle", "very_hard", "very_long_run", "clocks", "clock_h", "decided_by", "ready_other_at"),
    "night",
)
_REASON = ("name", "value", "unit", "kind", "source")


def planned_json(
    planned: PlannedFile, rules: Rules, texts: Texts, zone: tzinfo, *, with_samples: bool = False
) -> dict[str, Any]:
    """Return the object of one file, as JSON knows it.

    Args:
        with_samples: Also every sample of the workout.
    """
    workout = planned.workout
    found: dict[str, Any] = json_value(
        {
            **_some(planned, ("path", "sha256", "status")),
            **reason_json(planned.reason),
            "with_earlier_workouts": None if workout is None else False,
            "workout": workout and _workout(_believed(workout, planned.recovery, rules), rules),
            **recovery_json(planned.recovery, texts, zone),
            "messages": [
                {name: getattr(message, name) for name in ("due_at", "expires_at", "title", "body")}
                for message in planned.messages
            ],
            "nights": nights_json(planned.nights),
            "weighings": [_some(one, ("at", "mass_kg", "user")) for one in planned.weighings],
        }
    )
    if workout and with_samples:
        found["workout"]["samples"] = _samples(workout.samples)  # not through json_value: there are many
    return found


def _believed(workout: Workout, recovery: Recovery | None, rules: Rules) -> Workout:
    """Return a workout without what no body can have; as it is where nothing is known of the athlete."""
    if recovery is None or recovery.physiology is None:
        return workout
    return believable(workout, recovery.physiology, rules.load)


def recovery_json(recovery: Recovery | None, texts: Texts, zone: tzinfo) -> dict[str, Any]:
    """Return the keys load, assessment and plan, as JSON knows them."""
    found: dict[str, Any] = json_value(
        {
            "load": recovery and _some(recovery.load, _LOAD),
            "assessment": recovery and _some(recovery.assessment, _ASSESSMENT),
            "plan": [_advice(advice, texts, zone) for advice in recovery.plan] if recovery else [],
        }
    )
    return found


def _workout(workout: Workout, rules: Rules) -> dict[str, Any]:
    return {
        **_some(workout, _WORKOUT),
        "hr_coverage": hr_coverage(workout, rules.load),
        "min_temperature_c": workout.min_temperature_c,
        "salvaged": workout.salvaged,
        "fault_offset": workout.fault_offset,
        "sessions": workout.sessions,
        "vendor": workout.vendor,
    }


def _advice(advice: Advice, texts: Texts, zone: tzinfo) -> dict[str, Any]:
    return {
        **_some(advice, ("id", "key", "due_at", "expires_at")),
        "text": texts.sentence(advice.line, zone),
        "values": advice.values,
        "reasons": [_some(reason, _REASON) for reason in advice.reasons],
    }


def _some(value: object, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(value, name) for name in names}


def _samples(samples: Samples) -> dict[str, list[float | None] | None]:
    return {field.name: _column(getattr(samples, field.name)) for field in fields(samples)}


def _column(column: Column | None) -> list[float | None] | None:
    if column is None:
        return None
    values: list[float | None] = column.tolist()
    for missing in np.flatnonzero(~np.isfinite(column)):
        values[missing] = None
    return values
