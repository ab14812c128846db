"""What is there to explain of a workout: one from the store, or one from a file?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import reduce
from pathlib import Path
from typing import Literal

from hersteld.config.settings import Settings
from hersteld.config.texts.catalogue import Texts, load_texts
from hersteld.config.texts.render import left_out_for_room
from hersteld.daemon.database.connection import Store
from hersteld.daemon.outbox.queue import Outbox
from hersteld.daemon.planning.assessor import Assessor
from hersteld.daemon.planning.bad_workout import told_if_damaged
from hersteld.daemon.planning.overload import SignalsOfDay, signals_on
from hersteld.daemon.store.answers.of_workout import answers_about, without_replaced
from hersteld.daemon.store.answers.rows import Answer
from hersteld.daemon.store.changes import is_forgotten
from hersteld.daemon.store.summaries import StoredWorkout
from hersteld.daemon.store.workouts import Workouts
from hersteld.daemon.system.clock import Clock
from hersteld.daemon.system.errors import DaemonError
from hersteld.daemon.system.paths import shown
from hersteld.daemon.views.plan_file import Planning, plan_file
from hersteld.parsers.line import Line
from hersteld.parsers.workout import Workout
from hersteld.recovery.advice import Recovery
from hersteld.recovery.answers.said import Said
from hersteld.recovery.athlete.history import History
from hersteld.recovery.athlete.physiology import Physiology, resolve
from hersteld.recovery.join import join
from hersteld.recovery.load.left_running import as_told
from hersteld.recovery.messages.compose import compose
from hersteld.recovery.messages.draft import MessageKind

_RULES = {
    "check_glucose": "glucose",
    "cold_bath": "cold_bath",
    "drink": "hydration",
    "eat": "glycogen",
    "no_cooldown": "cooldown",
    "no_warmup": "warmup",
    "omega3": "omega3",
    "stretch": "stretching",
}
"""With what the ids of the texts of a rule begin, where a message may leave them out."""


class NoWorkoutError(DaemonError):
    """There is no such workout, or none in the file."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What the athlete said of a workout, and what would hold without that.

    Attributes:
        answers: Those that hold, in the order in which they were given.
        without: What the rules say when nothing had been said.
        said: What was said of the whole that the plan is of, in all.
    """

    answers: tuple[Answer, ...]
    without: Recovery
    said: Said


@dataclass(frozen=True, slots=True)
class Explained:
    """A workout with what the rules said about it.

    Attributes:
        name: Path of the file, or "workout 17".
        id: In the store, None for a file.
        physiology: The athlete with whom the plan was made.
        workout: The whole that the plan is of: with all that the workout continues.
        brick_after: Id of the workout that this one continues.
        parts: Of a brick, in order; empty for a workout that continues no other.
        answered: What the athlete said of it, or of a part of it; None where nothing was said.
        overload: The signs of overload as of the day of the workout; None for a file, or where the date is not known.
        left_out: The rules that applied, and of which the first message says nothing, as it is long enough already.
    """

    name: str
    id: int | None
    workout: Workout
    recovery: Recovery
    physiology: Physiology
    brick_after: int | None = None
    parts: tuple[StoredWorkout, ...] = ()
    answered: Answered | None = None
    overload: SignalsOfDay | None = None
    left_out: frozenset[str] = frozenset()


def from_store(store: Store, which: int | Literal["last"] | None, settings: Settings, clock: Clock) -> Explained:
    """Return a stored workout.

    Args:
        which: An id; "last" for the first in `hersteld history`; None for the last one whose date is known.
        clock: For local dates.

    Raises:
        NoWorkoutError: It is not there.
        DamagedWorkout: It was damaged on disk.
    """
    workouts = Workouts(store)
    if isinstance(which, int):
        workout_id = which
    else:
        latest = (workouts.latest() if which is None else None) or next(iter(workouts.newest(1)), None)
        if latest is None:
            raise NoWorkoutError("views.no_workout_yet")
        workout_id = latest.id
    try:
        summary = workouts.summary(workout_id)
    except KeyError:
        raise NoWorkoutError("views.no_such_workout", id=workout_id) from None
    if is_forgotten(store, workout_id):
        raise NoWorkoutError("views.is_forgotten", id=str(workout_id))
    ids, found = workouts.parts(workout_id), []
    for part in ids:
        with told_if_damaged(part):
            found.append(workouts.workout(part))
    with told_if_damaged(workout_id):
        workout, recovery = reduce(join, found), workouts.recovery(workout_id)
    athlete = recovery.physiology
    if athlete is None:  # assessed by a version that did not keep it; the next start of the service assesses it anew
        before = workouts.history(workout.started_at, without=ids)
        athlete = resolve(settings.athlete, workout, before, settings.rules.athlete)
    parts = tuple(map(workouts.summary, ids)) if len(ids) > 1 else ()
    answers = tuple(
        answer
        for part in map(workouts.summary, ids)
        for answer in without_replaced(
            answers_about(store, part.id, part.started_at, part.ended_at, has_clock=part.has_clock)
        )
    )
    answered = None
    if answers:
        with told_if_damaged(workout_id):
            assessor = Assessor(workouts, settings, clock)
            answered = Answered(answers, assessor.without_answers(workout_id), assessor.said_of_brick(workout_id))
    overload, zone = None, clock.zone()
    if summary.has_clock:
        day = summary.trained_at.astimezone(zone).date()
        overload = SignalsOfDay(day, signals_on(store, day, settings.rules, zone))
    told = [row.created_at for row in Outbox(store).of_workout(summary.identity) if row.kind is MessageKind.FIRST]
    left_out = _left_out(workout, recovery, settings, zone, min(told)) if told and not parts else frozenset()
    name = f"workout {workout_id}"
    return Explained(
        name,
        workout_id,
        workout,
        recovery,
        athlete,
        summary.brick_after,
        parts,
        answered=answered,
        overload=overload,
        left_out=left_out,
    )


def from_file(path: Path, settings: Settings, texts: Texts, zone: tzinfo) -> Iterator[Explained]:
    """Yield each workout in a file, without a past.

    Raises:
        NoWorkoutError: The file holds none; the message says why.
    """
    why = Line("files.none_inside")
    empty = True
    for planned in plan_file(path, Planning(settings, texts, zone)):
        if planned.workout is None or planned.recovery is None:
            why = planned.reason or why
            continue
        empty = False
        physiology = resolve(settings.athlete, planned.workout, History(), settings.rules.athlete)
        left_out = _left_out(planned.workout, planned.recovery, settings, zone, planned.workout.ended_at)
        yield Explained(planned.path, None, planned.workout, planned.recovery, physiology, left_out=left_out)
    if empty:
        raise NoWorkoutError("views.no_workout_in", path=shown(path), reason=(why,))


def _left_out(
    workout: Workout, recovery: Recovery, settings: Settings, zone: tzinfo, arrived_at: datetime
) -> frozenset[str]:
    """Return the rules whose lines stand in no message after a workout, for want of room in the first.

    Args:
        arrived_at: When its file came in, aware UTC.
    """
    drafts = compose(
        recovery,
        as_told(workout, recovery, settings.rules.load),
        settings.rules,
        style=settings.notify.style,
        quiet_hours=settings.notify.quiet_hours,
        zone=zone,
        now=arrived_at,
        first_ever=True,  # so that there is one in any case; what it adds pushes nothing out
    )
    texts = load_texts(settings.notify.language, settings.notify.texts)
    left_out = {id_ for draft in drafts if draft.rule == "first" for id_ in left_out_for_room(draft, texts, zone)}
    others = {line.id for draft in drafts if draft.kind is not MessageKind.FIRST for line in draft.lines}
    return frozenset(rule for id_ in left_out - others for begin, rule in _RULES.items() if id_.startswith(begin))
