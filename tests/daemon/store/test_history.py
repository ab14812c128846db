"""The past in short tells the rules exactly what the whole past tells them, however it came to be."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import copytree
from zoneinfo import ZoneInfo

import pytest

from hersteld.daemon.database.connection import Store
from hersteld.daemon.ingest.one_file import Ingest
from hersteld.daemon.reading.contents import Reading
from hersteld.daemon.store.workouts import Workouts
from hersteld.daemon.system.clock import ManualClock
from hersteld.recovery.recover import recover
from tests.support.fit.workouts import a_workout
from tests.support.pipeline import NOON, Pipeline, a_file

FIGURES = pytest.mark.figures(
    "a workout turns up years late, an old one", "{tried} tried: every assessment the same to the last bit"
)

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def take(pipeline: Pipeline, ended_at: datetime, *, minutes: int = 30, bpm: float = 150) -> int:
    """Store one workout without a word, and return its id."""
    content = a_file(ended_at, minutes=minutes, bpm=bpm)
    (reading,) = pipeline.ingest.read(content, f"{ended_at}.fit")
    return stored(pipeline, reading)


def stored(pipeline: Pipeline, reading: Reading) -> int:
    outcome = pipeline.ingest.add_history(reading)
    assert outcome.workout_id is not None
    return outcome.workout_id


def assert_same(pipeline: Pipeline, workout_id: int) -> None:
    """What the rules say of a workout with its past in short is what they say with every workout before it."""
    workout = pipeline.workouts.workout(workout_id)
    whole = pipeline.workouts.history(workout.started_at, without=[workout_id])
    told = recover(workout, pipeline.settings.athlete, whole, pipeline.settings.rules, zone=pipeline.clock.zone())
    short = pipeline.workouts.recent(workout, pipeline.settings.rules, pipeline.clock.zone(), without=[workout_id])
    assert len(short.workouts) <= len(whole.workouts)
    said = recover(workout, pipeline.settings.athlete, short, pipeline.settings.rules, zone=pipeline.clock.zone())
    assert said.assessment == told.assessment
    assert said.load == told.load
    assert said.plan == told.plan


def days_before(days: float) -> datetime:
    return NOON - timedelta(days=days)


@pytest.fixture(scope="module")
def two_years(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a database with sixty workouts; made once, as it takes longer than any test of it."""
    folder = tmp_path_factory.mktemp("two_years")
    made = Pipeline(folder, athlete__experience='"recreational"')
    made.clock.travel(AMSTERDAM)
    for number in range(60, 0, -1):
        take(made, days_before(number * 13.3), minutes=20 + number % 25, bpm=130 + number * 7 % 50)
    made.store.close()
    return folder


@pytest.fixture
def pipeline(two_years: Path, tmp_path: Path) -> Pipeline:
    copytree(two_years, tmp_path, dirs_exist_ok=True)
    made = Pipeline(tmp_path, athlete__experience='"recreational"')
    made.clock.travel(AMSTERDAM)
    return made


def test_two_years_in_short_say_what_they_say_at_length(pipeline: Pipeline) -> None:
    last = take(pipeline, NOON, minutes=50, bpm=172)
    assert_same(pipeline, last)
    workout = pipeline.workouts.workout(last)
    short = pipeline.workouts.recent(workout, pipeline.settings.rules, AMSTERDAM, without=[last])
    assert len(short.workouts) < 8
    assert short.long_ago is not None
    assert len(short.long_ago.peaks_bpm) == int(pipeline.settings.rules.athlete.peaks)


def test_every_stored_workout_was_assessed_with_its_whole_past(pipeline: Pipeline) -> None:
    for row in pipeline.workouts.started_after(days_before(1000)):
        workout = pipeline.workouts.workout(row.id)
        whole = pipeline.workouts.history(workout.started_at)
        told = recover(workout, pipeline.settings.athlete, whole, pipeline.settings.rules, zone=AMSTERDAM)
        assert pipeline.workouts.recovery(row.id).assessment == told.assessment


