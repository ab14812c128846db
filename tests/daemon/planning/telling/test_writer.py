"""How much is said in a day is limited, and a hard workout still has its evening message."""

from datetime import timedelta
from pathlib import Path

import pytest

from hersteld.daemon.planning.telling.told import ToldLines
from hersteld.daemon.planning.telling.writer import MessageWriter
from hersteld.parsers.line import Line
from hersteld.recovery.messages.draft import Draft, MessageKind
from tests.daemon.planning.test_backlog import zipped
from tests.support.pipeline import NOON, Pipeline, a_file


def test_a_day_has_room_for_three_messages_in_brief_style(tmp_path: Path) -> None:
    """After a hard ride none of the easy runs makes readiness later."""
    pipeline = Pipeline(tmp_path, now=NOON - timedelta(hours=6))
    for number in range(5):
        ended_at = NOON - timedelta(hours=6) + timedelta(hours=2 * number)
        pipeline.clock.jump(ended_at + timedelta(minutes=5))
        hard = {"minutes": 150, "bpm": 170, "sport": "cycling"}
        pipeline.put(f"{number}.fit", a_file(ended_at, **(hard if number == 0 else {"minutes": 45, "bpm": 140})))
        pipeline.look()
    pipeline.pass_time(hours=9)
    assert [row.workout_id for row in pipeline.rows("first") if row.state == "sent"] == [1, 2], "and the evening"
    assert len(pipeline.stored()) == 5


def test_a_workout_that_makes_readiness_hours_later_is_told_however_much_was_said(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path, now=NOON - timedelta(hours=6))
    for number in range(5):
        ended_at = NOON - timedelta(hours=6) + timedelta(hours=2 * number)
        pipeline.clock.jump(ended_at + timedelta(minutes=5))
        pipeline.put(f"{number}.fit", a_file(ended_at, minutes=40, bpm=145))
        pipeline.look()
    assert len([row for row in pipeline.rows("first") if row.state == "sent"]) == 5


def test_the_digest_and_a_brick_leave_room_for_the_evening_of_a_hard_workout(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path)
    pipeline.put("ride.fit", a_file(minutes=90, sport="cycling"))
    pipeline.look()
    pipeline.put("years.zip", zipped({f"{day}.fit": a_file(NOON - timedelta(days=day)) for day in range(2, 8)}))
    pipeline.look()
    pipeline.pass_time(minutes=10, step=timedelta(minutes=1))
    pipeline.put("run.fit", a_file(NOON + timedelta(minutes=15), minutes=8))
    pipeline.look()
    pipeline.pass_time(hours=9)
    ride, run = pipeline.stored()[-2:]
    sent = [(row.kind, row.workout_id) for row in pipeline.rows() if row.state == "sent" and row.kind != "correction"]
    assert sent == [("first", ride.id), ("digest", None), ("evening", run.id)], "the run adds nothing to the brick"
    assert run.brick_after == ride.id


def test_however_much_was_said_before_a_hard_workout_has_its_first_and_its_evening_message(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path, now=NOON - timedelta(hours=6))
    for hour, minutes in ((-6, 40), (-4, 40), (-2, 40), (0, 90)):
        ended_at = NOON + timedelta(hours=hour)
        pipeline.clock.jump(ended_at + timedelta(minutes=5))
        pipeline.put(f"{hour}.fit", a_file(ended_at, minutes=minutes))
        pipeline.look()
    pipeline.pass_time(hours=9)
    hard = pipeline.stored()[-1]
    first, evening = ([row for row in pipeline.rows(kind) if row.state == "sent"] for kind in ("first", "evening"))
    assert first[-1].workout_id == hard.id
    assert [row.workout_id for row in evening] == [hard.id]


def test_a_coach_may_speak_as_often_as_there_is_something_to_do(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path, now=NOON - timedelta(hours=3, minutes=55), notify__style="coach")
    pipeline.put("run.fit", a_file(NOON - timedelta(hours=4), minutes=100, bpm=170))
    pipeline.look()
    pipeline.pass_time(hours=8)
    sent = [row.kind for row in pipeline.rows() if row.state == "sent"]
    assert len(sent) > 3
    assert {"first", "portion"} <= set(sent)


def test_only_the_very_first_message_says_that_it_is_no_medical_advice(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path)
    pipeline.put("run.fit", a_file())
    pipeline.look()
    pipeline.clock.jump(NOON + timedelta(days=3))
    pipeline.put("later.fit", a_file(NOON + timedelta(days=3) - timedelta(minutes=5)))
    pipeline.look()
    firsts = [row for row in pipeline.rows("first") if row.state == "sent"]
    assert [row.disclaims for row in firsts] == [True, False]
    assert ["not medical advice" in row.body for row in firsts] == [True, False]


def test_a_message_is_in_the_words_of_the_user(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path, notify__language="nl", notify__texts__title_ready='"Uitgerust"')
    pipeline.put("run.fit", a_file(minutes=90))
    pipeline.look()
    assert "Uitgerust" in {row.title for row in pipeline.outbox.waiting()}


def test_a_warning_about_the_glucose_is_told_however_much_was_said(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path, now=NOON - timedelta(hours=8), athlete__conditions='["diabetes"]')
    hard = {"minutes": 150, "bpm": 170, "sport": "cycling"}
    for hour, what in ((-8, hard), (-6, {"minutes": 45, "bpm": 140}), (-4, {"minutes": 45, "bpm": 140})):
        pipeline.clock.jump(NOON + timedelta(hours=hour, minutes=5))
        pipeline.put(f"{hour}.fit", a_file(NOON + timedelta(hours=hour), **what))
        pipeline.look()
    pipeline.clock.jump(NOON + timedelta(minutes=5))
    pipeline.put("walk.fit", a_file(NOON, minutes=190, bpm=80, sport="walking"))
    pipeline.look()
    walk = pipeline.stored()[-1]
    told = [row.body for row in pipeline.rows("first") if row.state == "sent" and row.workout_id == walk.id]
    assert len(told) == 1
    assert "Check your glucose" in told[0]


@pytest.mark.parametrize(
    ("told_before_h", "is_new"), [(0, False), (1, False), (23.99, False), (24, True), (30, True), (-0.01, True)]
)
def test_a_line_is_told_again_from_a_day_on(told_before_h: float, is_new: bool, tmp_path: Path) -> None:
    """A line of a message that is due at the same moment is told already; one that comes later is not."""
    pipeline = Pipeline(tmp_path)
    writer = MessageWriter(pipeline.outbox, pipeline.settings, pipeline.clock)
    lines = (Line("omega3_berries"), Line("drink_thirst"))
    draft = Draft("first", MessageKind.FIRST, NOON, NOON + timedelta(hours=5), Line("disclaimer"), lines, (0,))
    words = writer.message(draft).body.splitlines()[0]
    before = ToldLines(NOON - timedelta(hours=told_before_h), frozenset({words}))
    assert (words in writer.message(draft, [before]).body) is is_new
