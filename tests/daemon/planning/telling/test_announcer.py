"""Who was told a rest that a late workout makes wrong hears of it, once."""

import logging
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from hersteld.daemon.delivery.notifiers import SendResult
from hersteld.daemon.outbox.readdress import readdress
from hersteld.parsers.line import Line
from tests.daemon.planning.test_backlog import close
from tests.support.pipeline import NOON, Pipeline, a_file

FIGURES = pytest.mark.figures(
    "a workout comes in late, a better recording turns up", "{tried} cases: 0 wrong at the end, 0 repeated"
)

DOWN = Line("delivery.no_connection")
RIDE_ENDED_AT = NOON + timedelta(hours=4)
RIDE = a_file(RIDE_ENDED_AT, minutes=100, bpm=150, sport="cycling")
RUN = a_file(NOON - timedelta(hours=1), minutes=75, bpm=170)
BEFORE_RIDE = a_file(RIDE_ENDED_AT - timedelta(minutes=130), minutes=75, bpm=170)


def after_the_ride(tmp_path: Path, **overrides: str) -> Pipeline:
    """A pipeline in which the ride was told."""
    pipeline = Pipeline(tmp_path, now=RIDE_ENDED_AT + timedelta(minutes=5), **overrides)
    pipeline.put("ride.fit", RIDE)
    pipeline.look()
    assert [row.rule for row in pipeline.rows() if row.state == "sent"] == ["first"]
    return pipeline


def corrections(pipeline: Pipeline) -> list[tuple[str, str]]:
    return [(row.target, row.state) for row in pipeline.rows() if row.kind == "correction"]