@FIGURES
@pytest.mark.parametrize("days", [25.5, 200.5, 700.5, 900.5])
def test_a_workout_that_turns_up_late_counts_from_then_on(pipeline: Pipeline, days: float) -> None:
    assert_same(pipeline, take(pipeline, NOON, bpm=172))
    take(pipeline, days_before(days), minutes=90, bpm=186)
    assert_same(pipeline, take(pipeline, NOON + timedelta(hours=20), bpm=165))


@FIGURES
@pytest.mark.parametrize("days", [39.9, 199.5, 798.0])
def test_a_richer_recording_of_long_ago_counts_from_then_on(pipeline: Pipeline, days: float) -> None:
    first = take(pipeline, NOON, bpm=172)
    loads = [row.load for row in pipeline.stored()]
    replaced = pipeline.workouts.between(days_before(days), days_before(days))[0]
    richer = a_file(days_before(days), minutes=round(replaced.timer_s / 60), bpm=188, power=300)
    (reading,) = pipeline.ingest.read(richer, "richer.fit")
    assert stored(pipeline, reading) == replaced.id
    assert sum(one.load != load for one, load in zip(pipeline.stored(), loads, strict=True)) == 1
    for later in (first, take(pipeline, NOON + timedelta(hours=20), bpm=165)):
        assert_same(pipeline, later)


@FIGURES
@pytest.mark.parametrize(
    "change", ["DELETE FROM workouts WHERE id = ?", "UPDATE workouts SET has_clock = 0 WHERE id = ?"]
)
def test_a_workout_that_somebody_takes_away_counts_no_more(pipeline: Pipeline, change: str) -> None:
    last = take(pipeline, NOON, bpm=172)
    for workout_id in (1, 20, 50):
        pipeline.store.change("DELETE FROM advice WHERE workout_id = ?", [workout_id])
        pipeline.store.change("UPDATE files SET workout_id = NULL WHERE workout_id = ?", [workout_id])
        assert pipeline.store.change(change, [workout_id]) == 1
        assert_same(pipeline, last)


def test_no_question_of_a_workout_walks_over_all_that_is_stored(pipeline: Pipeline) -> None:
    """So that it takes no longer after ten years; but for the first in an index, and for a table of one row."""
    said: list[str] = []
    pipeline.put("a.fit", a_file(NOON))
    pipeline.store.db.conn.set_trace_callback(said.append)
    pipeline.look()
    pipeline.store.db.conn.set_trace_callback(None)
    assert len(pipeline.notifier.received) == 1
    asked = [one for one in said if one.startswith(("SELECT", "INSERT", "UPDATE", "DELETE"))]
    assert any("past_loads" in one for one in asked)
    for question in asked:
        steps = [row["detail"] for row in pipeline.store.rows(f"EXPLAIN QUERY PLAN {question}")]
        is_first_alone = question.endswith("LIMIT 1") and not any("TEMP B-TREE" in step for step in steps)
        for step in steps:
            if "workouts_untold" in step:  # an index of the few workouts that wait to be told
                continue
            walks = re.match(r"SCAN (workouts|files|outbox|advice|sightings)\b(.* INDEX )?", step)
            assert walks is None or (walks[2] and is_first_alone), (question, steps)
    of_the_past = [one for one in asked if "trained_at >=" in one]
    assert len(of_the_past) >= 3
    for question in of_the_past:
        steps = [row["detail"] for row in pipeline.store.rows(f"EXPLAIN QUERY PLAN {question}")]
        # Both ends of a stretch of time, and nothing of the rows themselves, whose samples are long.
        assert "workouts USING COVERING INDEX workouts_past (trained_at>? AND trained_at<?)" in steps[0], steps


@FIGURES
def test_a_day_is_another_day_where_the_traveller_is(pipeline: Pipeline) -> None:
    zones = ZoneInfo("Pacific/Auckland"), ZoneInfo("America/Los_Angeles"), AMSTERDAM, UTC
    for hours, zone in enumerate(zones):
        pipeline.clock.travel(zone)
        assert_same(pipeline, take(pipeline, NOON + timedelta(hours=4 * hours), bpm=165))


