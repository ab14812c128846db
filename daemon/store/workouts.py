"""What is known of each workout, samples and all, and what did the rules say about it?"""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from pydantic import TypeAdapter

from hersteld.daemon.store.answers.of_workout import are_weights_near, said_of
from hersteld.daemon.store.answers.pauses import illness_before
from hersteld.daemon.store.columns.json_columns import from_json, to_json, values_from_json, values_to_json
from hersteld.daemon.store.columns.samples import pack, unpack
from hersteld.daemon.store.history import read_history, read_recent
from hersteld.daemon.store.planned import next_session_at
from hersteld.daemon.store.summaries import Summaries
from hersteld.daemon.system.clock import from_iso, iso
from hersteld.parsers.workout import DeviceProfile, Pause, Session, Vendor, Workout
from hersteld.recovery.advice import Advice, Assessment, Load, Recovery, Verdict
from hersteld.recovery.answers.illness import Illness
from hersteld.recovery.answers.said import Said
from hersteld.recovery.athlete.history import History, PastWorkout
from hersteld.recovery.athlete.physiology import Physiology
from hersteld.recovery.numbers import Reason
from hersteld.recovery.rules import Rules


@dataclass(frozen=True, slots=True)
class _Details:
    """The parts of a workout that are read only all together, as one column."""

    sessions: tuple[Session, ...]
    pauses: tuple[Pause, ...]
    vendor: Vendor
    profile: DeviceProfile
    min_temperature_c: float | None
    time_in_zone_s: tuple[float, ...] | None
    exercise_categories: tuple[str, ...]
    fault_offset: int | None


@dataclass(frozen=True, slots=True)
class Own:
    """What the rules say of a workout alone.

    Attributes:
        counted: The workout, the very object where all of it counts; else without what was recorded after its end.
        past: What later workouts need to know of it.
    """

    recovery: Recovery
    counted: Workout
    past: PastWorkout


_DETAILS = TypeAdapter(_Details)
_LOAD = TypeAdapter(Load)
_ASSESSMENT = TypeAdapter(Assessment)
_REASONS = TypeAdapter(tuple[Reason, ...])
_PHYSIOLOGY = TypeAdapter(Physiology)
_VERDICTS = TypeAdapter(tuple[Verdict, ...])


class Workouts(Summaries):
    """The workouts in one thread's store."""

    # --- writing

    def add(self, identity: str, workout: Workout, own: Own, *, now: datetime) -> int:
        """Store a workout with what the rules say about it alone, and return its id; its plan comes with `set_plan`."""
        columns = {**_columns(workout), **_own(workout, own), **_plan(own.recovery)}
        return self._store.insert("workouts", {"identity": identity, "stored_at": iso(now), **columns})

    def replace(self, workout_id: int, workout: Workout, own: Own, *, is_forgotten: bool = False) -> None:
        """Replace a workout by a richer recording of the same activity; its identity stays.

        Args:
            is_forgotten: Whether the workout is forgotten, which it stays.
        """
        columns = {**_columns(workout), **_own(workout, own)}
        self._update(workout_id, {**columns, "has_clock": 0} if is_forgotten else columns)

    def set_own(self, workout_id: int, workout: Workout, own: Own) -> None:
        """Store again what the rules say about a workout alone, after its past has changed."""
        self._update(workout_id, _own(workout, own))

    def set_plan(self, workout_id: int, plan: Recovery, *, brick_after: int | None) -> None:
        """Store the plan that counts from now on, that of the whole brick if it is one."""
        with self._store.write():
            self._update(workout_id, {**_plan(plan), "brick_after": brick_after})
            self._store.change("DELETE FROM advice WHERE workout_id = ?", [workout_id])
            for advice in plan.plan:
                self._store.insert(
                    "advice",
                    {
                        "workout_id": workout_id,
                        "text_id": advice.id,
                        "key": advice.key,
                        "due_at": iso(advice.due_at),
                        "expires_at": iso(advice.expires_at),
                        "value_json": values_to_json(advice.values),
                        "reasons": to_json(advice.reasons),
                    },
                )

    def set_untold(self, workout_id: int, *, is_untold: bool) -> None:
        """Say whether the messages of a workout wait until those that followed it are assessed anew."""
        self._update(workout_id, {"untold": int(is_untold)})

    def _update(self, workout_id: int, row: dict[str, object]) -> None:
        assignments = ", ".join(f"{name} = ?" for name in row)
        sql = f"UPDATE workouts SET {assignments} WHERE id = ?"  # noqa: S608 - the names are ours
        self._store.change(sql, [*row.values(), workout_id])

    # --- reading

    def workout(self, workout_id: int) -> Workout:
        """Return a workout as its file gave it, samples and all.

        Raises:
            KeyError: There is none.
            BadBlob: Its samples were damaged on disk.
        """
        row = self._row(workout_id)
        details = from_json(_DETAILS, row["details"])
        return Workout(
            started_at=from_iso(row["started_at"]),
            ended_at=from_iso(row["recorded_until"] or row["ended_at"]),
            timer_s=row["timer_s"] if row["recorded_timer_s"] is None else row["recorded_timer_s"],
            has_clock=bool(row["has_clock"]),
            salvaged=bool(row["salvaged"]),
            created_at=from_iso(row["created_at"]) if row["created_at"] else None,
            samples=unpack(row["samples"]),
            **{name: row[name] for name in _PLAIN},
            **{name: getattr(details, name) for name in _Details.__dataclass_fields__},
        )

    def next_session_at(self, after: datetime) -> datetime | None:
        """Return when the first session begins that is planned after a moment; None where none is known."""
        return next_session_at(self._store, after)

    def said_of(self, workout_id: int | None, workout: Workout) -> Said:
        """Return what the athlete said of a workout and holds; see `hersteld.daemon.store.answers.of_workout`."""
        return said_of(self._store, workout_id, workout.started_at, workout.ended_at, has_clock=workout.has_clock)

    def are_weights_near(self, workout: Workout) -> bool:
        """Return whether there are weights that may belong to a workout by their moment."""
        return workout.has_clock and are_weights_near(self._store, workout.started_at, workout.ended_at)

    def illness_before(self, moment: datetime) -> Illness | None:
        """Return the last illness before a workout that began at a moment; None where none is known."""
        return illness_before(self._store, moment)

    def shift_s_of_file(self, workout: Workout) -> float:
        """Return by how many seconds another reading of the same file was shifted; 0 when none was.

        It is the same file when the same device began it at the same moment.
        """
        if workout.serial is None or workout.created_at is None:
            return 0.0
        rows = self._store.rows(
            "SELECT shift_s FROM workouts WHERE serial = ? AND created_at = ? AND shift_s ORDER BY id DESC LIMIT 1",
            [workout.serial, iso(workout.created_at)],
        )
        return float(rows[0]["shift_s"]) if rows else 0.0

    def recovery(self, workout_id: int) -> Recovery:
        """Return what the rules said about a workout, its brick included.

        Raises:
            KeyError: There is none.
        """
        row = self._row(workout_id)
        advice = self._store.rows("SELECT * FROM advice WHERE workout_id = ? ORDER BY id", [workout_id])
        plan = tuple(
            Advice(
                id=line["text_id"],
                key=line["key"],
                due_at=from_iso(line["due_at"]),
                expires_at=from_iso(line["expires_at"]),
                values=values_from_json(line["value_json"]),
                reasons=from_json(_REASONS, line["reasons"]),
            )
            for line in advice
        )
        return Recovery(
            from_json(_LOAD, row["load_json"]),
            from_json(_ASSESSMENT, row["assessment"]),
            plan,
            from_json(_VERDICTS, row["verdicts"]),
            from_json(_PHYSIOLOGY, row["athlete"]) if row["athlete"] else None,
        )

    def _row(self, workout_id: int) -> dict[str, Any]:
        rows = self._store.rows("SELECT * FROM workouts WHERE id = ?", [workout_id])
        if not rows:
            raise KeyError(workout_id)
        return rows[0]

    def history(self, before: datetime, *, without: Collection[int] = ()) -> History:
        """Return the whole past.

        Args:
            before: Workouts that started earlier than this.
            without: Ids to leave out: the workout at hand, and what it is one brick with.
        """
        return read_history(self._store, before, without)

    def recent(self, workout: Workout, rules: Rules, zone: tzinfo, *, without: Collection[int] = ()) -> History:
        """Return the past of a workout as the rules need it; see `read_recent`."""
        return read_recent(self._store, workout, rules, zone, without)


