"""What the athlete says of a workout holds for everything that rests on it, and for every recording of it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hersteld.daemon.answers.changes import Changes
from hersteld.daemon.answers.meant import NoSuchWorkout
from hersteld.daemon.database.connection import Store
from hersteld.daemon.database.lock import DatabaseLock
from hersteld.daemon.store.dirty import DirtyRow
from hersteld.daemon.store.summaries import Summaries
from tests.support.pipeline import NOON, Pipeline, a_file

DAY = timedelta(days=1)


@pytest.fixture
def pipeline(tmp_path: Path) -> Iterator[Pipeline]:
    pipeline = Pipeline(tmp_path)
    pipeline.put("before.fit", a_file(NOON - 2 * DAY, minutes=40))
    pipeline.look()
    pipeline.put("hard.fit", a_file(NOON - DAY, minutes=120, bpm=180))
    pipeline.look()
    pipeline.put("after.fit", a_file(NOON, minutes=45, bpm=150))
    pipeline.look()
    yield pipeline
    pipeline.store.close()


def changes(pipeline: Pipeline) -> Changes:
    return Changes(pipeline.store, pipeline.settings, pipeline.clock)


def plans(pipeline: Pipeline) -> list[tuple[object, ...]]:
    return [(one.identity, one.ready_at, one.easy_from, one.recovery_h, one.load) for one in pipeline.stored()]


def test_a_forgotten_workout_leaves_the_plans_as_if_it_had_never_been(tmp_path: Path, pipeline: Pipeline) -> None:
    (tmp_path / "without").mkdir()
    without = Pipeline(tmp_path / "without")
    for name, content in (
        ("before.fit", a_file(NOON - 2 * DAY, minutes=40)),
        ("after.fit", a_file(NOON, minutes=45, bpm=150)),
    ):
        without.put(name, content)
        without.look()
    told = plans(pipeline)
    assert [plan for plan in told if plan in plans(without)] != plans(without)
    changes(pipeline).forget(changes(pipeline).find(str(pipeline.stored()[1].id)))
    assert plans(pipeline) == plans(without)
    (forgotten,) = {identity for identity, *_ in told} - {identity for identity, *_ in plans(pipeline)}
    id_ = pipeline.store.rows("SELECT id FROM workouts WHERE identity = ?", [forgotten])[0]["id"]
    changes(pipeline).bring_back(changes(pipeline).find(str(id_), forgotten=True))
    assert plans(pipeline) == told


def test_neither_the_same_bytes_nor_another_recording_bring_it_back(pipeline: Pipeline) -> None:
    workout = changes(pipeline).find("last")
    changes(pipeline).forget(workout)
    pipeline.put("copy.fit", a_file(NOON, minutes=45, bpm=150))
    pipeline.put("twin.fit", a_file(NOON, minutes=44, bpm=151, power=200))
    pipeline.look()
    assert len(pipeline.stored()) == 2
    assert pipeline.statuses()["twin.fit"] == "duplicate"


def test_a_better_recording_that_comes_while_its_workout_is_forgotten_counts_once_it_is_taken_back(
    tmp_path: Path, pipeline: Pipeline
) -> None:
    poor, rich = a_file(NOON, minutes=45, bpm=150), a_file(NOON, minutes=45, bpm=152, power=260)
    (tmp_path / "never").mkdir()
    never = Pipeline(tmp_path / "never")
    for name, content in (
        ("before.fit", a_file(NOON - 2 * DAY, minutes=40)),
        ("hard.fit", a_file(NOON - DAY, minutes=120, bpm=180)),
        ("after.fit", poor),
        ("rich.fit", rich),
    ):
        never.put(name, content)
        never.look()
    workout = changes(pipeline).find("last")
    changes(pipeline).forget(workout)
    pipeline.put("rich.fit", rich)
    pipeline.look()
    assert workout.id not in {stored.id for stored in pipeline.stored()}, "it stays forgotten"
    changes(pipeline).bring_back(changes(pipeline).find(str(workout.id), forgotten=True))
    assert pipeline.workouts.workout(workout.id).avg_power_w == 260
    assert plans(pipeline) == plans(never)
    never.store.close()


def test_a_poorer_recording_that_comes_while_its_workout_is_forgotten_changes_nothing(pipeline: Pipeline) -> None:
    told, workout = plans(pipeline), changes(pipeline).find("last")
    changes(pipeline).forget(workout)
    pipeline.put("poor.fit", a_file(NOON, minutes=44, bpm=150))
    pipeline.look()
    changes(pipeline).bring_back(changes(pipeline).find(str(workout.id), forgotten=True))
    assert plans(pipeline) == told


def test_what_waits_of_a_forgotten_workout_is_not_sent(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path)
    pipeline.put("hard.fit", a_file(NOON, minutes=120, bpm=180))
    pipeline.look()
    workout = changes(pipeline).find("last")
    waiting = [row for row in pipeline.rows() if row.state == "pending" and row.workout_id == workout.id]
    assert len(waiting) == changes(pipeline).consequences(workout).messages > 0
    changes(pipeline).forget(workout)
    assert {pipeline.outbox.row(row.id).state for row in waiting} == {"cancelled"}


def test_who_was_told_the_rest_of_a_forgotten_workout_is_told_once_what_holds(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    pipeline = Pipeline(tmp_path / "x")
    pipeline.put("hard.fit", a_file(NOON - timedelta(hours=5), minutes=60, bpm=178))
    pipeline.look()
    pipeline.put("wrong.fit", a_file(NOON, minutes=200, bpm=180))
    pipeline.look()
    before = len(pipeline.notifier.received)
    with DatabaseLock(pipeline.database):  # a service runs, and assesses
        changes(pipeline).forget(changes(pipeline).find("last"))
        assert DirtyRow(pipeline.store).read().since is not None
        pipeline.look()
        pipeline.look()
    told = [message.body for _, message in pipeline.notifier.received[before:]]
    assert len(told) == 1
    assert told[0].startswith("That workout is forgotten, and its rest with it.")


def test_a_told_sport_counts_and_holds_for_a_better_recording(pipeline: Pipeline) -> None:
    before = pipeline.stored()[-1]
    changes(pipeline).tell_sport(changes(pipeline).find("last"), "cycling", None)
    assert pipeline.stored()[-1].sport == "cycling"
    assert {session.sport for session in pipeline.workouts.workout(before.id).sessions} == {"cycling"}
    pipeline.put("richer.fit", a_file(NOON, minutes=45, bpm=150, power=210))
    pipeline.look()
    assert pipeline.statuses()["richer.fit"] == "workout"
    assert pipeline.stored()[-1].sport == "cycling"
    changes(pipeline).untell_sport(changes(pipeline).find("last"))
    assert pipeline.stored()[-1].sport == "running"
    with pytest.raises(NoSuchWorkout):
        changes(pipeline).untell_sport(changes(pipeline).find("last"))


@pytest.mark.parametrize("which", ["99", "12x", "9" * 30])
def test_what_is_no_workout_is_refused(which: str, pipeline: Pipeline) -> None:
    with pytest.raises(NoSuchWorkout):
        changes(pipeline).find(which)


def test_only_a_forgotten_workout_can_be_brought_back(pipeline: Pipeline) -> None:
    workout = changes(pipeline).find("last")
    with pytest.raises(NoSuchWorkout):
        changes(pipeline).find(str(workout.id), forgotten=True)
    changes(pipeline).forget(workout)
    with pytest.raises(NoSuchWorkout):
        changes(pipeline).find(str(workout.id))


def test_who_waits_is_told_how_many_workouts_are_assessed_anew(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path)
    for day in range(20, 0, -1):
        pipeline.put(f"{day}.fit", a_file(NOON - day * DAY, minutes=20))
        pipeline.look()
    reported: list[tuple[int, int]] = []
    answers = changes(pipeline)
    answers.follow_up.report = lambda done, of: reported.append((done, of))
    answers.forget(answers.find("1"))
    assert reported == [(8, 19), (16, 19), (19, 19)]


def test_what_was_forgotten_meanwhile_is_not_changed(pipeline: Pipeline) -> None:
    """Two commands at once: one has found the workout, and the other forgets it before the first goes on."""
    slow = changes(pipeline)
    found = slow.find("last")
    with Store(pipeline.store.path) as other:
        Changes(other, pipeline.settings, pipeline.clock).forget(found)
    before = plans(pipeline)
    for change in (slow.forget, lambda workout: slow.tell_sport(workout, "swimming", None), slow.untell_sport):
        with pytest.raises(NoSuchWorkout):
            change(found)
    assert plans(pipeline) == before
    slow.bring_back(found)
    with pytest.raises(NoSuchWorkout):
        slow.bring_back(found)


def test_bringing_back_a_workout_without_a_date_changes_no_other(pipeline: Pipeline) -> None:
    pipeline.put("undated.fit", a_file(datetime(1999, 1, 1, tzinfo=UTC), minutes=50))
    pipeline.look()
    (undated,) = (one for one in Summaries(pipeline.store).newest(9) if not one.has_clock)
    of: list[int] = []
    brought = changes(pipeline)
    brought.follow_up.report = lambda _done, marked: of.append(marked)
    brought.forget(undated)
    brought.bring_back(undated)
    assert set(of) == {0}
