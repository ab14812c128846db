"""Who trains more than they recover from is told once in a week, of today alone, and only while it is true."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hersteld.daemon.answers.changes import Changes
from hersteld.daemon.outbox.queue import Outbox
from hersteld.daemon.outbox.rows import OutboxMessage
from hersteld.parsers.line import Line
from hersteld.recovery.messages.draft import MessageKind
from tests.support.pipeline import Pipeline, a_file

EVENING = datetime(2026, 5, 6, 18, 0, tzinfo=UTC)
"""Of the third hard day."""


def quiet_month(pipeline: Pipeline, ended_at: datetime = EVENING) -> None:
    """Take in five weeks of an easy run on every other day, the last of them four days ago, without a word."""
    for days in range(4, 39, 2):
        (reading,) = pipeline.ingest.read(
            a_file(ended_at - timedelta(days=days), minutes=30, bpm=130), f"easy {days}.fit"
        )
        pipeline.ingest.add_history(reading)
    pipeline.look()


def hard_day(pipeline: Pipeline, days_ago: int = 0, *, since: datetime = EVENING) -> None:
    """Let the file of an hour at the threshold arrive."""
    ended_at = since - timedelta(days=days_ago)
    pipeline.put(f"{ended_at:%m-%d}.fit", a_file(ended_at, minutes=60, bpm=172))


def trained_hard(pipeline: Pipeline, days: int) -> None:
    """Train hard on days that end with today, each file coming in at its time."""
    quiet_month(pipeline, pipeline.clock.now())
    for left in reversed(range(days)):
        if left < days - 1:
            pipeline.pass_time(hours=24, step=timedelta(hours=6))
        hard_day(pipeline, since=pipeline.clock.now() - timedelta(minutes=5))
        pipeline.look()


def warnings(pipeline: Pipeline) -> list[str]:
    """Return the warnings that arrived."""
    return [
        message.body for _, message in pipeline.notifier.received if message.title == "Time for an easier day or two"
    ]


@pytest.fixture
def pipeline(tmp_path: Path) -> Pipeline:
    return Pipeline(tmp_path, now=EVENING)


def test_one_sign_alone_is_told_to_nobody_and_the_second_brings_the_warning(pipeline: Pipeline) -> None:
    trained_hard(pipeline, 2)
    assert warnings(pipeline) == []  # the strain is high, and two hard days are not three
    pipeline.pass_time(hours=24, step=timedelta(hours=6))
    hard_day(pipeline, since=pipeline.clock.now())
    pipeline.look()
    (body,) = warnings(pipeline)
    assert "Strain of the week: " in body
    assert "Hard days in a row: 3 (limit 3)" in body
    assert "Form" not in body


def test_after_a_warning_a_week_is_silent_and_then_it_is_told_again_if_it_still_holds(pipeline: Pipeline) -> None:
    trained_hard(pipeline, 9)
    assert len(warnings(pipeline)) == 1
    pipeline.pass_time(hours=23, minutes=50, step=timedelta(hours=1))
    hard_day(pipeline, since=pipeline.clock.now())
    pipeline.look()
    assert len(warnings(pipeline)) == 1, "ten minutes before a week is over"
    pipeline.pass_time(hours=24, step=timedelta(hours=1))
    assert len(warnings(pipeline)) == 2


def test_a_restart_tells_nothing_again(pipeline: Pipeline) -> None:
    trained_hard(pipeline, 3)
    for _ in range(3):
        pipeline.start()
        pipeline.pass_time(hours=5, step=timedelta(hours=1))
    assert len(warnings(pipeline)) == 1


def test_who_is_killed_while_it_is_queued_tells_it_once(pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    trained_hard(pipeline, 2)
    pipeline.pass_time(hours=24, step=timedelta(hours=6))
    hard_day(pipeline, since=pipeline.clock.now())
    queue = Outbox.queue

    def killed(self: Outbox, identity: str, *args: object, **others: object) -> None:
        queue(self, identity, *args, **others)  # type: ignore[arg-type]
        if identity.startswith("occasion:overload"):
            raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Outbox, "queue", killed)
        with pytest.raises(KeyboardInterrupt):
            pipeline.look()
    assert pipeline.rows("overload") == []
    pipeline.start()
    pipeline.pass_time(hours=1)
    assert len(warnings(pipeline)) == 1


def test_late_files_and_what_is_assessed_anew_tell_nothing_again(pipeline: Pipeline) -> None:
    trained_hard(pipeline, 3)
    hard_day(pipeline, 3, since=pipeline.clock.now())
    pipeline.pass_time(hours=1)
    pipeline.configure(athlete__experience='"recreational"', athlete__max_hr="188")
    pipeline.pass_time(hours=1)
    assert len(warnings(pipeline)) == 1


def test_a_late_file_that_makes_it_true_today_brings_it(pipeline: Pipeline) -> None:
    quiet_month(pipeline)
    for days in (2, 0, 1):
        assert warnings(pipeline) == []
        hard_day(pipeline, days)
        pipeline.pass_time(minutes=20)
    assert len(warnings(pipeline)) == 1


def test_many_files_at_once_bring_it_once_and_only_when_all_are_in(pipeline: Pipeline) -> None:
    for days in range(4, 39, 2):
        pipeline.put(f"easy {days}.fit", a_file(EVENING - timedelta(days=days), minutes=30, bpm=130))
    for days in range(3):
        hard_day(pipeline, days)
    pipeline.look()
    assert pipeline.ingest.backlog.open_id() is not None
    assert warnings(pipeline) == []
    pipeline.pass_time(hours=2)
    assert len(warnings(pipeline)) == 1


@pytest.mark.parametrize("days_ago", [2, 7, 100])
def test_an_archive_of_a_hard_time_that_is_over_brings_none(pipeline: Pipeline, days_ago: int) -> None:
    quiet_month(pipeline, EVENING - timedelta(days=days_ago))
    for days in range(3):
        hard_day(pipeline, days_ago + days)
    pipeline.pass_time(hours=2)
    assert len(pipeline.stored()) > 20
    assert warnings(pipeline) == []


def test_before_28_days_of_history_there_is_none(pipeline: Pipeline) -> None:
    for days in range(27):
        hard_day(pipeline, days)
    pipeline.pass_time(hours=2)
    assert len(pipeline.stored()) == 27
    assert warnings(pipeline) == []


def test_what_would_come_in_quiet_hours_is_told_in_the_morning(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path, now=EVENING + timedelta(hours=5), notify__quiet_hours="22:00-07:00")
    trained_hard(pipeline, 3)
    assert [row.state for row in pipeline.rows("overload")] == ["pending"]
    pipeline.pass_time(hours=7, minutes=50)
    assert warnings(pipeline) == []
    pipeline.pass_time(minutes=20)
    assert len(warnings(pipeline)) == 1


def test_a_warning_that_waits_is_cancelled_when_a_workout_is_forgotten(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path, now=EVENING + timedelta(hours=5), notify__quiet_hours="22:00-07:00")
    trained_hard(pipeline, 3)
    changes = Changes(pipeline.store, pipeline.settings, pipeline.clock)
    changes.forget(changes.find("last"))
    pipeline.pass_time(hours=10)
    (row,) = pipeline.rows("overload")
    assert (row.state, row.reason) == ("cancelled", Line("delivery.untrue_by_now"))
    assert warnings(pipeline) == []
    hard_day(pipeline, since=pipeline.clock.now())
    pipeline.look()
    assert warnings(pipeline) == [], "two hard days running"
    pipeline.pass_time(hours=24, step=timedelta(hours=6))
    hard_day(pipeline, since=pipeline.clock.now())
    pipeline.look()
    assert len(warnings(pipeline)) == 1, "what was cancelled silences no week"


def test_a_minor_by_the_configuration_reads_the_words_for_minors(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path, now=EVENING, athlete__birth_year="2011")
    trained_hard(pipeline, 3)
    (body,) = warnings(pipeline)
    assert "your parents" in body


def test_who_has_a_condition_is_sent_to_a_doctor(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path, now=EVENING, athlete__conditions='["heart"]')
    trained_hard(pipeline, 3)
    (body,) = warnings(pipeline)
    assert "ask your doctor" in body


def test_a_warning_that_expired_unheard_silences_no_week(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path, now=EVENING + timedelta(hours=5), notify__quiet_hours="22:00-07:00")
    trained_hard(pipeline, 3)
    pipeline.pass_time(hours=61, step=timedelta(hours=61))  # the machine slept
    assert [row.state for row in pipeline.rows("overload")][:1] == ["expired"]
    for days in reversed(range(3)):
        hard_day(pipeline, days, since=pipeline.clock.now())
    pipeline.pass_time(hours=1)
    assert len(warnings(pipeline)) == 1


def test_nobody_is_told_at_one_moment_to_take_it_easier_and_that_hard_training_is_fine(pipeline: Pipeline) -> None:
    trained_hard(pipeline, 2)
    pipeline.pass_time(hours=24, step=timedelta(hours=6))
    now = pipeline.clock.now()
    until = now + timedelta(hours=9)
    ready = OutboxMessage(
        kind=MessageKind.READY, rule="ready", title="Recovered", body=".", due_at=now, expires_at=until
    )
    pipeline.outbox.queue("another", None, [ready], ["phone"], now=now)
    hard_day(pipeline, since=now)
    pipeline.look()
    assert len(warnings(pipeline)) == 1
    assert "Recovered" not in pipeline.notifier.titles()[-2:]
