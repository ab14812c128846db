"""What is told at a certain time is told once, in time or late while it is of use, and only while it is true."""

import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from hersteld.daemon.database.lock import importing
from hersteld.daemon.delivery.notifiers import SendResult
from hersteld.parsers.line import Line
from tests.daemon.planning.occasions.spoken import Spoken, WithOccasions
from tests.support.pipeline import a_file

EVENING = datetime(2026, 5, 6, 20, 0, tzinfo=UTC)
SEVEN = datetime(2026, 5, 7, 7, 0, tzinfo=UTC)
_REFUSED = SendResult(ok=False, reason=Line("delivery.no_connection"))


@pytest.fixture
def pipeline(tmp_path: Path) -> WithOccasions:
    return WithOccasions(tmp_path, now=EVENING)


@pytest.fixture
def morning(pipeline: WithOccasions) -> Spoken:
    morning = Spoken(pipeline.clock)
    pipeline.bring(morning)
    return morning


@pytest.mark.usefixtures("morning")
def test_it_is_told_at_its_time_and_once_a_day(pipeline: WithOccasions) -> None:
    pipeline.pass_time(hours=10, minutes=59)
    assert pipeline.sent() == []
    pipeline.pass_time(minutes=1)
    assert len(pipeline.sent()) == 1
    pipeline.pass_time(hours=23, minutes=50)
    assert len(pipeline.sent()) == 1
    pipeline.pass_time(minutes=10)
    assert len(pipeline.sent()) == 2


@pytest.mark.usefixtures("morning")
def test_the_loop_sleeps_no_longer_than_until_its_time(pipeline: WithOccasions) -> None:
    pipeline.clock.move(SEVEN - timedelta(seconds=20) - EVENING)
    pipeline.look()
    assert pipeline.main_loop.pause_s() == pytest.approx(20)
    pipeline.clock.move(timedelta(seconds=20))
    pipeline.look()
    pipeline.look()
    assert pipeline.main_loop.pause_s() > 20, "what was said is waited for no more"


@pytest.mark.usefixtures("morning")
@pytest.mark.parametrize(("late", "told"), [(timedelta(hours=3, minutes=59), 1), (timedelta(hours=4), 0)])
def test_a_machine_that_slept_over_the_time_tells_it_while_it_is_of_use(
    pipeline: WithOccasions, late: timedelta, told: int
) -> None:
    pipeline.look()
    pipeline.clock.move(SEVEN + late - EVENING)
    pipeline.look()
    assert len(pipeline.sent()) == told
    pipeline.pass_time(hours=8)
    assert len(pipeline.sent()) == told


@pytest.mark.usefixtures("morning")
def test_a_restart_repeats_nothing(pipeline: WithOccasions) -> None:
    pipeline.pass_time(hours=11)
    for _ in range(3):
        pipeline.start()
        pipeline.pass_time(minutes=20)
    assert len(pipeline.sent()) == 1


def test_a_day_with_nothing_to_say_is_settled(pipeline: WithOccasions, morning: Spoken) -> None:
    morning.says = None
    pipeline.pass_time(hours=12)
    morning.says = "ready"
    pipeline.pass_time(hours=2)
    assert pipeline.sent() == []
    pipeline.pass_time(hours=22)
    assert len(pipeline.sent()) == 1


@pytest.mark.usefixtures("morning")
def test_it_says_that_it_is_no_medical_advice_where_it_is_the_first_message_ever(pipeline: WithOccasions) -> None:
    pipeline.pass_time(hours=11)
    pipeline.pass_time(hours=24)
    assert ["medical advice" in body for body in pipeline.sent()] == [True, False]


@pytest.mark.usefixtures("morning")
def test_a_clock_that_is_put_back_tells_it_no_second_time(pipeline: WithOccasions) -> None:
    pipeline.pass_time(hours=11)
    pipeline.clock.jump(SEVEN - timedelta(hours=2))
    pipeline.pass_time(hours=4)
    assert len(pipeline.sent()) == 1
    pipeline.pass_time(hours=22)
    assert len(pipeline.sent()) == 2


@pytest.mark.usefixtures("morning")
def test_nothing_is_told_by_a_clock_that_cannot_be_right(pipeline: WithOccasions) -> None:
    pipeline.put("run.fit", a_file(EVENING - timedelta(minutes=10)))
    pipeline.look()
    told = len(pipeline.sent())
    pipeline.clock.jump(SEVEN - timedelta(days=30))
    pipeline.look()
    assert len(pipeline.rows("morning")) == 0
    assert pipeline.main_loop.pause_s() > 1, "its time that has passed is not waited for"
    pipeline.clock.jump(SEVEN)
    pipeline.look()
    assert len(pipeline.sent()) == told + 1


@pytest.mark.usefixtures("morning")
def test_a_clock_that_jumps_ahead_tells_the_day_that_it_shows(pipeline: WithOccasions) -> None:
    pipeline.look()
    pipeline.clock.jump(SEVEN + timedelta(days=3))
    pipeline.look()
    assert len(pipeline.sent()) == 1