def test_a_zone_that_its_name_does_not_tell_is_not_remembered(pipeline: Pipeline) -> None:
    pipeline.store.change("DELETE FROM past_loads")
    for hours, name in enumerate(("Pacific/Auckland", "America/Los_Angeles")):
        pipeline.clock.travel(ZoneInfo.no_cache(name))  # as one that was read from /etc/localtime
        assert_same(pipeline, take(pipeline, NOON + timedelta(hours=4 * hours), bpm=165))
    assert pipeline.store.rows("SELECT * FROM past_loads") == []


@FIGURES
def test_a_transaction_that_fails_leaves_nothing_of_what_it_made_ready(pipeline: Pipeline) -> None:
    class BrokenOffError(Exception):
        pass

    def fail() -> None:
        with pipeline.store.write():
            take(pipeline, days_before(500.5), minutes=90, bpm=186)
            take(pipeline, NOON, bpm=172)
            raise BrokenOffError

    with pytest.raises(BrokenOffError):
        fail()
    assert_same(pipeline, take(pipeline, NOON, bpm=172))


def test_what_is_kept_ready_stays_a_handful_of_rows(pipeline: Pipeline) -> None:
    assert 0 < len(pipeline.store.rows("SELECT zone FROM past_loads")) <= 4


@FIGURES
def test_another_process_may_change_the_past_meanwhile(pipeline: Pipeline) -> None:
    take(pipeline, NOON, bpm=172)
    with Store(pipeline.database) as other:
        ingest = Ingest(other, pipeline.settings, (), ManualClock(NOON, zone=AMSTERDAM))
        (reading,) = ingest.read(a_file(days_before(500.5), minutes=90, bpm=186), "a.fit")
        ingest.add_history(reading)
        assert len(Workouts(other).history(NOON).workouts) == 62
    assert_same(pipeline, take(pipeline, NOON + timedelta(hours=20), bpm=165))


def test_a_recording_of_weeks_reaches_as_far_as_it_lasts(pipeline: Pipeline) -> None:
    long_one = take(pipeline, days_before(3), minutes=60, bpm=160)
    began = days_before(100)
    pipeline.store.change(
        "UPDATE workouts SET started_at = ? WHERE id = ?", [began.isoformat().replace("+00:00", ".000000Z"), long_one]
    )
    touching = pipeline.workouts.between(days_before(50), days_before(49.9))
    assert long_one in [one.id for one in touching]
    assert_same(pipeline, take(pipeline, NOON, bpm=172))


def test_a_load_counts_on_the_day_in_which_it_was_done_also_where_it_began_months_before(pipeline: Pipeline) -> None:
    resumed = take(pipeline, days_before(200), minutes=60, bpm=160)
    take(pipeline, days_before(1), bpm=150)  # the past is kept ready from here on
    pipeline.store.change(
        "UPDATE workouts SET trained_at = ? WHERE id = ?", [days_before(60).strftime("%FT%T.000000Z"), resumed]
    )
    assert_same(pipeline, take(pipeline, NOON, bpm=172))


def test_the_best_twenty_minutes_are_known_near_and_long_after(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path)
    pipeline.put("ride.fit", a_file(minutes=40, bpm=150, sport="cycling", power=260))
    pipeline.look()
    ride = Workouts(pipeline.store).history(NOON + timedelta(hours=1)).workouts[-1]
    assert ride.best_20min_w == pytest.approx(260)
    later = a_workout(60, ended_at=NOON + timedelta(days=85))
    past = Workouts(pipeline.store).recent(later, pipeline.settings.rules, UTC)
    assert past.workouts == ()
    assert past.long_ago is not None
    assert past.long_ago.best_20min_w == pytest.approx(260)
    gone = a_workout(60, ended_at=NOON + timedelta(days=95))
    too_late = Workouts(pipeline.store).recent(gone, pipeline.settings.rules, UTC)
    assert too_late.long_ago is not None
    assert too_late.long_ago.best_20min_w is None