@FIGURES
def test_who_was_told_too_short_a_rest_is_told_once_what_holds_now(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    pipeline = after_the_ride(tmp_path)
    told = pipeline.stored()[-1].ready_at
    with caplog.at_level(logging.INFO):
        pipeline.put("run.fit", RUN)
        pipeline.look()
    now_holds = pipeline.stored()[-1].ready_at
    assert told is not None
    assert now_holds is not None
    assert now_holds > told + timedelta(hours=2)
    _, (_, message) = pipeline.notifier.received
    assert message.title == "Correction: your rest"
    assert "earlier workout came in late" in message.body
    assert f"hard again from {as_said(now_holds)}" in message.body
    (line,) = [record.getMessage() for record in caplog.records if "run.fit" in record.getMessage()]
    day, clock = as_said(now_holds).split()
    assert f"{day} {clock} ({now_holds.day} {now_holds:%b})" in line, "the log says what the message says"
    pipeline.put("again.fit", RUN)
    pipeline.look()
    pipeline.start()
    pipeline.pass_time(hours=2)
    assert corrections(pipeline) == [("phone", "sent")]
    pipeline.pass_time(days=4, step=timedelta(minutes=15))
    assert pipeline.notifier.titles().count("Recovered") == 1
    (ready,) = [row for row in pipeline.rows("ready") if row.state == "sent"]
    assert timedelta() <= ready.changed_at - now_holds < timedelta(hours=10)


@FIGURES
def test_a_late_part_of_a_brick_corrects_what_was_said_of_the_other(tmp_path: Path) -> None:
    pipeline = after_the_ride(tmp_path)
    pipeline.put("run.fit", BEFORE_RIDE)
    pipeline.look()
    run, ride = pipeline.stored()
    assert ride.brick_after == run.id
    assert ride.ready_at is not None
    assert len(pipeline.notifier.received) == 2
    assert f"hard again from {as_said(ride.ready_at)}" in pipeline.notifier.received[1][1].body
    assert {row.workout_id for row in pipeline.outbox.waiting()} == {ride.id}


def test_in_dutch_it_says_so_too(tmp_path: Path) -> None:
    pipeline = after_the_ride(tmp_path, notify__language="nl")
    pipeline.put("run.fit", RUN)
    pipeline.look()
    _, (_, message) = pipeline.notifier.received
    assert message.title == "Correctie: je rust"
    assert "kwam later binnen" in message.body
    assert "hard vanaf" in message.body


def test_a_rest_that_hardly_changes_is_not_said_again(tmp_path: Path) -> None:
    pipeline = after_the_ride(tmp_path)
    pipeline.put("walk.fit", a_file(NOON, minutes=20, bpm=95, sport="walking"))
    pipeline.look()
    assert len(pipeline.stored()) == 2
    assert len(pipeline.notifier.received) == 1


def test_a_workout_that_is_no_news_any_more_still_corrects_what_was_told_of_a_later_one(tmp_path: Path) -> None:
    pipeline = after_the_ride(tmp_path)
    pipeline.put("old.fit", a_file(RIDE_ENDED_AT - timedelta(hours=13), minutes=120, bpm=175))
    pipeline.look()
    assert len(pipeline.stored()) == 2
    assert [row.kind for row in pipeline.rows() if row.state == "sent"] == ["first", "correction"]


@FIGURES
def test_many_old_workouts_at_once_correct_once_what_was_told(tmp_path: Path) -> None:
    pipeline = after_the_ride(tmp_path)
    for day in range(1, 6):
        pipeline.put(f"{day}.fit", a_file(RIDE_ENDED_AT - timedelta(days=day), minutes=120, bpm=175))
    pipeline.look()
    close(pipeline)
    assert sorted(row.kind for row in pipeline.rows() if row.state == "sent") == ["correction", "digest", "first"]
    (correction,) = [message for _, message in pipeline.notifier.received if message.title == "Correction: your rest"]
    assert "Older workouts came in" in correction.body


def test_one_of_today_among_old_ones_corrects_once_they_are_all_in(tmp_path: Path) -> None:
    pipeline = after_the_ride(tmp_path)
    for day in range(1, 6):
        pipeline.put(f"{day}.fit", a_file(RIDE_ENDED_AT - timedelta(days=day), minutes=40, bpm=120))
    pipeline.put("run.fit", RUN)
    pipeline.look()
    assert len(pipeline.notifier.received) == 1
    close(pipeline)
    assert corrections(pipeline) == [("phone", "sent")]
    assert sorted(row.rule.split("_")[0] for row in pipeline.rows() if row.state == "sent") == [
        "correction",
        "digest",
        "first",
    ]


@FIGURES
def test_in_the_night_it_waits_for_the_morning(tmp_path: Path) -> None:
    # Quiet from five minutes after the ride was told.
    begins = RIDE_ENDED_AT + timedelta(minutes=10)
    zone = Pipeline(_folder(tmp_path, "zone")).clock.zone()
    start, end = (moment.astimezone(zone) for moment in (begins, begins + timedelta(hours=9)))
    quiet = f'"{start:%H:%M}-{end:%H:%M}"'
    pipeline = after_the_ride(_folder(tmp_path, "night"), notify__quiet_hours=quiet)
    pipeline.clock.move(timedelta(minutes=20))
    pipeline.put("run.fit", RUN)
    pipeline.pass_time(hours=8)
    assert len(pipeline.notifier.received) == 1
    pipeline.pass_time(hours=2)
    assert corrections(pipeline) == [("phone", "sent")]
    (row,) = [row for row in pipeline.rows() if row.kind == "correction"]
    assert row.changed_at >= begins + timedelta(hours=9)


def test_what_waits_knows_of_two_late_ones_and_is_one_message(tmp_path: Path) -> None:
    pipeline = after_the_ride(tmp_path)
    pipeline.notifier.answer = lambda _target, _message: SendResult(ok=False, reason=DOWN)
    pipeline.put("run.fit", RUN)
    pipeline.look()
    pipeline.put("early.fit", a_file(NOON - timedelta(hours=4), minutes=90, bpm=168))
    pipeline.look()
    pipeline.start()
    pipeline.notifier.answer = lambda _target, _message: SendResult(ok=True)
    pipeline.pass_time(hours=1)
    ready_at = pipeline.stored()[-1].ready_at
    assert ready_at is not None
    _, (_, message) = pipeline.notifier.received
    assert as_said(ready_at) in message.body


@FIGURES
def test_only_who_was_told_is_corrected(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path, "phone", "desktop", now=RIDE_ENDED_AT + timedelta(minutes=5))
    pipeline.notifier.answer = lambda target, _message: SendResult(
        ok=target == "phone", reason=Line("delivery.no_connection")
    )
    pipeline.put("ride.fit", RIDE)
    pipeline.look()
    pipeline.put("run.fit", RUN)
    pipeline.look()
    pipeline.notifier.answer = lambda _target, _message: SendResult(ok=True)
    pipeline.pass_time(minutes=30)
    assert corrections(pipeline) == [("phone", "sent")]
    ready_at = pipeline.stored()[-1].ready_at
    assert ready_at is not None
    for target in ("phone", "desktop"):
        assert as_said(ready_at) in [message.body for to, message in pipeline.notifier.received if to == target][-1]


@FIGURES
def test_a_restart_corrects_nobody_who_was_not_wrong(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path, "phone", "desktop", now=RIDE_ENDED_AT + timedelta(minutes=5))
    pipeline.notifier.answer = lambda target, _message: SendResult(
        ok=target == "phone", reason=Line("delivery.no_connection")
    )
    pipeline.put("ride.fit", RIDE)
    pipeline.look()
    pipeline.notifier.answer = lambda _target, _message: SendResult(ok=False, reason=DOWN)
    pipeline.put("run.fit", RUN)
    pipeline.look()
    readdress(pipeline.store, ("phone", "desktop"), now=pipeline.clock.now())
    pipeline.notifier.answer = lambda _target, _message: SendResult(ok=True)
    pipeline.pass_time(minutes=40)
    assert corrections(pipeline) == [("phone", "sent")]


@FIGURES
def test_corrections_take_no_room_from_the_messages_of_the_day(tmp_path: Path) -> None:
    pipeline = after_the_ride(tmp_path)
    for number, hours in enumerate((5, 8)):
        pipeline.put(f"{number}.fit", a_file(RIDE_ENDED_AT - timedelta(hours=hours), minutes=75, bpm=172))
        pipeline.look()
    pipeline.clock.move(timedelta(hours=2))
    pipeline.put("evening.fit", a_file(RIDE_ENDED_AT + timedelta(hours=2), minutes=60, bpm=172))
    pipeline.look()
    assert pipeline.stored()[-1].id in {row.workout_id for row in pipeline.rows("first")}


@FIGURES
def test_a_walk_that_says_nothing_leaves_a_waiting_correction_standing(tmp_path: Path) -> None:
    pipeline = after_the_ride(tmp_path)
    pipeline.notifier.answer = lambda _target, _message: SendResult(ok=False, reason=DOWN)
    pipeline.put("run.fit", RUN)
    pipeline.look()
    pipeline.clock.move(timedelta(hours=2))
    pipeline.put("walk.fit", a_file(RIDE_ENDED_AT + timedelta(hours=2), minutes=20, bpm=95, sport="walking"))
    pipeline.look()
    pipeline.notifier.answer = lambda _target, _message: SendResult(ok=True)
    pipeline.pass_time(hours=1)
    assert corrections(pipeline) == [("phone", "sent")]


@FIGURES
def test_two_that_are_worth_a_word_only_together_are_told(tmp_path: Path) -> None:
    easy = a_file(NOON, minutes=60, bpm=125, sport="cycling")
    pipeline = Pipeline(tmp_path, now=NOON + timedelta(minutes=5))
    pipeline.put("ride.fit", easy)
    pipeline.look()
    pipeline.put("run.fit", a_file(NOON - timedelta(hours=3), minutes=60, bpm=165))
    pipeline.look()
    holds = pipeline.stored()[-1].ready_at
    assert holds is not None
    assert as_said(holds) in pipeline.notifier.received[-1][1].body
    pipeline.pass_time(days=4, step=timedelta(minutes=15))
    assert pipeline.notifier.titles().count("Recovered") == 1


def as_said(moment: datetime) -> str:
    """The next quarter of an hour, or the morning, in English; the machine's zone is the clock's."""
    quarter = moment + timedelta(seconds=-moment.timestamp() % 900)
    if quarter.hour >= 22:
        quarter += timedelta(days=1)
    if quarter.hour >= 22 or quarter.hour < 6:
        quarter = quarter.replace(hour=6, minute=0, second=0)
    return f"{quarter:%a %H:%M}"


def _folder(parent: Path, name: str) -> Path:
    folder = parent / name
    folder.mkdir()
    return folder


def test_who_may_have_been_told_is_corrected_once(tmp_path: Path) -> None:
    """Also while the message is to be sent once more: what may have arrived has the old words."""
    pipeline = Pipeline(tmp_path, "phone", now=RIDE_ENDED_AT + timedelta(minutes=5))
    pipeline.notifier.answer = lambda _target, _message: SendResult(
        ok=False, reason=Line("delivery.unanswered"), may_have_arrived=True
    )
    pipeline.put("ride.fit", RIDE)
    pipeline.look()
    assert [row.state for row in pipeline.rows("first")] == ["unknown"]
    pipeline.notifier.answer = lambda _target, _message: SendResult(ok=True)
    pipeline.put("run.fit", RUN)
    pipeline.look()
    pipeline.pass_time(minutes=30)
    assert corrections(pipeline) == [("phone", "sent")]
    ready_at = pipeline.stored()[-1].ready_at
    assert ready_at is not None
    assert [as_said(ready_at) in message.body for _, message in pipeline.notifier.received] == [True, True]
    pipeline.pass_time(days=4, step=timedelta(minutes=15))
    assert pipeline.notifier.titles().count("Recovered") == 1
