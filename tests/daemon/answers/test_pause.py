"""In a pause nobody is told that they are ready, asked where the files are, or woken by the morning word."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from hersteld.daemon.answers.answers import Answers, BadAnswer
from hersteld.daemon.database.lock import DatabaseLock
from hersteld.daemon.store.answers.rows import Kind, Source, answers_of_kind
from hersteld.recovery.messages.draft import MessageKind
from tests.support.pipeline import NOON, Pipeline, a_file

DAY = timedelta(days=1)


def a_pipeline(folder: Path, **overrides: str) -> Pipeline:
    """Return a service that has just told of a hard run, and waits to say that the athlete is ready."""
    pipeline = Pipeline(folder, now=NOON + timedelta(minutes=5), **overrides)
    pipeline.put("hard.fit", a_file(NOON, minutes=90, bpm=172))
    pipeline.look()
    assert MessageKind.READY in {row.kind for row in pipeline.rows() if row.waits}
    return pipeline


@pytest.fixture
def pipeline(tmp_path: Path) -> Iterator[Pipeline]:
    pipeline = a_pipeline(tmp_path)
    yield pipeline
    pipeline.store.close()


def answers(pipeline: Pipeline) -> Answers:
    return Answers(pipeline.store, pipeline.settings, pipeline.clock)


def waiting(pipeline: Pipeline) -> list[tuple[object, ...]]:
    return [(row.rule, row.body, row.due_at, row.expires_at) for row in pipeline.rows() if row.waits]


def sent(pipeline: Pipeline) -> set[MessageKind]:
    return {row.kind for row in pipeline.rows() if row.state == "sent"}


@pytest.mark.parametrize("is_running", [False, True])
@pytest.mark.parametrize("why", ["ill", "injured", "away"])
def test_nobody_is_told_of_readiness_in_a_pause(why: str, is_running: bool, pipeline: Pipeline) -> None:
    if is_running:
        with DatabaseLock(pipeline.database):
            answers(pipeline).pause(why, None, Source.COMMAND)
            pipeline.look()
    else:
        answers(pipeline).pause(why, None, Source.COMMAND)
    pipeline.pass_time(days=4, step=timedelta(hours=1))
    assert sent(pipeline) == {MessageKind.FIRST, MessageKind.EVENING}


def test_a_pause_that_is_taken_back_or_over_in_time_was_never_there(pipeline: Pipeline) -> None:
    before = waiting(pipeline)
    said = answers(pipeline)
    said.pause("ill", None, Source.COMMAND)
    assert waiting(pipeline) != before
    said.take_back_last(Kind.PAUSE)
    pipeline.look()
    assert waiting(pipeline) == before
    said.pause("away", None, Source.COMMAND)
    pipeline.look()
    said.end_pause(Source.COMMAND)
    pipeline.look()
    assert waiting(pipeline) == before
    pipeline.pass_time(days=4, step=timedelta(hours=1))
    assert MessageKind.READY in sent(pipeline)
    assert MessageKind.CORRECTION not in sent(pipeline)


def test_readiness_after_the_last_day_of_a_pause_is_told(pipeline: Pipeline) -> None:
    answers(pipeline).pause("away", NOON.date(), Source.COMMAND)
    pipeline.pass_time(days=4, step=timedelta(hours=1))
    assert MessageKind.READY in sent(pipeline)


def test_the_morning_is_silent_and_nobody_asks_where_the_files_are(tmp_path: Path) -> None:
    kinds = []
    for name in ("training", "paused"):
        folder = tmp_path / name
        folder.mkdir()
        pipeline = a_pipeline(folder, **{"notify.morning": '"08:00"'})
        for back in range(2, 40, 2):
            pipeline.put(f"{back}.fit", a_file(NOON - back * DAY, minutes=40, bpm=140))
        pipeline.look()
        if name == "paused":
            answers(pipeline).pause("ill", None, Source.COMMAND)
        pipeline.pass_time(days=12, step=timedelta(hours=2))
        kinds.append(sent(pipeline) & {MessageKind.MORNING, MessageKind.SILENCE})
        pipeline.store.close()
    assert kinds == [{MessageKind.MORNING, MessageKind.SILENCE}, set()]


def test_the_silence_after_a_pause_begins_with_its_end(tmp_path: Path) -> None:
    pipeline = a_pipeline(tmp_path)
    for back in range(2, 40, 2):
        pipeline.put(f"{back}.fit", a_file(NOON - back * DAY, minutes=40, bpm=140))
    pipeline.look()
    answers(pipeline).pause("away", NOON.date() + 10 * DAY, Source.COMMAND)
    pipeline.pass_time(days=14, step=timedelta(hours=3))
    assert MessageKind.SILENCE not in sent(pipeline), "eleven days of pause, and three since"
    pipeline.pass_time(days=6, step=timedelta(hours=3))
    assert MessageKind.SILENCE in sent(pipeline)
    pipeline.store.close()


@pytest.mark.parametrize(("language", "told"), [("en", "You were ill: keep it easy until"), ("nl", "Je was ziek:")])
def test_the_first_message_after_an_illness_says_to_begin_gently_until_as_many_days_have_passed(
    language: str, told: str, tmp_path: Path
) -> None:
    pipeline = a_pipeline(tmp_path, **{"notify.language": language})
    answers(pipeline).pause("ill", None, Source.COMMAND)
    for days in (4, 7, 9):
        pipeline.clock.move(NOON + days * DAY + timedelta(minutes=5) - pipeline.clock.now())
        pipeline.put(f"{days}.fit", a_file(NOON + days * DAY, minutes=75, bpm=170))
        pipeline.look()
    firsts = [row.body for row in pipeline.rows("first")]
    assert [told in body for body in firsts] == [False, True, True, False]
    pipeline.store.close()


@pytest.mark.parametrize(("bpm", "is_over"), [(170, False), (110, True)])
def test_a_pause_that_is_taken_back_after_several_workouts_leaves_nothing_in_any(
    bpm: int, is_over: bool, tmp_path: Path
) -> None:
    """Nor does its end, which was said between two walks and is taken back, too."""
    plans = []
    for name in ("never", "taken back"):
        folder = tmp_path / name
        folder.mkdir()
        pipeline = a_pipeline(folder)
        said = answers(pipeline)
        if name == "taken back":
            said.pause("ill", None, Source.COMMAND)
        for days in (4, 6, 7, 9):
            pipeline.clock.move(NOON + days * DAY + timedelta(minutes=5) - pipeline.clock.now())
            pipeline.put(f"{days}.fit", a_file(NOON + days * DAY, minutes=30, bpm=bpm))
            pipeline.look()
            if name == "taken back" and days == 4 and is_over:
                said.end_pause(Source.COMMAND)
        for _ in answers_of_kind(pipeline.store, Kind.PAUSE):
            said.take_back_last(Kind.PAUSE)
        plans.append([(one.ready_at, pipeline.workouts.recovery(one.id)) for one in pipeline.stored()])
        pipeline.store.close()
    assert plans[0] == plans[1]


def test_what_is_no_pause_is_refused(pipeline: Pipeline) -> None:
    said = answers(pipeline)
    for why, until in (("lazy", None), ("ill", date(2026, 5, 5)), ("ill", date(2062, 5, 6)), ("ill", date.max)):
        with pytest.raises(BadAnswer):
            said.pause(why, until, Source.COMMAND)
    with pytest.raises(BadAnswer):
        said.end_pause(Source.COMMAND)
    with pytest.raises(BadAnswer):
        said.take_back_last(Kind.PAUSE)


@pytest.mark.parametrize("why", ["ill", "injured", "away"])
def test_nobody_is_told_in_a_pause_when_to_train_again_and_is_once_it_is_over(why: str, pipeline: Pipeline) -> None:
    said = answers(pipeline)
    said.pause(why, None, Source.COMMAND)
    pipeline.put("late.fit", a_file(NOON - timedelta(hours=6), minutes=150, bpm=165))
    pipeline.look()
    pipeline.pass_time(hours=2)
    assert MessageKind.CORRECTION not in {row.kind for row in pipeline.rows()}
    said.end_pause(Source.COMMAND)
    pipeline.look()
    pipeline.pass_time(minutes=5)
    assert MessageKind.CORRECTION in sent(pipeline)


def test_a_correction_within_a_pause_whose_end_is_known_waits_for_that(pipeline: Pipeline) -> None:
    said = answers(pipeline)
    said.pause("away", NOON.date(), Source.COMMAND)
    pipeline.put("late.fit", a_file(NOON - timedelta(hours=6), minutes=150, bpm=165))
    pipeline.look()
    (row,) = [row for row in pipeline.rows() if row.kind is MessageKind.CORRECTION]
    pause = said.current_pause()
    assert pause is not None
    assert pause.until is not None
    assert row.waits
    assert row.due_at >= pause.until


def test_a_correction_that_waits_does_not_leave_in_a_pause(pipeline: Pipeline) -> None:
    pipeline.configure(notify__quiet_hours="10:00-20:00")
    pipeline.put("late.fit", a_file(NOON - timedelta(hours=6), minutes=150, bpm=165))
    pipeline.look()
    assert MessageKind.CORRECTION in {row.kind for row in pipeline.rows() if row.waits}
    answers(pipeline).pause("ill", None, Source.COMMAND)
    pipeline.look()
    pipeline.pass_time(hours=10)
    assert MessageKind.CORRECTION not in sent(pipeline)
