"""Each training is told once, whatever happens to its file; and the plan that counts is that of the newest."""

import gzip
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hersteld.daemon.delivery.notifiers import SendResult
from hersteld.daemon.store.files import files_seen
from hersteld.parsers.writing.fit_writer import FitWriter
from tests.daemon.planning.test_backlog import zipped
from tests.support.pipeline import NOON, Pipeline, a_file


def test_a_hard_training_brings_its_messages_once_to_each_target(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path, "phone", "desktop")
    pipeline.put("a.fit", a_file(minutes=90))
    pipeline.look()
    assert [target for target, _ in pipeline.notifier.received] == ["phone", "desktop"]
    assert pipeline.statuses() == {"a.fit": "workout"}
    pipeline.pass_time(days=4, step=timedelta(hours=1))
    assert all(row.state in ("sent", "cancelled") for row in pipeline.rows())
    keys = [(row.rule, row.target) for row in pipeline.rows() if row.state == "sent"]
    assert len(keys) == len(set(keys)) == len(pipeline.notifier.received)
    assert {rule for rule, _ in keys} == {"first", "evening", "ready"}


def test_no_second_try_falls_into_quiet_hours_and_what_is_still_true_follows_after_them(tmp_path: Path) -> None:
    evening = datetime(2026, 5, 6, 21, 50, tzinfo=UTC)
    pipeline = Pipeline(tmp_path, now=evening, notify__quiet_hours='"22:00-07:00"')
    pipeline.notifier.answer = lambda _target, _message: SendResult(ok=pipeline.clock.now().hour != 21)
    pipeline.put("a.fit", a_file(evening - timedelta(minutes=5), minutes=90))
    pipeline.look()
    assert pipeline.notifier.tried == 1
    pipeline.pass_time(hours=9)
    assert pipeline.notifier.tried == 1
    pipeline.pass_time(hours=1)
    (message,) = [message for _, message in pipeline.notifier.received]
    assert message.title == "Yesterday: hard run, 1 h 30"
    assert "Drink" not in message.body


def test_an_easy_walk_leaves_the_evening_and_the_readiness_of_a_hard_training_standing(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path)
    pipeline.put("ride.fit", a_file(minutes=120, bpm=175, sport="cycling"))
    pipeline.look()
    pipeline.pass_time(hours=2)
    pipeline.put("walk.fit", a_file(pipeline.clock.now(), minutes=20, bpm=85, sport="walking"))
    pipeline.look()
    ride, walk = pipeline.stored()
    pipeline.pass_time(days=4, step=timedelta(hours=1))
    sent = [row for row in pipeline.rows() if row.state == "sent"]
    assert [row.workout_id for row in sent if row.rule == "evening"] == [ride.id]
    (ready,) = [row for row in sent if row.rule == "ready"]
    assert ride.ready_at is not None
    assert ride.ready_at == walk.ready_at
    assert timedelta(0) <= ready.due_at - ride.ready_at <= timedelta(minutes=15)
    assert {row.workout_id for row in sent} == {ride.id}, "the walk itself is nothing to talk about"


def test_the_same_bytes_again_are_nothing_new(tmp_path: Path) -> None:
    """A second name, a rename, a touch, a copy in a sub-folder, packed, and a restart after each."""
    pipeline = Pipeline(tmp_path)
    content = a_file()
    first = pipeline.put("a.fit", content)
    pipeline.look()
    told = len(pipeline.notifier.received)
    assert told == 1
    pipeline.put("copy of a.fit", content)
    pipeline.look()
    first.rename(first.with_name("renamed.fit"))
    pipeline.look()
    os.utime(first.with_name("renamed.fit"))
    pipeline.look()
    pipeline.put("below/deeper/a.fit", content)
    pipeline.start()
    pipeline.look()
    pipeline.put("a.fit.gz", gzip.compress(content))
    pipeline.put("export.zip", zipped({"a.fit": content, "notes.txt": b"none"}))
    pipeline.look()
    pipeline.start()
    pipeline.look()
    assert len(pipeline.notifier.received) == told
    assert len(pipeline.stored()) == 1
    assert len(files_seen(pipeline.store)) == 1


def test_a_gz_is_shown_as_the_file_it_is(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path)
    pipeline.put("ride.fit.gz", gzip.compress(a_file()))
    pipeline.look()
    assert pipeline.statuses() == {"ride.fit.gz": "workout"}


