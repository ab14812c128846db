"""Weights belong to the workout nearest in time, in whatever order both come in, and leave nothing when taken back."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hersteld.daemon.answers.answers import BadAnswer
from hersteld.daemon.answers.changes import Changes
from hersteld.daemon.answers.meant import NoSuchWorkout
from hersteld.daemon.answers.weighing import MASSES, Values, Weighing
from hersteld.daemon.planning.assessor import Assessor
from hersteld.daemon.store.answers.rows import Source
from hersteld.daemon.system.clock import ManualClock
from hersteld.recovery.answers.said import Said
from tests.support.pipeline import NOON, Pipeline, a_file

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
RUN_END, RIDE_END, ROW_END = NOON, NOON + HOUR, NOON + 5 * HOUR
FILES = {
    "run.fit": a_file(RUN_END, minutes=60, bpm=150),
    "better.fit": a_file(RUN_END, minutes=60, bpm=152, power=250),
    "ride.fit": a_file(RIDE_END, minutes=50, bpm=145, sport="cycling"),  # goes on ten minutes after the run
    "row.fit": a_file(ROW_END, minutes=60, bpm=140, sport="rowing"),
}
WEIGHTS: dict[str, tuple[datetime, Values]] = {
    "before the run": (RUN_END - HOUR - 10 * MINUTE, {"mass_kg": 72.4}),
    "between": (RUN_END + 4 * MINUTE, {"mass_kg": 71.8}),
    "drunk on the ride": (RUN_END + 30 * MINUTE, {"drunk_ml": 500.0}),
    "after the ride": (RIDE_END + 20 * MINUTE, {"mass_kg": 71.2}),
    "after the ride, again": (RIDE_END + 100 * MINUTE, {"mass_kg": 72.0}),
    "before the row": (ROW_END - HOUR - 5 * MINUTE, {"before_kg": 72.2}),
    "after the row": (ROW_END + 2 * MINUTE, {"after_kg": 71.9, "drunk_ml": 250.0}),
}


@contextmanager
def a_pipeline(now: datetime = ROW_END + HOUR) -> Iterator[Pipeline]:
    with tempfile.TemporaryDirectory() as folder:
        pipeline = Pipeline(Path(folder), now=now)
        yield pipeline
        pipeline.store.close()


def weighing(pipeline: Pipeline, at: datetime | None = None) -> Weighing:
    clock = pipeline.clock if at is None else ManualClock(at)
    return Weighing(pipeline.store, pipeline.settings, clock)


def say(pipeline: Pipeline, values: Values, at: datetime | None = None, which: str | None = None) -> None:
    weigher = weighing(pipeline, at)
    weigher.take(weigher.intend(values, which), Source.COMMAND)


def happen(pipeline: Pipeline, event: str) -> None:
    """Let a file or a weight come in, or the ride be forgotten and brought back."""
    if event in FILES:
        pipeline.put(event, FILES[event])
        pipeline.look()
        return
    if event in WEIGHTS:
        at, values = WEIGHTS[event]
        say(pipeline, values, at)
        return
    changes = Changes(pipeline.store, pipeline.settings, pipeline.clock)
    found = [one for one in pipeline.stored() if one.sport == "cycling"]
    if found:
        changes.forget(changes.find(str(found[0].id)))
        changes.bring_back(changes.find(str(found[0].id), forgotten=True))


def outcome(pipeline: Pipeline) -> list[tuple[object, ...]]:
    """Return what holds of each workout: what was said of it, and the plan with its numbers."""
    found: list[tuple[object, ...]] = []
    for one in pipeline.stored():
        said = Assessor(pipeline.workouts, pipeline.settings, pipeline.clock).said_of_brick(one.id)
        recovery = pipeline.workouts.recovery(one.id)
        found.append((one.started_at, said, recovery.load.value, recovery.verdicts, one.ready_at, recovery.physiology))
    return found


def test_each_workout_has_its_own_weights() -> None:
    with a_pipeline() as pipeline:
        for event in (*FILES, *WEIGHTS):
            happen(pipeline, event)
        run, ride, row = (said for _, said, *_ in outcome(pipeline))
        assert run == Said(before_kg=72.4, after_kg=71.8)
        # The ride goes on where the run ended: its plan is that of both.
        assert ride == Said(before_kg=72.4, after_kg=71.2, drunk_ml=500)
        assert row == Said(before_kg=72.2, after_kg=71.9, drunk_ml=250)


EVENTS = [*FILES, *WEIGHTS, "forgotten and back"]


@given(st.lists(st.sampled_from(EVENTS), unique=True, min_size=4, max_size=6))
@example(["run.fit", "before the run", "after the ride", "ride.fit"])
@example(["ride.fit", "between", "after the ride", "run.fit"])
@settings(max_examples=3)
def test_the_order_in_which_workouts_and_weights_come_in_makes_no_difference(events: Sequence[str]) -> None:
    assert_order_makes_no_difference(events)


@pytest.mark.slow
@given(st.permutations(EVENTS))
@settings(max_examples=6)
def test_nor_does_the_order_of_many_workouts_and_weights(events: Sequence[str]) -> None:
    assert_order_makes_no_difference(events)


def assert_order_makes_no_difference(events: Sequence[str]) -> None:
    expected = in_order(frozenset(events))
    with a_pipeline() as pipeline:
        for event in events:
            happen(pipeline, event)
        pipeline.look()
        assert outcome(pipeline) == expected


@cache
def in_order(events: frozenset[str]) -> list[tuple[object, ...]]:
    """Return what holds where all files come in before all weights."""
    with a_pipeline() as pipeline:
        for event in (*FILES, *WEIGHTS):
            if event in events:
                happen(pipeline, event)
        return outcome(pipeline)


@given(st.lists(st.sampled_from(list(WEIGHTS)), min_size=1, max_size=3), st.sampled_from([[*FILES], [*FILES][::-1]]))
@settings(max_examples=3)
def test_weights_that_are_taken_back_were_never_given(given_: Sequence[str], files: Sequence[str]) -> None:
    assert_as_never_given(given_, files)


@pytest.mark.slow
@given(st.lists(st.sampled_from(list(WEIGHTS)), min_size=3, max_size=5), st.permutations([*FILES]))
@settings(max_examples=6)
def test_nor_were_many_weights(given_: Sequence[str], files: Sequence[str]) -> None:
    assert_as_never_given(given_, files)


def assert_as_never_given(given_: Sequence[str], files: Sequence[str]) -> None:
    never, waiting = without_weights(tuple(files))
    with a_pipeline() as pipeline:
        for index, weight in enumerate(given_):
            if index < len(files):
                happen(pipeline, files[index])
            happen(pipeline, weight)
        for file in files[len(given_) :]:
            happen(pipeline, file)
        for _ in given_:
            weighing(pipeline).take_back(MASSES | {"drunk_ml"}, None)
        pipeline.look()
        assert outcome(pipeline) == never
        assert waits(pipeline) == waiting
        with pytest.raises(BadAnswer):
            weighing(pipeline).take_back(MASSES, None)


@cache
def without_weights(files: tuple[str, ...]) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    """Return what holds and what waits where files come in in this order, and no weight ever does."""
    with a_pipeline() as pipeline:
        for file in files:
            happen(pipeline, file)
        return outcome(pipeline), waits(pipeline)


def waits(pipeline: Pipeline) -> list[tuple[object, ...]]:
    return sorted((row.rule, row.title, row.body, row.due_at) for row in pipeline.rows() if row.state == "pending")


def test_the_waiting_messages_follow_the_scales() -> None:
    with a_pipeline(now=RUN_END + 3 * MINUTE) as pipeline:
        pipeline.put("long.fit", a_file(RUN_END, minutes=150, bpm=165))
        pipeline.main_loop.go(called=True)  # nothing is sent yet
        before = waits(pipeline)
        say(pipeline, {"before_kg": 72.4, "after_kg": 69.9, "drunk_ml": 500.0})
        assert waits(pipeline) != before
        weighing(pipeline).take_back(MASSES, None)
        assert waits(pipeline) == before


def test_the_body_mass_of_the_scales_counts_where_none_is_configured() -> None:
    with a_pipeline() as pipeline:
        happen(pipeline, "run.fit")
        happen(pipeline, "row.fit")
        say(pipeline, {"mass_kg": 64.0}, RUN_END + HOUR)
        masses = [pipeline.workouts.recovery(one.id).physiology for one in pipeline.stored()]
        assert [one and one.mass_kg for one in masses] == [64.0, 64.0]
        assert weighing(pipeline).known_mass_kg() == 64.0
        pipeline.configure(athlete__mass_kg="70")
        while pipeline.ingest.reassessment.assess_next():
            pass
        masses = [pipeline.workouts.recovery(one.id).physiology for one in pipeline.stored()]
        assert [one and one.mass_kg for one in masses] == [70.0, 70.0]


def test_two_measured_masses_that_no_one_body_has_are_not_its_loss() -> None:
    with a_pipeline() as pipeline:
        say(pipeline, {"mass_kg": 72.4}, RUN_END - HOUR - MINUTE)
        say(pipeline, {"mass_kg": 25.0}, RUN_END + MINUTE)
        happen(pipeline, "run.fit")
        ((_, said, *_),) = outcome(pipeline)
        assert said == Said()


def test_a_workout_that_was_forgotten_meanwhile_takes_nothing() -> None:
    with a_pipeline() as pipeline:
        happen(pipeline, "run.fit")
        weigher = weighing(pipeline)
        intended = weigher.intend({"after_kg": 71.0}, "last")
        changes = Changes(pipeline.store, pipeline.settings, pipeline.clock)
        changes.forget(changes.find("last"))
        with pytest.raises(NoSuchWorkout):
            weigher.take(intended, Source.COMMAND)
