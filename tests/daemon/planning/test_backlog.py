"""Many files at once: what is new is told, what is old is counted, and their order changes nothing."""

import itertools
import tempfile
import zipfile
from collections.abc import Sequence
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hersteld.daemon.answers.changes import Changes
from hersteld.recovery.advice import Recovery
from tests.support.pipeline import NOON, Pipeline, a_file

# A month with everything that depends on the past: the highest heart rate ever seen, fatigue, and a brick.
MONTH = {
    "test": a_file(NOON - timedelta(days=30), minutes=25, bpm=196),
    "long": a_file(NOON - timedelta(days=24), minutes=100, bpm=188, sport="cycling"),
    "race": a_file(NOON - timedelta(days=17), minutes=40, bpm=191),
    "easy": a_file(NOON - timedelta(days=9), minutes=45, bpm=128),
    "ride": a_file(NOON - timedelta(days=3), minutes=60, bpm=150, sport="cycling"),
    "run": a_file(NOON - timedelta(days=3) + timedelta(minutes=50), minutes=30, bpm=160),
    "last": a_file(NOON - timedelta(days=2), minutes=70, bpm=165),
}


def close(pipeline: Pipeline) -> None:
    pipeline.pass_time(minutes=2, step=timedelta(seconds=5))
    assert pipeline.ingest.backlog.open_id() is None


def take(pipeline: Pipeline, files: Sequence[tuple[str, bytes]]) -> None:
    """Let files come within one backlog, in this order."""
    with pipeline.ingest.arrivals() as arrivals:
        for name, content in files:
            for reading in pipeline.ingest.read(content, name):
                arrivals.add(reading)
    close(pipeline)


def what_is_stored(pipeline: Pipeline) -> list[dict[str, Any]]:
    """All that the store says of the workouts, but for their numbers in order of arrival."""
    found = []
    for one in pipeline.stored():
        brick_after = None if one.brick_after is None else pipeline.workouts.summary(one.brick_after).identity
        columns = {name: getattr(one, name) for name in one.__dataclass_fields__ if name not in ("id", "stored_at")}
        found.append({**columns, "brick_after": brick_after, "plan": pipeline.workouts.recovery(one.id)})
    return found


@settings(max_examples=8, deadline=None)
@given(order=st.permutations(sorted(MONTH)))
def test_any_order_gives_the_same_store(order: list[str]) -> None:
    stores = []
    for names in (sorted(MONTH), order):
        with tempfile.TemporaryDirectory() as folder:
            pipeline = Pipeline(Path(folder))
            take(pipeline, [(name, MONTH[name]) for name in names])
            stores.append(what_is_stored(pipeline))
            pipeline.store.close()
    assert stores[0] == stores[1]


def test_a_backlog_of_the_past_is_what_day_by_day_would_have_made(tmp_path: Path) -> None:
    (tmp_path / "days").mkdir()
    (tmp_path / "once").mkdir()
    days, once = Pipeline(tmp_path / "days"), Pipeline(tmp_path / "once")
    by_start = ("test", "long", "race", "easy", "ride", "run", "last")
    for name in by_start:
        days.put(f"{name}.fit", MONTH[name])
        days.look()
    take(once, [(name, MONTH[name]) for name in reversed(by_start)])
    assert what_is_stored(once) == what_is_stored(days)


def test_one_workout_has_one_load(tmp_path: Path) -> None:
    """Also when hard ones of before come late, and show that this heart rate was not so high."""
    pipeline = Pipeline(tmp_path)
    pipeline.put("new.fit", a_file(minutes=90, bpm=165))
    pipeline.look()
    before = pipeline.stored()[0].load
    for days in (7, 6, 5):
        pipeline.put(f"{days}.fit", a_file(NOON - timedelta(days=days), minutes=40, bpm=195))
        pipeline.look()
    new = pipeline.stored()[-1]
    plan: Recovery = pipeline.workouts.recovery(new.id)
    assert new.load != before
    assert (new.load, new.rung, new.grade) == (float(plan.load.value), plan.load.rung, plan.load.grade)
    assert (new.intensity, new.hard) == (plan.assessment.intensity, plan.assessment.hard)


def test_todays_training_among_old_ones_is_told_and_they_are_counted(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path)
    pipeline.put("today.fit", a_file(minutes=90))
    for day in range(1, 4):
        pipeline.put(f"{day}.fit", a_file(NOON - timedelta(days=day)))
    pipeline.look()
    close(pipeline)
    today = pipeline.stored()[-1]
    assert [row.rule for row in pipeline.rows() if row.state == "sent"] == ["first", "digest"]
    assert {row.workout_id for row in pipeline.rows() if row.rule != "digest"} == {today.id}
    assert {"evening", "ready"} <= {row.rule for row in pipeline.outbox.waiting()}
    assert [message.body.count("not medical advice") for _, message in pipeline.notifier.received] == [1, 0]


