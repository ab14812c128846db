"""What is stored follows from the settings of today, and whoever was told something else is corrected once."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from hersteld.config.file.load import load_settings
from hersteld.daemon.database.lock import DatabaseLock
from hersteld.daemon.ingest.one_file import Ingest
from hersteld.daemon.planning.reassess import MOST_AT_ONCE, RECENT
from hersteld.daemon.store.dirty import Cause, DirtyRow
from hersteld.recovery.recover import recover
from tests.daemon.planning.test_backlog import what_is_stored
from tests.support.pipeline import NOON, Pipeline, a_file

RUN = a_file(NOON, minutes=70, bpm=168)


def restart(pipeline: Pipeline, **overrides: str) -> None:
    """Start again with other settings."""
    told = {"athlete.experience": "trained", "notify.quiet_hours": '""', "notify.language": "en"}
    pipeline.settings = load_settings(
        None,
        overrides={**told, **{name.replace("__", "."): value for name, value in overrides.items()}},
        environ={"HOME": str(pipeline.inbox_folder.parent)},
    )
    pipeline.settings = replace(
        pipeline.settings, watch=replace(pipeline.settings.watch, folders=(pipeline.inbox_folder,))
    )
    pipeline.start()


def plan_alone(pipeline: Pipeline) -> Any:
    """What the rules say of the run with the settings of now, as `hersteld plan` would."""
    newest = pipeline.stored()[-1]
    workout = pipeline.workouts.workout(newest.id)
    history = pipeline.workouts.history(workout.started_at, without=[newest.id])
    settings = pipeline.settings
    return recover(workout, settings.athlete, history, settings.rules, zone=pipeline.clock.zone()).assessment


def kinds_sent(pipeline: Pipeline) -> list[str]:
    return [row.kind for row in pipeline.rows() if row.state == "sent"]


def after_the_run(tmp_path: Path, **overrides: str) -> Pipeline:
    pipeline = Pipeline(tmp_path, now=NOON + timedelta(minutes=5), **overrides)
    pipeline.put("run.fit", RUN)
    pipeline.look()
    assert kinds_sent(pipeline) == ["first"]
    return pipeline


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"athlete__experience": "elite", "athlete__max_hr": "205"}, {"athlete__experience": "recreational"}),
        ({"athlete__experience": "recreational"}, {"athlete__experience": "elite", "athlete__max_hr": "205"}),
        ({"athlete__experience": "beginner"}, {"athlete__experience": "elite", "athlete__max_hr": "205"}),
    ],
    ids=["stricter", "looser", "no beginner any more"],
)
def test_changed_settings_reach_what_is_stored_and_correct_once_what_was_told(
    tmp_path: Path, before: dict[str, str], after: dict[str, str]
) -> None:
    pipeline = after_the_run(tmp_path, **before)
    told = pipeline.stored()[-1].ready_at
    restart(pipeline, **after)
    pipeline.look()
    holds = pipeline.stored()[-1].ready_at
    assert holds == plan_alone(pipeline).ready_at
    assert told is not None
    assert holds is not None
    assert abs(holds - told) > timedelta(hours=2)
    assert kinds_sent(pipeline) == ["first", "correction"]
    _, (_, correction) = pipeline.notifier.received
    assert "Your settings changed" in correction.body
    for _ in range(2):
        restart(pipeline, **after)
        pipeline.pass_time(hours=1)
    assert kinds_sent(pipeline) == ["first", "correction"]
    pipeline.pass_time(days=5, step=timedelta(minutes=30))
    assert pipeline.notifier.titles().count("Recovered") == 1
    (ready,) = [row for row in pipeline.rows("ready") if row.state == "sent"]
    assert timedelta() <= ready.changed_at - holds < timedelta(hours=13)


def test_going_back_is_corrected_again_as_it_was_told(tmp_path: Path) -> None:
    pipeline = after_the_run(tmp_path, athlete__experience="elite")
    restart(pipeline, athlete__experience="beginner")
    pipeline.look()
    restart(pipeline, athlete__experience="elite")
    pipeline.look()
    assert kinds_sent(pipeline) == ["first", "correction", "correction"]


def test_a_change_that_moves_nothing_by_two_hours_changes_the_plan_and_says_nothing(tmp_path: Path) -> None:
    pipeline = after_the_run(tmp_path, athlete__mass_kg="70")
    restart(pipeline, athlete__mass_kg="71")
    pipeline.look()
    assert kinds_sent(pipeline) == ["first"]
    athlete = pipeline.workouts.recovery(pipeline.stored()[-1].id).physiology
    assert athlete is not None
    assert athlete.mass_kg == 71


def test_a_number_of_the_rules_counts_as_the_athlete_does(tmp_path: Path) -> None:
    pipeline = after_the_run(tmp_path)
    before = pipeline.stored()[-1].recovery_h
    restart(pipeline, rules__rest__level_trained="1.3")
    pipeline.look()
    assert pipeline.stored()[-1].recovery_h > before


def test_the_same_settings_mark_nothing(tmp_path: Path) -> None:
    pipeline = after_the_run(tmp_path)
    pipeline.start()
    assert not pipeline.ingest.reassessment.is_due
    assert DirtyRow(pipeline.store).read().run == 0


def test_recovery_that_is_reached_already_is_told_by_its_own_message_alone(tmp_path: Path) -> None:
    pipeline = after_the_run(tmp_path, athlete__experience="beginner")
    pipeline.clock.move(timedelta(hours=26))
    restart(pipeline, athlete__experience="elite", athlete__max_hr="205")
    pipeline.look()
    assert kinds_sent(pipeline) == ["first", "ready"]


def test_a_correction_that_is_undone_before_it_is_sent_is_not_sent(tmp_path: Path) -> None:
    pipeline = after_the_run(tmp_path, athlete__experience="elite")
    now = pipeline.clock.now().astimezone(pipeline.clock.zone())
    quiet = {"notify__quiet_hours": f'"{now:%H:%M}-{now + timedelta(hours=3):%H:%M}"'}
    restart(pipeline, athlete__experience="beginner", **quiet)
    pipeline.look()
    assert [row.state for row in pipeline.rows() if row.kind == "correction"] == ["pending"]
    restart(pipeline, athlete__experience="elite", **quiet)
    pipeline.pass_time(hours=4)
    assert "correction" not in kinds_sent(pipeline)


def test_nothing_is_said_of_the_past_while_the_clock_shows_a_moment_that_has_passed(tmp_path: Path) -> None:
    pipeline = after_the_run(tmp_path, athlete__experience="elite")
    restart(pipeline, athlete__experience="beginner")
    pipeline.clock.jump(NOON - timedelta(days=2))
    assert pipeline.ingest.reassessment.assess_next() is False
    assert not pipeline.ingest.reassessment.finish()
    pipeline.clock.jump(NOON + timedelta(minutes=10))
    pipeline.look()
    assert kinds_sent(pipeline) == ["first", "correction"]


def test_one_workout_that_is_damaged_on_disk_holds_up_no_other(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    pipeline = Pipeline(tmp_path)
    years(pipeline, 3, apart=timedelta(days=9))
    first, second, third = pipeline.stored()
    pipeline.store.change("UPDATE workouts SET samples = x'00' WHERE id = ?", [second.id])
    restart(pipeline, athlete__max_hr="205")
    pipeline.look()
    assert not pipeline.ingest.reassessment.is_due
    loads = [workout.load for workout in pipeline.stored()]
    assert loads[0] < first.load
    assert loads[1] == second.load
    assert loads[2] < third.load
    assert f"workout {second.id} is damaged" in caplog.text


def test_a_worker_with_other_settings_than_the_service_leaves_the_work_to_it(tmp_path: Path) -> None:
    pipeline = after_the_run(tmp_path, athlete__experience="elite")
    settings = pipeline.settings
    restart(pipeline, athlete__experience="beginner")
    stale = Ingest(pipeline.store, settings, (), pipeline.clock, finishes=False).reassessment
    before = pipeline.stored()[-1].recovery_h
    assert stale.assess_next() is False
    assert pipeline.stored()[-1].recovery_h == before
    assert pipeline.ingest.reassessment.is_due


def test_a_worker_never_takes_the_settings_from_a_service_that_has_just_begun(tmp_path: Path) -> None:
    pipeline = after_the_run(tmp_path, athlete__experience="elite")
    settings = pipeline.settings
    restart(pipeline, athlete__experience="beginner")
    worker = Ingest(pipeline.store, settings, (), pipeline.clock, finishes=False).reassessment
    with DatabaseLock(pipeline.database):  # the worker saw none a moment ago
        assert worker.check_settings() is False
        assert pipeline.ingest.reassessment.has_these_settings()
        pipeline.look()
        assert not pipeline.ingest.reassessment.is_due
    assert worker.check_settings() is True, "where no service runs, the worker assesses"


# --- many years


def years(pipeline: Pipeline, count: int, *, apart: timedelta) -> None:
    """Store so many workouts in silence, the last of them a day ago."""
    pipeline.clock.jump(NOON + timedelta(minutes=5))
    for number in range(count):
        content = a_file(NOON - timedelta(days=1) - (count - 1 - number) * apart, minutes=20, bpm=140 + number % 30)
        for reading in pipeline.ingest.read(content, f"{number}.fit"):
            pipeline.ingest.add_history(reading)


def test_killed_in_the_middle_it_ends_the_same(tmp_path: Path) -> None:
    stores = []
    for name, steps in (("at once", 0), ("killed", 2)):
        (tmp_path / name).mkdir()
        pipeline = Pipeline(tmp_path / name)
        years(pipeline, 4 * MOST_AT_ONCE, apart=timedelta(days=9))
        restart(pipeline, athlete__experience="beginner", athlete__max_hr="200")
        for _ in range(steps):
            assert pipeline.ingest.reassessment.assess_next()
        if steps:  # what a kill leaves is what was committed
            restart(pipeline, athlete__experience="beginner", athlete__max_hr="200")
        pipeline.look()
        assert not pipeline.ingest.reassessment.is_due
        stores.append(what_is_stored(pipeline))
    assert stores[0] == stores[1]


def test_it_ends_as_if_the_settings_had_always_been_these(tmp_path: Path) -> None:
    (tmp_path / "changed").mkdir()
    (tmp_path / "always").mkdir()
    changed = Pipeline(tmp_path / "changed", athlete__experience="elite")
    always = Pipeline(tmp_path / "always", athlete__experience="beginner", athlete__max_hr="200")
    for pipeline in (changed, always):
        years(pipeline, 3 * MOST_AT_ONCE, apart=timedelta(days=13))
    restart(changed, athlete__experience="beginner", athlete__max_hr="200")
    changed.look()
    assert what_is_stored(changed) == what_is_stored(always)


def test_the_recent_workouts_come_first(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path)
    years(pipeline, 6 * MOST_AT_ONCE, apart=timedelta(days=20))
    oldest, *_, newest = pipeline.stored()
    restart(pipeline, athlete__max_hr="205")
    assert pipeline.ingest.reassessment.assess_next()
    after = {workout.id: workout.load for workout in pipeline.stored()}
    recent = [workout for workout in pipeline.stored() if workout.started_at >= pipeline.clock.now() - RECENT]
    assert 0 < len(recent) <= MOST_AT_ONCE
    assert after[newest.id] < newest.load
    assert after[oldest.id] == oldest.load


def test_a_workout_that_comes_meanwhile_is_told_at_once(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path)
    years(pipeline, 6 * MOST_AT_ONCE, apart=timedelta(days=20))
    restart(pipeline, athlete__max_hr="205")
    assert pipeline.ingest.reassessment.assess_next()
    pipeline.ingest.take(pipeline.put("run.fit", RUN))
    assert next(row.kind for row in pipeline.rows() if row.state == "pending") == "first"
    pipeline.look()
    assert kinds_sent(pipeline) == ["first"], "what it was told holds also when all is assessed"


def test_a_late_workout_that_comes_meanwhile_is_told_when_all_is_assessed(tmp_path: Path) -> None:
    pipeline = after_the_run(tmp_path)
    years(pipeline, 6 * MOST_AT_ONCE, apart=timedelta(days=20))
    restart(pipeline, athlete__max_hr="205")
    assert pipeline.ingest.reassessment.assess_next()
    pipeline.ingest.take(pipeline.put("late.fit", a_file(NOON - timedelta(hours=4), minutes=100, bpm=172)))
    late = next(workout for workout in pipeline.stored() if workout.ended_at == NOON - timedelta(hours=4))
    assert [workout.id for workout in pipeline.workouts.untold()] == [late.id]
    pipeline.look()
    assert pipeline.workouts.untold() == ()
    assert kinds_sent(pipeline) == ["first", "correction"]
    assert "Your settings, workouts or nights have changed" in pipeline.notifier.received[-1][1].body


# --- by another process


def test_a_process_that_addresses_nobody_leaves_the_word_to_the_service(tmp_path: Path) -> None:
    pipeline = after_the_run(tmp_path, athlete__experience="elite")
    reassessment = pipeline.ingest.reassessment
    with pipeline.store.write():
        reassessment.mark(NOON - timedelta(days=1), Cause.HISTORY)
    reassessment._finishes = False
    assert reassessment.assess_next() is False
    assert not reassessment.is_due
    assert not reassessment.finish()
    pipeline.start()
    assert pipeline.ingest.reassessment.is_due
    pipeline.look()
    assert not pipeline.ingest.reassessment.is_due