_PLAIN = (  # columns of the name and value of the workout's own attribute
    *("sport", "sub_sport", "device", "elapsed_s"),
    *("distance_m", "kcal", "avg_hr_bpm", "max_hr_bpm", "avg_power_w", "serial", "shift_s"),
)


_PLAN_MOMENTS = ("easy_from", "ready_at", "ready_other_at", "rested_at", "rested_other_at", "easy_week_until")


def _columns(workout: Workout) -> dict[str, object]:
    details = _Details(**{name: getattr(workout, name) for name in _Details.__dataclass_fields__})
    return {
        "started_at": iso(workout.started_at),
        "has_clock": int(workout.has_clock),
        "salvaged": int(workout.salvaged),
        "created_at": iso(workout.created_at) if workout.created_at else None,
        "details": to_json(details),
        "samples": pack(workout.samples),
        **{name: getattr(workout, name) for name in _PLAIN},
    }


def _own(workout: Workout, of_itself: Own) -> dict[str, object]:
    own, past, counted = of_itself.recovery, of_itself.past, of_itself.counted
    is_cut = counted is not workout
    return {
        "ended_at": iso(counted.ended_at),
        "timer_s": counted.timer_s,
        "recorded_until": iso(workout.ended_at) if is_cut else None,
        "recorded_timer_s": workout.timer_s if is_cut else None,
        "load": float(own.load.value),
        "rung": own.load.rung,
        "grade": own.load.grade,
        "intensity": own.assessment.intensity,
        "hard": int(past.hard),
        "gentle": int(past.gentle),
        "very_hard": int(own.assessment.very_hard),
        "very_long_run": int(past.very_long_run),
        "clock_h": float(own.assessment.clock_h),
        "decided_by": own.assessment.decided_by,
        "trained_at": iso(past.trained_at),
        "hr_peak_30s_bpm": past.hr_peak_30s_bpm,
        "best_20min_w": past.best_20min_w,
    }


def _plan(plan: Recovery) -> dict[str, object]:
    assessment = plan.assessment
    moments = {name: getattr(assessment, name) for name in _PLAN_MOMENTS}
    return {
        "recovery_h": float(assessment.recovery_h),
        **{name: iso(moment) if moment else None for name, moment in moments.items()},
        "loaded_muscles": json.dumps(assessment.loaded_muscles),
        "resting_muscles": json.dumps(assessment.resting_muscles),
        "load_json": to_json(plan.load),
        "assessment": to_json(assessment),
        "verdicts": to_json(plan.verdicts),
        "athlete": to_json(plan.physiology) if plan.physiology else None,
    }
