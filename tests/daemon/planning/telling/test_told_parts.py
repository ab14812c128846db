"""How much is told to drink of a ride and the run that follows it, whenever their files come."""

import gzip
from datetime import timedelta
from pathlib import Path

import pytest

from tests.support.pipeline import NOON, Pipeline, a_file

RIDE = a_file(NOON, minutes=150, bpm=165, sport="cycling")
RUN_STARTED_AT = NOON + timedelta(minutes=40)
RUN_ENDED_AT = RUN_STARTED_AT + timedelta(minutes=33)
RUN = a_file(RUN_ENDED_AT, minutes=33, bpm=175)

IN_ALL = (
    "Drink about 1.4 l in all over the next hours, less what you have had since the first part, with something salty."
    " Stop when you have had enough."
)


def drinking_told(pipeline: Pipeline) -> list[str]:
    """Return what each message says of drinking."""
    lines = (
        [line for line in message.body.splitlines() if "Drink" in line] for _, message in pipeline.notifier.received
    )
    return [" ".join(found).partition(": ")[0] for found in lines]


def told(tmp_path: Path, *, ride_min: int, run_min: int = 2) -> Pipeline:
    """Return what is told when the ride comes so long after its end, and the run so long after its own."""
    pipeline = Pipeline(tmp_path, now=NOON + timedelta(minutes=ride_min))
    pipeline.put("ride.fit", RIDE)
    pipeline.look()
    pipeline.clock.move(RUN_ENDED_AT + timedelta(minutes=run_min) - pipeline.clock.now())
    pipeline.put("run.fit", RUN)
    pipeline.look()
    assert [len(pipeline.stored()), len(pipeline.notifier.received)] == [2, 2]
    return pipeline


@pytest.mark.parametrize(
    ("ride_min", "after_the_run"),
    [
        (1, ""),  # 0.2 l are left, too little to be news
        (20, "Drink about 0.4 l more, with something salty"),
        (38, ""),  # 0.2 l were due on the way, and 0.4 l are still to come
        (50, IN_ALL),
        (72, IN_ALL),
    ],
)
def test_what_was_due_during_the_run_is_told_after_it(tmp_path: Path, ride_min: int, after_the_run: str) -> None:
    ride, run = drinking_told(told(tmp_path, ride_min=ride_min))
    assert ride == "Drink about 1.4 l, with something salty"
    assert run == after_the_run


def test_a_better_recording_asks_for_what_is_left(tmp_path: Path) -> None:
    pipeline, whole = Pipeline(tmp_path, now=NOON + timedelta(minutes=1)), a_file(NOON, minutes=180, bpm=165)
    pipeline.put("half.fit.gz", gzip.compress(whole[: 8 * len(whole) // 10]))
    pipeline.pass_time(minutes=2, step=timedelta(seconds=10))
    pipeline.pass_time(minutes=20)
    pipeline.put("whole.fit", whole)
    pipeline.look()
    first, again = drinking_told(pipeline)
    assert first == "Drink about 1.4 l, with something salty"
    assert again == "Drink about 0.4 l more, with something salty"