def test_every_fit_file_in_a_zip_is_a_file_of_its_own(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path)
    inner = {
        "one.fit": a_file(NOON - timedelta(days=2)),
        "two.fit": a_file(NOON - timedelta(days=1)),
        "x.jpg": b"\xff\xd8",
    }
    pipeline.put("export.zip", zipped(inner))
    pipeline.look()
    paths = {Path(row.path).name: row.path for row in files_seen(pipeline.store) if row.status == "workout"}
    assert set(paths) == {"one.fit", "two.fit"}
    assert paths["one.fit"].endswith("export.zip/one.fit")
    assert len(pipeline.stored()) == 2


def test_a_newer_training_cancels_what_the_older_one_had_not_sent(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path)
    pipeline.put("a.fit", a_file(minutes=90))
    pipeline.look()
    pipeline.clock.move(timedelta(hours=3))
    pipeline.put("b.fit", a_file(NOON + timedelta(hours=3), minutes=45))
    pipeline.look()
    older, newer = pipeline.stored()
    states = {(row.workout_id, row.rule): row.state for row in pipeline.rows()}
    assert states[older.id, "first"] == "sent"
    assert states[older.id, "ready"] == "cancelled"
    assert states[newer.id, "first"] == "sent"
    assert [row.workout_id for row in pipeline.outbox.waiting() if row.rule == "ready"] == [newer.id]


def test_an_older_training_that_arrives_late_cancels_nothing_and_is_not_told_by_itself(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path, now=NOON + timedelta(hours=4, minutes=5))
    pipeline.put("new.fit", a_file(NOON + timedelta(hours=4)))
    pipeline.look()
    waiting = [(row.workout_id, row.rule) for row in pipeline.outbox.waiting()]
    pipeline.put("old.fit", a_file(NOON))
    pipeline.look()
    assert [(row.workout_id, row.rule) for row in pipeline.outbox.waiting()] == waiting
    assert [row.rule.partition("_")[0] for row in pipeline.rows() if row.state == "sent"] == ["first", "correction"]
    assert len(pipeline.workouts.history(NOON + timedelta(hours=5)).workouts) == 2


@pytest.mark.parametrize("in_order", [True, False])
def test_a_brick_is_one_plan_and_its_loads_count_once(tmp_path: Path, in_order: bool) -> None:
    pipeline = Pipeline(tmp_path, now=NOON + timedelta(minutes=5))
    ride = a_file(NOON, sport="cycling", minutes=60)
    run_ended_at = NOON + timedelta(minutes=50)
    run = a_file(run_ended_at, minutes=30)
    if in_order:
        pipeline.put("ride.fit", ride)
        pipeline.look()
        pipeline.clock.jump(run_ended_at + timedelta(minutes=5))
        pipeline.put("run.fit", run)
    else:
        pipeline.clock.jump(run_ended_at + timedelta(minutes=5))
        pipeline.put("run.fit", run)
        pipeline.look()
        pipeline.put("ride.fit", ride)
    pipeline.look()
    first, second = pipeline.stored()
    assert second.brick_after == first.id
    whole = pipeline.workouts.recovery(second.id)
    assert whole.load.value == pytest.approx(first.load + second.load, rel=0.02)
    alone = Pipeline(_folder(tmp_path, "alone"), now=run_ended_at + timedelta(minutes=5))
    alone.put("run.fit", run)
    alone.look()
    assert second.ready_at is not None
    assert alone.stored()[0].ready_at is not None
    assert second.ready_at > alone.stored()[0].ready_at  # type: ignore[operator]
    past = pipeline.workouts.history(NOON + timedelta(days=1)).workouts
    assert sum(one.load for one in past) == pytest.approx(first.load + second.load)
    assert {row.workout_id for row in pipeline.outbox.waiting()} == {second.id}


def test_a_training_of_yesterday_is_counted_without_a_message(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path, now=NOON + timedelta(hours=13))
    pipeline.put("a.fit", a_file())
    pipeline.look()
    assert pipeline.rows("first") == []
    assert pipeline.notifier.received == []
    assert len(pipeline.workouts.history(NOON + timedelta(days=1)).workouts) == 1