def test_todays_training_that_comes_while_old_ones_are_read_is_told(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path)
    for day in range(1, 6):
        pipeline.put(f"{day}.fit", a_file(NOON - timedelta(days=day)))
    pipeline.look()
    pipeline.pass_time(seconds=5, step=timedelta(seconds=5))
    pipeline.put("today.fit", a_file(minutes=90))
    pipeline.look()
    close(pipeline)
    assert sorted(row.rule for row in pipeline.rows() if row.state == "sent") == ["digest", "first"]


def test_one_training_under_many_recordings_is_told_like_any_other(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path)
    for number in range(5):
        pipeline.put(f"{number}.fit", a_file(NOON - timedelta(seconds=number), minutes=90))
    pipeline.look()
    close(pipeline)
    assert len(pipeline.stored()) == 1
    assert [row.rule for row in pipeline.rows() if row.state == "sent"] == ["first"]


def test_more_than_three_of_today_are_only_counted(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path)
    for number in range(4):
        pipeline.put(f"{number}.fit", a_file(NOON - timedelta(hours=2 * number), minutes=30))
    pipeline.look()
    close(pipeline)
    assert [row.rule for row in pipeline.rows()] == ["digest"]


def test_what_was_told_before_a_richer_copy_came_among_many_is_corrected_once(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path)
    pipeline.put("phone.fit", a_file(minutes=90, bpm=150))
    pipeline.look()
    assert len(pipeline.notifier.received) == 1
    pipeline.put("watch.fit", a_file(minutes=90, bpm=172, power=210))
    for day in range(1, 6):
        pipeline.put(f"{day}.fit", a_file(NOON - timedelta(days=day)))
    pipeline.look()
    close(pipeline)
    assert sorted(row.kind for row in pipeline.rows() if row.state == "sent") == ["correction", "digest", "first"]
    newest = pipeline.stored()[-1]
    assert newest.load == float(pipeline.workouts.recovery(newest.id).load.value)


def test_being_stopped_while_putting_things_in_order_is_made_up_for_at_the_next_start(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path)
    names = ("last", "run", "ride", "easy", "race", "long", "test")
    with pipeline.ingest.arrivals() as arrivals:
        for name, reading in itertools.chain.from_iterable(
            [(name, one) for one in pipeline.ingest.read(MONTH[name], name)] for name in names
        ):
            del name
            arrivals.add(reading)
    assert pipeline.ingest.reassessment.assess_next() is False
    assert pipeline.ingest.backlog.open_id() is not None
    pipeline.start()
    close(pipeline)
    assert [row.rule for row in pipeline.rows()] == ["digest"]
    for one in pipeline.stored():
        if one.brick_after is None:
            assert one.load == pytest.approx(pipeline.workouts.recovery(one.id).load.value)


@pytest.mark.figures("one broken, odd or empty file in an archive", "{tried} faults: 0 other files lost")
def test_an_export_that_is_broken_further_on_gives_all_but_that_file_which_is_named(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path)
    files = {f"{day}.fit": a_file(NOON - timedelta(days=day), minutes=10) for day in (1, 2, 3, 4)}
    content = bytearray(zipped(files))
    third = content.index(b"3.fit")
    content[third + 20] ^= 0xFF
    pipeline.put("export.zip", bytes(content))
    pipeline.look()
    assert set(pipeline.statuses()) == {"1.fit", "2.fit"}, "the rest may still be written"
    pipeline.pass_time(minutes=2, step=timedelta(seconds=10))
    assert pipeline.statuses() == {"1.fit": "workout", "2.fit": "workout", "3.fit": "rejected", "4.fit": "workout"}


def zipped(files: dict[str, bytes]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def test_a_digest_that_waits_counts_no_workout_that_is_forgotten_by_now(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path, notify__quiet_hours='"11:00-18:00"')
    for day in range(1, 6):
        pipeline.put(f"{day}.fit", a_file(NOON - timedelta(days=day), minutes=30 + day))
    pipeline.look()
    close(pipeline)
    assert [row.title for row in pipeline.rows("digest")] == ["5 workouts"]
    changes = Changes(pipeline.store, pipeline.settings, pipeline.clock)
    workouts = pipeline.stored()
    for left, workout in zip((4, 3, 2, 1, 0), workouts, strict=True):
        changes.forget(changes.find(str(workout.id)))
        pipeline.look()
        waiting = [row.title for row in pipeline.rows("digest") if row.state == "pending"]
        assert waiting == ([f"{left} workouts"] if left > 1 else ["1 workout"] if left else [])
    pipeline.pass_time(hours=10)
    assert pipeline.notifier.received == []
