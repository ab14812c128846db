"""Who sends nothing for long is asked once if the files still arrive."""

from datetime import timedelta
from pathlib import Path

import pytest

from hersteld.daemon.delivery.notifiers import SendResult
from hersteld.parsers.line import Line
from tests.support.pipeline import NOON, Pipeline, a_file

DAY = timedelta(days=1)
TITLE = "Nothing for a while"
_STEP = timedelta(hours=1)


def trained(folder: Path, *, every: timedelta, **settings: str) -> Pipeline:
    """Return the pipeline of somebody who has trained so often for five weeks, up to yesterday noon."""
    pipeline = Pipeline(folder)
    pipeline.configure(notify__weekly='""', **settings)
    day = 35 * DAY
    pipeline.clock.jump(NOON - day)
    while day >= DAY:
        pipeline.clock.jump(NOON - day + timedelta(minutes=5))
        pipeline.put(f"{day.total_seconds()}.fit", a_file(NOON - day, minutes=30, bpm=110, sport="cycling"))
        pipeline.look()
        day -= every
    return pipeline


def asked(pipeline: Pipeline) -> int:
    return pipeline.notifier.titles().count(TITLE)


def test_it_asks_at_noon_after_so_many_days_and_once(tmp_path: Path) -> None:
    pipeline = trained(tmp_path, every=DAY)
    last = pipeline.clock.now()
    pipeline.pass_time(days=5, hours=12, step=_STEP)
    assert asked(pipeline) == 0
    pipeline.pass_time(days=1, step=_STEP)
    assert asked(pipeline) == 1
    (row,) = pipeline.rows("silence")
    assert row.due_at - last > 5 * DAY
    assert (row.due_at.hour, row.due_at.date()) == (12, last.date() + 6 * DAY)
    for _ in range(3):
        pipeline.start()
        pipeline.pass_time(days=10, step=timedelta(hours=6))
    assert asked(pipeline) == 1


def test_a_new_workout_begins_it_anew(tmp_path: Path) -> None:
    pipeline = trained(tmp_path, every=DAY)
    pipeline.pass_time(days=8, step=_STEP)
    assert asked(pipeline) == 1
    for number in range(10):
        pipeline.put(f"new-{number}.fit", a_file(pipeline.clock.now(), minutes=30, bpm=110, sport="cycling"))
        pipeline.look()
        pipeline.pass_time(days=1, step=timedelta(hours=3))
    pipeline.pass_time(days=9, step=_STEP)
    assert asked(pipeline) == 2


def test_who_trains_seldom_is_not_asked(tmp_path: Path) -> None:
    pipeline = trained(tmp_path, every=4 * DAY)
    pipeline.pass_time(days=40, step=timedelta(hours=3))
    assert asked(pipeline) == 0


def test_who_does_not_want_it_is_not_asked(tmp_path: Path) -> None:
    pipeline = trained(tmp_path, every=DAY, notify__silence="false")
    pipeline.pass_time(days=12, step=_STEP)
    assert asked(pipeline) == 0


@pytest.mark.parametrize(("quiet_hours", "hour"), [("22:00-07:00", 12), ("11:00-15:00", 15)])
def test_in_quiet_hours_at_noon_it_waits_for_their_end(tmp_path: Path, quiet_hours: str, hour: int) -> None:
    pipeline = trained(tmp_path, every=DAY, notify__quiet_hours=quiet_hours)
    pipeline.pass_time(days=8, step=_STEP)
    assert asked(pipeline) == 1
    assert [row.due_at.hour for row in pipeline.rows("silence")] == [hour]


def test_a_question_that_waits_is_taken_back_when_something_comes_in(tmp_path: Path) -> None:
    pipeline = trained(tmp_path, every=DAY)
    pipeline.notifier.answer = lambda _target, _message: SendResult(ok=False, reason=Line("delivery.no_connection"))
    pipeline.pass_time(days=6, hours=13, step=_STEP)
    assert [row.state for row in pipeline.rows("silence")] == ["pending"]
    pipeline.put("new.fit", a_file(pipeline.clock.now(), minutes=30, bpm=110, sport="cycling"))
    pipeline.look()
    assert [row.state for row in pipeline.rows("silence")] == ["cancelled"]
