"""What follows from what the scales say, and from what was drunk?

A mass that is given without a workout is kept with its moment, and belongs to the workout nearest in time, also to one
whose file comes in later. So is what was drunk. See `hersteld.recovery.answers.weights`.
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from hersteld.config.settings import Settings
from hersteld.daemon.answers.answers import BadAnswer
from hersteld.daemon.answers.follow_up import FollowUp
from hersteld.daemon.answers.meant import find_workout
from hersteld.daemon.database.connection import Store
from hersteld.daemon.planning.assessor import Assessor
from hersteld.daemon.planning.bad_workout import told_if_damaged
from hersteld.daemon.planning.scale_users import judge_scale_users
from hersteld.daemon.store.answers.of_workout import first_weighed, said_of, weighed_mass_kg, workout_of
from hersteld.daemon.store.answers.rows import (
    Answer,
    Kind,
    Source,
    add_answer,
    given_answers,
    take_back,
    take_back_values,
)
from hersteld.daemon.store.dirty import Cause
from hersteld.daemon.store.summaries import StoredWorkout
from hersteld.daemon.store.workouts import Workouts
from hersteld.daemon.system.clock import Clock
from hersteld.recovery.advice import Recovery
from hersteld.recovery.answers.said import Said
from hersteld.recovery.answers.weights import MOST_LOST_SHARE, Side, side_of

SCALES_OFF_KG = 0.2
"""By so much the scales of a household may differ from one weighing to the next [H]."""
MOST_DRUNK_ML_PER_H, MOST_DRUNK_FIRST_ML = 2000.0, 1000.0
"""More than the first for each hour, and the second beside, is doubtful [H]."""

Doubt = Literal["lost_much", "gained", "drunk_much"]
Name = Literal["mass_kg", "before_kg", "after_kg", "drunk_ml"]
Values = Mapping[Name, float]
MASSES: frozenset[Name] = frozenset({"mass_kg", "before_kg", "after_kg"})


@dataclass(frozen=True, slots=True)
class Intended:
    """Weights that are not stored yet.

    Attributes:
        values: As they would be stored.
        at: The moment they speak of, aware UTC.
        workout: Which has them; None where none is near yet.
        is_named: Whether the athlete named the workout.
        side: Of a mass that was only measured: whether it is that before the workout or after it; None without one.
        said: What would be said of the workout in all.
        doubts: What is hard to believe of it.
    """

    values: Values
    at: datetime
    workout: StoredWorkout | None
    is_named: bool
    side: Side | None
    said: Said
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True, slots=True)
class Weighed:
    """What became of weights.

    Attributes:
        values: What was stored, or taken back.
        workout: Which has them, or had them; None where none is near.
        side: As in `Intended`; None, too, for a mass that is taken back and was neither.
        said: What is said of the workout now.
        before, after: What the rules say of it, with all it continues, before and after the answer.
    """

    values: Values
    workout: StoredWorkout | None
    side: Side | None
    said: Said
    before: Recovery | None
    after: Recovery | None


class Weighing:
    """Takes weights, and takes them back.

    Attributes:
        follow_up: Assesses anew what rests on them.
    """

    def __init__(self, store: Store, settings: Settings, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._settings = settings
        self._workouts = Workouts(store)
        self._assessor = Assessor(self._workouts, settings, clock)
        self.follow_up = FollowUp(store, settings, clock)

    def known_mass_kg(self) -> float | None:
        """Return the body mass as it was before: by the last weights, the configuration, or the last workout."""
        weighed = weighed_mass_kg(self._store, self._clock.now())
        if weighed is None:
            weighed = self._settings.athlete.mass_kg
        if weighed is not None:
            return weighed
        latest = self._workouts.latest()
        if latest is None:
            return None
        with told_if_damaged(latest.id):
            physiology = self._workouts.recovery(latest.id).physiology
        return physiology.mass_kg if physiology is not None and physiology.mass_is_known else None

    def intend(self, values: Values, which: str | None) -> Intended:
        """Return what weights would be, without storing them.

        Args:
            values: What was said.
            which: The workout that was named: its id, or "last"; None where none was.

        Raises:
            NoSuchWorkout: There is no such workout.
        """
        now = self._clock.now()
        if which is not None:
            workout = find_workout(self._store, which)
            if "mass_kg" in values:  # a workout that is stored is over
                values = {"after_kg": values["mass_kg"], **{name: values[name] for name in values if name != "mass_kg"}}
            at = workout.ended_at
        else:
            at = now
            found = workout_of(self._store, _as_answer(values, at))
            if found is None:
                return Intended(
                    values, at, None, is_named=False, side=None, said=_with(Said(), values, None), doubts=()
                )
            workout = found
        side = side_of(at, (workout.started_at, workout.ended_at)) if "mass_kg" in values else None
        said = _with(self._said_of(workout), values, side)
        return Intended(values, at, workout, which is not None, side, said, tuple(doubts_of(said, workout)))

    def take(self, intended: Intended, source: Source, *, is_believed: bool = False) -> Weighed:
        """Store weights.

        Args:
            is_believed: Whether the athlete says that they are right though they are hard to believe.

        Raises:
            NoSuchWorkout: The workout was forgotten meanwhile.
            DamagedWorkout: It was damaged on disk.
        """
        values = dict(intended.values)
        workout_id = intended.workout.id if intended.workout is not None and intended.is_named else None
        if is_believed and intended.doubts and intended.side is not None and intended.workout is not None:
            # What is only measured would not be believed of one athlete.
            values[_BY_SIDE[intended.side]] = values.pop("mass_kg")
            workout_id = intended.workout.id
        with self._store.write():
            workout = None if intended.workout is None else find_workout(self._store, str(intended.workout.id))
            before = self._says(workout)
            add_answer(
                self._store,
                Kind.WEIGHTS,
                {str(name): value for name, value in values.items()},
                source=source,
                workout_id=workout_id,
                at=intended.at,
                now=self._clock.now(),
            )
            self._judge_scale_users()
            weighed = self._outcome(intended.values, workout, intended.side, before)
            self._mark(intended.at, workout)
        self.follow_up.run()
        return weighed

    def take_back(self, names: AbstractSet[Name], which: str | None) -> Weighed:
        """Take back the weights that were given last; what was given before them holds again.

        What was drunk goes with the weights that it was said with; these stay where only it is taken back.

        Args:
            names: Of what: an answer that says any of it.
            which: The workout whose weights are meant; None for the last ones of all.

        Raises:
            BadAnswer: There are none.
            NoSuchWorkout, DamagedWorkout: As for `take`.
        """
        with self._store.write():
            wanted = None if which is None else find_workout(self._store, which)
            given = [
                (answer, workout)
                for answer in given_answers(self._store, Kind.WEIGHTS)
                if names & answer.values.keys()
                for workout in [workout_of(self._store, answer)]
                if wanted is None or (workout is not None and workout.id == wanted.id)
            ]
            if not given:
                raise (
                    BadAnswer("weighing.no_weights")
                    if wanted is None
                    else BadAnswer("weighing.no_weights_of", id=str(wanted.id))
                )
            answer, workout = given[-1]
            before, counted = self._says(workout), Said() if workout is None else self._said_of(workout)
            values: Values = {name: float(answer.values[name]) for name in _NAMES if name in answer.values}
            if values.keys() & MASSES and not names & MASSES:
                values = {name: values[name] for name in values if name in names}
                take_back_values(self._store, answer.id, values.keys())
            else:
                take_back(self._store, answer.id, now=self._clock.now())
            self._judge_scale_users()
            side = None
            if workout is not None and "mass_kg" in values:
                side = side_of(answer.at, (workout.started_at, workout.ended_at))
                if values["mass_kg"] != (counted.before_kg if side == "before" else counted.after_kg):
                    side = None  # another weight stood there all the time
            weighed = self._outcome(values, workout, side, before)
            self._mark(answer.at, workout)
        self.follow_up.run()
        return weighed

    def _judge_scale_users(self) -> None:
        """Follow the mass that is known now, by which the athlete is told from the other users of a scale."""
        judge_scale_users(self._store, self._settings, self.follow_up.reassessment, self._clock.now())

    def _said_of(self, workout: StoredWorkout) -> Said:
        return said_of(self._store, workout.id, workout.started_at, workout.ended_at, has_clock=workout.has_clock)

    def _says(self, workout: StoredWorkout | None) -> Recovery | None:
        if workout is None:
            return None
        with told_if_damaged(workout.id):
            return self._assessor.with_answers(workout.id)

    def _outcome(
        self, values: Values, workout: StoredWorkout | None, side: Side | None, before: Recovery | None
    ) -> Weighed:
        said = _with(Said(), values, None) if workout is None else self._said_of(workout)
        return Weighed(values, workout, side, said, before, self._says(workout))

    def _mark(self, at: datetime, workout: StoredWorkout | None) -> None:
        """Mark what rests on weights of a moment: the workout that has them, and each later one, by the body mass."""
        if workout is not None and not workout.has_clock:
            self._assessor.assess(workout.id)
        since = first_weighed(self._store, at)
        if workout is not None and workout.has_clock:
            since = min(since, workout.started_at)
        self.follow_up.reassessment.mark_after(since, Cause.ANSWER)


def doubts_of(said: Said, workout: StoredWorkout) -> list[Doubt]:
    """Return what is hard to believe of what is said of a workout."""
    doubts: list[Doubt] = []
    loss_kg, drunk_ml = said.weighed_loss_kg, said.drunk_ml or 0.0
    if loss_kg is not None and said.before_kg is not None:
        if loss_kg > MOST_LOST_SHARE * said.before_kg:
            doubts.append("lost_much")
        elif -loss_kg > drunk_ml / 1000 + SCALES_OFF_KG:
            doubts.append("gained")
    hours = (workout.ended_at - workout.started_at).total_seconds() / 3600
    if drunk_ml > MOST_DRUNK_FIRST_ML + MOST_DRUNK_ML_PER_H * hours:
        doubts.append("drunk_much")
    return doubts


_BY_SIDE: Mapping[Side, Name] = {"before": "before_kg", "after": "after_kg"}
_NAMES: tuple[Name, ...] = ("mass_kg", "before_kg", "after_kg", "drunk_ml")


def _with(said: Said, values: Values, side: Side | None) -> Said:
    """Return what would be said with these values beside what is said already."""
    told: dict[Name, float] = {name: value for name, value in values.items() if name != "mass_kg"}
    if side is not None:
        told[_BY_SIDE[side]] = values["mass_kg"]
    return replace(
        said,
        before_kg=told.get("before_kg", said.before_kg),
        after_kg=told.get("after_kg", said.after_kg),
        drunk_ml=told.get("drunk_ml", said.drunk_ml),
    )


def _as_answer(values: Values, at: datetime) -> Answer:
    """Return an answer as it would be stored without a workout."""
    return Answer(0, Kind.WEIGHTS, None, at, {str(name): value for name, value in values.items()}, Source.COMMAND, at)
