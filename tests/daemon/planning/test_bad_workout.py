"""One workout that cannot be read, or on which the rules fail, costs nobody else a plan or a message."""

import errno
import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from hersteld.daemon.answers.changes import Changes
from hersteld.daemon.database.lock import DatabaseLock
from hersteld.daemon.importing.importer import Import
from hersteld.daemon.planning.assessor import Assessor
from hersteld.daemon.store.dirty import DirtyRow
from hersteld.daemon.store.summaries import StoredWorkout
from hersteld.recovery.advice import Recovery
from hersteld.recovery.recover import recover
from tests.daemon.planning.test_backlog import close
from tests.support.pipeline import NOON, Pipeline, a_file

FIGURES = pytest.mark.figures("one stored workout is damaged on disk", "{tried} tried: 0 ended")

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

PLACES = {"middle": 1, "brick part": 2, "end of a brick": 3, "newest": 4}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The state of a service that took in five workouts as they came, the third and fourth of them one brick."""
    pipeline = Pipeline(tmp_path_factory.mktemp("week"))
    for name, ended_at, sport, minutes in (
        ("first", NOON - 6 * DAY, "running", 60),
        ("middle", NOON - 4 * DAY, "running", 70),
        ("ride", NOON - 2 * DAY - HOUR, "cycling", 60),
        ("run", NOON - 2 * DAY, "running", 50),
        ("newest", NOON, "running", 90),
    ):
        pipeline.clock.jump(ended_at + timedelta(minutes=5))
        pipeline.put(f"{name}.fit", a_file(ended_at, sport=sport, minutes=minutes, bpm=172))
        pipeline.look()
    stored = pipeline.stored()
    assert [workout.brick_after for workout in stored] == [None, None, None, stored[2].id, None]
    pipeline.store.close()
    return pipeline.database.parent


@pytest.fixture
def pipeline(tmp_path: Path, told: Path) -> Iterator[Pipeline]:
    shutil.copytree(told, tmp_path / "state")
    pipeline = Pipeline(tmp_path)
    yield pipeline
    pipeline.store.close()


# --- what is wrong with a workout


def samples_damaged(pipeline: Pipeline, workout: StoredWorkout, _patch: pytest.MonkeyPatch) -> None:
    pipeline.store.change("UPDATE workouts SET samples = x'0011' WHERE id = ?", [workout.id])


def details_damaged(pipeline: Pipeline, workout: StoredWorkout, _patch: pytest.MonkeyPatch) -> None:
    pipeline.store.change("UPDATE workouts SET details = '{}' WHERE id = ?", [workout.id])


def plan_damaged(pipeline: Pipeline, workout: StoredWorkout, _patch: pytest.MonkeyPatch) -> None:
    pipeline.store.change("UPDATE workouts SET assessment = '{', samples = x'0011' WHERE id = ?", [workout.id])


def rules_fail(_pipeline: Pipeline, workout: StoredWorkout, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(brick: Any, *arguments: Any, **named: Any) -> Recovery:
        if brick.started_at <= workout.started_at < brick.ended_at:
            raise ZeroDivisionError("a rule on an odd workout")
        return recover(brick, *arguments, **named)

    monkeypatch.setattr("hersteld.daemon.planning.assessor.recover", failing)


def database_refuses(pipeline: Pipeline, workout: StoredWorkout, _patch: pytest.MonkeyPatch) -> None:
    pipeline.store.db.execute(
        f"CREATE TRIGGER refuses BEFORE UPDATE ON workouts WHEN OLD.id = {workout.id}"
        " BEGIN SELECT RAISE(ABORT, 'a rule of the database'); END"
    )


# --- why it is looked at again


def settings_changed(pipeline: Pipeline, _other: StoredWorkout) -> None:
    pipeline.configure(athlete__experience="beginner", athlete__max_hr="190")


def late_file(pipeline: Pipeline, _other: StoredWorkout) -> None:
    pipeline.put("late.fit", a_file(NOON - 7 * DAY, minutes=80, bpm=175, sport="cycling"))
    pipeline.put("today.fit", a_file(NOON - 5 * HOUR, minutes=40, bpm=175, sport="cycling"))


def forgotten(pipeline: Pipeline, other: StoredWorkout) -> None:
    changes = Changes(pipeline.store, pipeline.settings, pipeline.clock)
    changes.forget(changes.find(str(other.id)))


def imported(pipeline: Pipeline, _other: StoredWorkout) -> None:
    folder = pipeline.inbox_folder.parent / "export"
    folder.mkdir()
    (folder / "old.fit").write_bytes(a_file(NOON - 9 * DAY, minutes=80, bpm=190))
    Import(pipeline.store, pipeline.settings, pipeline.clock, workers=1).run([folder])


@FIGURES
@pytest.mark.parametrize(
    ("cause", "count"),
    [(settings_changed, 5), (late_file, 7), (forgotten, 4), (imported, 6)],
    ids=["settings changed", "late file", "forgotten", "imported"],
)
@pytest.mark.parametrize(
    "fault",
    [samples_damaged, details_damaged, plan_damaged, rules_fail, database_refuses],
    ids=lambda fault: fault.__name__,
)
@pytest.mark.parametrize("place", PLACES)
def test_the_service_lives_and_the_others_are_told(
    place: str,
    fault: Callable[[Pipeline, StoredWorkout, pytest.MonkeyPatch], None],
    cause: Callable[[Pipeline, StoredWorkout], None],
    count: int,
    pipeline: Pipeline,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    bad = pipeline.stored()[PLACES[place]]
    other = pipeline.stored()[0]
    fault(pipeline, bad, monkeypatch)
    with DatabaseLock(pipeline.database):  # the service runs, so that it is the one that assesses
        cause(pipeline, other)
        pipeline.look()
        pipeline.look()
    assert f"workout {bad.id}" in caplog.text
    assert not pipeline.ingest.reassessment.is_due
    assert DirtyRow(pipeline.store).read().cause is None
    assert "failed" not in pipeline.statuses().values()
    assert len(pipeline.stored()) == count

    pipeline.start()  # a new start dies of it no more than the running service
    pipeline.clock.jump(NOON + 6 * HOUR)
    before = len(pipeline.notifier.received)
    pipeline.put("next.fit", a_file(NOON + 6 * HOUR, minutes=100, bpm=178, sport="rowing"))
    pipeline.look()
    new = [message.title for _, message in pipeline.notifier.received[before:]]
    assert any("row, 1 h 40" in title for title in new), new


@FIGURES
@pytest.mark.parametrize("fault", [samples_damaged, details_damaged], ids=lambda fault: fault.__name__)
def test_what_continues_a_workout_that_cannot_be_read_counts_by_itself(
    fault: Callable[[Pipeline, StoredWorkout, pytest.MonkeyPatch], None],
    pipeline: Pipeline,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    newest = pipeline.stored()[-1]
    fault(pipeline, newest, monkeypatch)
    pipeline.clock.jump(NOON + HOUR)
    pipeline.put("more.fit", a_file(NOON + HOUR - timedelta(minutes=2), minutes=45, bpm=175, sport="cycling"))
    pipeline.look()
    more = pipeline.stored()[-1]
    assert pipeline.statuses()["more.fit"] == "workout"
    assert more.brick_after is None
    assert f"workout {newest.id} is damaged" in caplog.text
    assert "ride" in pipeline.notifier.titles()[-1]


def test_the_last_part_of_a_brick_keeps_its_plan_up_to_date_without_the_part_that_cannot_be_read(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, _, ride, run, _ = pipeline.stored()
    samples_damaged(pipeline, ride, monkeypatch)
    settings_changed(pipeline, run)
    pipeline.look()
    after = pipeline.workouts.summary(run.id)
    assert after.brick_after is None
    assert after.recovery_h != run.recovery_h


@FIGURES
def test_a_better_recording_takes_the_place_of_one_that_cannot_be_read(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    newest = pipeline.stored()[-1]
    samples_damaged(pipeline, newest, monkeypatch)
    pipeline.put("again.fit", a_file(NOON, minutes=89, bpm=170))
    pipeline.look()
    assert pipeline.statuses()["again.fit"] == "workout"
    assert pipeline.stored()[-1].id == newest.id
    assert pipeline.workouts.workout(newest.id).timer_s == 89 * 60


def test_a_digest_that_cannot_be_made_keeps_nothing_from_being_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    pipeline = Pipeline(tmp_path, notify__quiet_hours='"11:00-13:00"')
    for day in range(1, 6):
        pipeline.put(f"{day}.fit", a_file(NOON - day * DAY, minutes=30 + day))
    pipeline.look()
    close(pipeline)
    assert [row.state for row in pipeline.rows("digest")] == ["pending"]

    def failing(**_: object) -> None:
        raise ZeroDivisionError("a rule on an odd history")

    monkeypatch.setattr("hersteld.daemon.planning.backlog.digest", failing)
    pipeline.configure(notify__language="nl")
    for day in range(10, 16):
        pipeline.put(f"{day}.fit", a_file(NOON - day * DAY, minutes=30 + day))
    pipeline.look()
    close(pipeline)
    assert pipeline.ingest.backlog.open_id() is None
    assert "ZeroDivisionError" in caplog.text
    assert [row.state for row in pipeline.rows("digest")] == ["pending"]
    pipeline.clock.jump(NOON + 2 * HOUR)
    pipeline.put("next.fit", a_file(NOON + 2 * HOUR, minutes=100, bpm=178))
    pipeline.look()
    assert len(pipeline.notifier.received) == 2


def test_a_machine_that_fails_is_no_fault_of_a_workout(pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk passes, so what was to be done is still to be done."""

    def failing(*_: object) -> None:
        raise OSError(errno.ENOSPC, "no room")

    monkeypatch.setattr(Assessor, "assess", failing)
    settings_changed(pipeline, pipeline.stored()[0])
    pipeline.look()
    assert pipeline.ingest.reassessment.count_marked() == 5
    monkeypatch.undo()
    pipeline.pass_time(minutes=2)
    assert pipeline.ingest.reassessment.count_marked() == 0