@pytest.mark.usefixtures("morning")
def test_a_traveller_is_told_once_on_each_local_date(pipeline: WithOccasions) -> None:
    """From Tokyo to Honolulu the same morning comes twice; the other way round a day is left out."""
    pipeline.clock.travel(ZoneInfo("Asia/Tokyo"))
    pipeline.clock.jump(datetime(2026, 5, 6, 22, 0, tzinfo=UTC))  # seven o'clock on the 7th
    pipeline.look()
    assert len(pipeline.sent()) == 1
    pipeline.clock.travel(ZoneInfo("Pacific/Honolulu"))
    pipeline.pass_time(hours=20, step=timedelta(hours=1))
    assert len(pipeline.sent()) == 1, "the 7th again"
    pipeline.pass_time(hours=24, step=timedelta(hours=1))
    assert len(pipeline.sent()) == 2


@pytest.mark.parametrize(("until", "told"), [("09:00", 1), ("11:00", 0)])
def test_it_waits_for_the_end_of_quiet_hours_or_is_dropped(tmp_path: Path, until: str, told: int) -> None:
    pipeline = WithOccasions(tmp_path, now=EVENING, notify__quiet_hours=f"22:00-{until}")
    pipeline.bring(Spoken(pipeline.clock))
    pipeline.pass_time(hours=12, minutes=50)
    assert pipeline.sent() == []
    pipeline.pass_time(hours=5)
    assert len(pipeline.sent()) == told


@pytest.mark.usefixtures("morning")
def test_nothing_is_told_while_many_files_come_in_or_are_imported(pipeline: WithOccasions) -> None:
    pipeline.clock.move(SEVEN - EVENING)
    for day in range(1, 7):
        pipeline.put(f"{day}.fit", a_file(EVENING - timedelta(days=day)))
    pipeline.look()
    assert pipeline.ingest.backlog.open_id() is not None
    assert pipeline.rows("morning") == []
    assert pipeline.main_loop.pause_s() >= 0.1
    pipeline.pass_time(minutes=2, step=timedelta(seconds=5))
    assert len(pipeline.rows("morning")) == 1
    with importing(pipeline.database):
        pipeline.pass_time(hours=24)
        assert len(pipeline.rows("morning")) == 1
    pipeline.look()
    assert len(pipeline.rows("morning")) == 2


def test_it_is_told_to_every_target_and_counts_for_no_workout(tmp_path: Path) -> None:
    pipeline = WithOccasions(tmp_path, "phone", "desk", now=EVENING)
    pipeline.bring(Spoken(pipeline.clock))
    pipeline.pass_time(hours=11)
    assert [target for target, _ in pipeline.notifier.received] == ["phone", "desk"]
    assert pipeline.outbox.count_of_workouts_between(EVENING, EVENING + timedelta(days=1)) == 0


def test_what_waits_and_is_not_true_any_more_is_cancelled(pipeline: WithOccasions, morning: Spoken) -> None:
    pipeline.notifier.answer = lambda _target, _message: _REFUSED
    pipeline.pass_time(hours=11)
    assert [row.state for row in pipeline.rows("morning")] == ["pending"]
    morning.says = None
    pipeline.put("walk.fit", a_file(SEVEN - timedelta(hours=1), minutes=30, bpm=90, sport="walking"))
    pipeline.look()
    (row,) = pipeline.rows("morning")
    assert (row.state, row.reason) == ("cancelled", Line("delivery.untrue_by_now"))


def test_what_waits_is_told_in_the_words_that_hold_when_it_leaves(pipeline: WithOccasions, morning: Spoken) -> None:
    pipeline.notifier.answer = lambda _target, _message: _REFUSED
    pipeline.pass_time(hours=11)
    morning.says = "ready_minor"
    pipeline.configure(notify__language="nl")
    pipeline.notifier.answer = lambda _target, _message: SendResult(ok=True)
    pipeline.pass_time(hours=1)
    assert [body.splitlines()[0] for body in pipeline.sent()] == ["Je rust zit erop; train zoals je je voelt."]


def test_an_occasion_that_is_turned_off_takes_back_what_waits(pipeline: WithOccasions, morning: Spoken) -> None:
    pipeline.notifier.answer = lambda _target, _message: _REFUSED
    pipeline.pass_time(hours=11)
    pipeline.bring()
    pipeline.look()
    assert [row.state for row in pipeline.rows("morning")] == ["cancelled"]
    assert morning.asked


def test_one_on_which_the_program_fails_is_named_once_and_keeps_no_other_from_being_told(
    pipeline: WithOccasions, caplog: pytest.LogCaptureFixture
) -> None:
    broken, other = Spoken(pipeline.clock), Spoken(pipeline.clock, on_change=True)
    broken.fails = True
    pipeline.bring(broken, other)
    with caplog.at_level(logging.ERROR):
        pipeline.pass_time(hours=14)
    assert [row.kind for row in pipeline.rows()] == ["overload", "overload"]
    assert len([record for record in caplog.records if "please report" in record.getMessage()]) == 1


def test_one_of_what_is_stored_is_asked_again_only_after_a_change_or_a_new_day(pipeline: WithOccasions) -> None:
    warning = Spoken(pipeline.clock, says=None, on_change=True)
    pipeline.bring(warning)
    pipeline.pass_time(hours=3)
    asked = warning.asked
    assert asked == 1
    pipeline.put("run.fit", a_file(pipeline.clock.now() - timedelta(minutes=5)))
    pipeline.look()
    assert warning.asked > asked
    pipeline.look()
    asked = warning.asked
    pipeline.pass_time(minutes=30)
    assert warning.asked == asked
    pipeline.pass_time(hours=1)
    assert warning.asked > asked, "another day"
    warning.says = "ready"
    pipeline.pass_time(hours=24)
    assert len(pipeline.rows("overload")) == 1
