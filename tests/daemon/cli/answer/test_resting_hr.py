"""`resting-hr` comes before what a watch says of the same morning."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from hersteld.daemon.answers.answers import Answers
from hersteld.daemon.store.answers.rows import Kind, Source
from hersteld.daemon.store.days import nights_between
from tests.support.nights.stored import nights_come
from tests.support.nights.usual import a_night
from tests.support.pipeline import NOON, Pipeline


def test_it_comes_before_that_of_a_watch_and_leaves_the_rest_of_the_night(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path, now=datetime.combine(NOON.date(), NOON.timetz()) + timedelta(minutes=1))
    today = NOON.astimezone(UTC).date()
    nights_come(pipeline, a_night(today, rmssd=50, resting=55))
    answers = Answers(pipeline.store, pipeline.settings, pipeline.clock)
    answers.rest_at(47, Source.COMMAND)
    assert [(one.resting_hr_bpm, one.rmssd_ms) for one in nights_between(pipeline.store, today, today)] == [(47, 50)]
    answers.take_back_last(Kind.RESTING_HR)
    assert [(one.resting_hr_bpm, one.rmssd_ms) for one in nights_between(pipeline.store, today, today)] == [(55, 50)]
    pipeline.store.close()
