"""What a file holds later replaces what it held before only if it is the same activity."""

from datetime import timedelta
from pathlib import Path

from tests.daemon.planning.test_backlog import zipped
from tests.support.pipeline import NOON, Pipeline, a_file


def put_twice(tmp_path: Path, first: bytes, second: bytes) -> Pipeline:
    """Let a file arrive, and other content at the same path."""
    pipeline = Pipeline(tmp_path)
    for content in (first, second):
        pipeline.put("ride.fit", content)
        pipeline.look()
        pipeline.pass_time(minutes=5, step=timedelta(minutes=1))
    return pipeline


def test_a_cropped_workout_takes_the_place_of_the_longer_one(tmp_path: Path) -> None:
    pipeline = put_twice(tmp_path, a_file(minutes=60), a_file(NOON - timedelta(minutes=30), minutes=30))
    (workout,) = pipeline.stored()
    assert workout.timer_s < 31 * 60


def test_a_name_that_is_used_again_keeps_the_earlier_workout(tmp_path: Path) -> None:
    pipeline = put_twice(tmp_path, a_file(NOON - timedelta(days=1), minutes=60), a_file(minutes=45))
    assert len(pipeline.stored()) == 2


def test_less_than_half_in_common_is_a_further_workout(tmp_path: Path) -> None:
    pipeline = put_twice(tmp_path, a_file(NOON - timedelta(minutes=35), minutes=60), a_file(minutes=60))
    assert len(pipeline.stored()) == 2


def test_what_the_same_device_began_at_the_same_moment_is_the_same_and_who_was_told_is_told_once(
    tmp_path: Path,
) -> None:
    began = NOON - timedelta(hours=4)
    whole = a_file(minutes=100, bpm=178, created_at=began)
    cropped = a_file(NOON - timedelta(hours=2), minutes=40, bpm=130, created_at=began)
    pipeline = put_twice(tmp_path, whole, cropped)
    (workout,) = pipeline.stored()
    assert workout.ended_at == NOON - timedelta(hours=2)
    pipeline.pass_time(days=3, step=timedelta(hours=2))
    assert [title for title in pipeline.notifier.titles() if "Correction" in title] == ["Correction: your rest"]


def test_what_the_same_device_began_at_another_moment_is_another_file(tmp_path: Path) -> None:
    began = NOON - timedelta(hours=4)
    pipeline = put_twice(
        tmp_path, a_file(NOON - timedelta(hours=2), created_at=began), a_file(created_at=began + timedelta(seconds=1))
    )
    assert len(pipeline.stored()) == 2


def test_content_that_is_cut_off_does_not_replace_what_was_whole(tmp_path: Path) -> None:
    whole = a_file(minutes=60)
    pipeline = put_twice(tmp_path, whole, whole[: len(whole) // 2])
    pipeline.pass_time(days=2, step=timedelta(hours=3))
    (workout,) = pipeline.stored()
    assert workout.timer_s > 59 * 60


def test_a_file_that_vanishes_is_not_forgotten(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path)
    path = pipeline.put("ride.fit", a_file())
    pipeline.look()
    path.unlink()
    pipeline.pass_time(hours=1)
    assert len(pipeline.stored()) == 1


def test_what_vanishes_from_an_export_that_is_overwritten_is_not_forgotten(tmp_path: Path) -> None:
    older, newer = a_file(NOON - timedelta(days=2)), a_file(NOON - timedelta(days=1))
    pipeline = Pipeline(tmp_path)
    for content in (zipped({"1.fit": older, "2.fit": newer}), zipped({"2.fit": newer, "3.fit": a_file(NOON)})):
        pipeline.put("export.zip", content)
        pipeline.look()
        pipeline.pass_time(minutes=5, step=timedelta(minutes=1))
    assert len(pipeline.stored()) == 3