def test_many_at_once_make_one_digest_when_the_last_has_come(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path)
    for day in range(1, 6):
        pipeline.put(f"{day}.fit", a_file(NOON - timedelta(days=day)))
    pipeline.put("notes.fit", b"this is no fit file at all, whatever its name says")
    pipeline.look()
    assert pipeline.notifier.received == []
    pipeline.put("6.fit", a_file(NOON - timedelta(days=6)))
    pipeline.look()
    assert pipeline.notifier.received == []
    pipeline.pass_time(minutes=2, step=timedelta(seconds=5))
    assert [row.rule for row in pipeline.rows()] == ["digest"]
    ((_, message),) = pipeline.notifier.received
    assert "6" in message.title + message.body
    assert len(pipeline.stored()) == 6
    pipeline.put("next.fit", a_file(NOON + timedelta(minutes=5), minutes=4))
    pipeline.look()
    assert pipeline.ingest.backlog.open_id() is None


def test_a_crash_in_the_middle_of_many_does_not_make_the_rest_look_fresh(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path)
    with pipeline.ingest.arrivals() as arrivals:
        for hour in range(4):
            content = a_file(NOON - timedelta(hours=2 * hour), minutes=30)
            for reading in pipeline.ingest.read(content, f"{hour}.fit"):
                arrivals.add(reading)
    pipeline.start()
    pipeline.put("last.fit", a_file(NOON - timedelta(hours=8), minutes=30))
    pipeline.look()
    pipeline.pass_time(minutes=2)
    assert [row.rule for row in pipeline.rows()] == ["digest"]
    assert "5" in pipeline.rows()[0].body + pipeline.rows()[0].title


def test_ten_other_files_with_a_training_are_no_backlog(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path)
    for number in range(10):
        pipeline.put(f"course{number}.fit", _a_course(number))
    pipeline.put("a.fit", a_file())
    pipeline.look()
    assert len(pipeline.notifier.received) == 1
    assert sorted(set(pipeline.statuses().values())) == ["ignored", "workout"]


def test_a_device_without_a_clock_gets_no_plan(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path)
    pipeline.put("a.fit", a_file(datetime(1990, 1, 2, tzinfo=UTC)))
    pipeline.look()
    assert pipeline.statuses() == {"a.fit": "workout"}
    assert pipeline.rows() == []
    assert pipeline.workouts.history(NOON).workouts == ()


def test_a_training_from_the_future_silences_nobody(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path)
    pipeline.put("odd.fit", a_file(NOON + timedelta(days=900)))
    pipeline.look()
    assert pipeline.rows() == []
    pipeline.put("a.fit", a_file())
    pipeline.look()
    assert len(pipeline.notifier.received) == 1


def test_the_disclaimer_stands_in_the_first_message_ever_and_no_other(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path)
    pipeline.put("a.fit", a_file(minutes=90))
    pipeline.look()
    pipeline.pass_time(days=2, step=timedelta(hours=1))
    pipeline.put("b.fit", a_file(NOON + timedelta(days=2), minutes=90))
    pipeline.look()
    disclaimed = ["not medical advice" in message.body for _, message in pipeline.notifier.received]
    assert disclaimed[0]
    assert disclaimed.count(True) == 1
    assert len(disclaimed) >= 3


def test_no_fit_file_is_rejected_with_a_reason_once_it_stays_as_it_is(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path)
    pipeline.put("a.fit", b"<html>404 not found, and long enough to be a header</html>")
    pipeline.look()
    assert pipeline.statuses() == {}, "it may be in the middle of being written"
    pipeline.pass_time(minutes=2, step=timedelta(seconds=10))
    (row,) = files_seen(pipeline.store)
    assert row.status == "rejected"
    assert row.reason


def test_a_file_that_the_database_refuses_is_named_and_holds_up_no_other(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    pipeline = Pipeline(tmp_path)
    pipeline.store.db.execute(
        "CREATE TRIGGER refuses BEFORE INSERT ON workouts WHEN NEW.sport = 'rowing'"
        " BEGIN SELECT RAISE(ABORT, 'a rule of the database'); END"
    )
    pipeline.put("a.fit", a_file(NOON - timedelta(hours=5), sport="rowing"))
    pipeline.put("b.fit", a_file())
    pipeline.look()
    assert pipeline.statuses() == {"b.fit": "workout"}
    assert len(pipeline.notifier.received) == 1
    failures = [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]
    assert len(failures) == 1
    assert "a.fit" in failures[0]


def _a_course(number: int) -> bytes:
    writer = FitWriter()
    writer.message("file_id", {"type": "course", "manufacturer": "garmin", "serial_number": 1000 + number})
    return writer.finish()


def _folder(parent: Path, name: str) -> Path:
    (parent / name).mkdir()
    return parent / name
