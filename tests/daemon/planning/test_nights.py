"""A night that is known by noon moves the readiness that was told, both ways, once, and says why."""

import itertools
import tempfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hersteld.daemon.store.dirty import DirtyRow
from hersteld.parsers.writing.night_file import SERIAL, NightFile
from hersteld.recovery.nights.night import Night
from tests.daemon.planning.test_backlog import close, what_is_stored
from tests.support.nights.stored import knows_what_is_usual, nights_come
from tests.support.nights.usual import a_night, usual_nights
from tests.support.pipeline import NOON, Pipeline, a_file

ENDED = NOON + timedelta(hours=4)
"""Of a ride in the afternoon that asks for 35 hours."""
MORNING = NOON.date() + timedelta(days=1)
POOR, GOOD = (30.0, 58.0), (70.0, 46.0)
RIDE = a_file(ENDED, minutes=60, bpm=170, sport="cycling")


def a_pipeline(folder: Path, **overrides: str) -> Pipeline:
    """Return a service that knows what is usual, in the afternoon, when a hard ride came in."""
    pipeline = Pipeline(
        folder, now=ENDED + timedelta(minutes=5), athlete__max_hr="190", athlete__resting_hr="50", **overrides
    )
    knows_what_is_usual(pipeline)
    pipeline.put("ride.fit", RIDE)
    pipeline.look()
    assert [row.rule for row in pipeline.rows() if row.state == "sent"] == ["first"]
    return pipeline


def wake(pipeline: Pipeline, hours: float = 16) -> None:
    """Go on to the morning after, at eight."""
    pipeline.clock.move(timedelta(hours=hours))
    pipeline.look()


def ready_at(pipeline: Pipeline) -> datetime:
    found = pipeline.stored()[-1].ready_at
    assert found is not None
    return found


def corrections(pipeline: Pipeline) -> list[str]:
    """Return what was said in corrections, in order of their number."""
    return [row.body for row in pipeline.rows() if row.rule.startswith("correction") and row.state == "sent"]


@pytest.mark.parametrize(
    ("measured", "hours", "why"),
    [
        (
            POOR,
            12,
            (
                "your heart rate variability was low (30 ms, usually about 50) and your resting heart rate high"
                " (58 a minute, usually about 50)."
            ),
        ),
        ((30.0, None), 6, "your heart rate variability was low: 30 ms, usually about 50."),
        ((None, 58.0), 6, "your resting heart rate was high: 58 a minute, usually about 50."),
        (GOOD, -6, "did you good: heart rate variability 70 ms, usually about 50, and resting heart rate 46 a minute"),
    ],
)
def test_a_night_corrects_what_was_told_once_and_says_why(
    tmp_path: Path, measured: tuple[float | None, float | None], hours: float, why: str
) -> None:
    pipeline = a_pipeline(tmp_path)
    before = ready_at(pipeline)
    wake(pipeline)
    nights_come(pipeline, a_night(MORNING, *measured))
    assert ready_at(pipeline) - before == timedelta(hours=hours)
    (said,) = corrections(pipeline)
    assert "night before Thursday" in said
    assert why in said
    pipeline.pass_time(hours=2)
    pipeline.start()
    pipeline.pass_time(hours=2)
    assert len(corrections(pipeline)) == 1


def test_a_night_as_usual_says_nothing(tmp_path: Path) -> None:
    pipeline = a_pipeline(tmp_path)
    before = ready_at(pipeline)
    wake(pipeline)
    nights_come(pipeline, a_night(MORNING, 50, 50))
    assert ready_at(pipeline) == before
    assert corrections(pipeline) == []


def test_a_night_that_comes_in_after_noon_moves_nothing(tmp_path: Path) -> None:
    pipeline = a_pipeline(tmp_path)
    before = ready_at(pipeline)
    wake(pipeline, hours=20)
    assert pipeline.clock.now() > NOON + timedelta(days=1)
    nights_come(pipeline, a_night(MORNING, *POOR))
    assert ready_at(pipeline) == before
    assert corrections(pipeline) == []


def test_a_longer_record_of_a_second_device_corrects_once_more_until_noon_and_not_after(tmp_path: Path) -> None:
    pipeline = a_pipeline(tmp_path)
    before = ready_at(pipeline)
    wake(pipeline)
    nights_come(pipeline, a_night(MORNING, *POOR), minutes=200)
    nights_come(pipeline, a_night(MORNING, 50, 50), device="ring", minutes=400)
    assert ready_at(pipeline) == before
    assert len(corrections(pipeline)) == 2
    assert "More is known of your nights" in corrections(pipeline)[1]
    pipeline.clock.move(timedelta(hours=6))
    nights_come(pipeline, a_night(MORNING, *POOR), device="band", minutes=450)
    assert ready_at(pipeline) == before
    assert len(corrections(pipeline)) == 2


def test_a_night_marks_no_workout_whose_rest_was_over(tmp_path: Path) -> None:
    pipeline = a_pipeline(tmp_path)
    pipeline.pass_time(days=6, step=timedelta(hours=6))
    with pipeline.store.write():
        pipeline.ingest.reassessment.mark_nights([pipeline.clock.now().date()])
    assert DirtyRow(pipeline.store).read().since is None


@pytest.mark.parametrize(("hours", "moves"), [(1, 0), (10, 6)], ids=["before-the-run", "after-it"])
def test_a_resting_heart_rate_that_comes_with_a_morning_run_is_of_the_night_before_the_run(
    tmp_path: Path, hours: float, moves: float
) -> None:
    """A watch that writes no sleep dates it by the moment at which it is synchronised: after the run."""
    synchronised = datetime.combine(MORNING, NOON.timetz()) - timedelta(hours=4)
    pipeline = Pipeline(tmp_path, now=synchronised, athlete__max_hr="190", athlete__resting_hr="50")
    knows_what_is_usual(pipeline)
    pipeline.put("run.fit", a_file(synchronised - timedelta(hours=hours), minutes=60, bpm=168))
    pipeline.look()
    before = ready_at(pipeline)
    device = NightFile(synchronised).resting(synchronised, 58).finish()
    with pipeline.store.write():
        pipeline.store.change("UPDATE night_records SET device = ?", [f"1/3113/{SERIAL}"])
    pipeline.put("day.fit", device)
    pipeline.look()
    assert ready_at(pipeline) - before == timedelta(hours=moves)


def test_a_doze_in_the_evening_is_no_night_yet(tmp_path: Path) -> None:
    """It is of the next morning, as a night that breaks off is, and says nothing of it alone."""
    pipeline = a_pipeline(tmp_path)
    before = ready_at(pipeline)
    pipeline.clock.move(timedelta(hours=4))
    doze = a_night(MORNING, POOR[0])
    nights_come(pipeline, replace(doze, woke_at=pipeline.clock.now()), minutes=60)
    assert (ready_at(pipeline), corrections(pipeline)) == (before, [])
    wake(pipeline, hours=12)
    nights_come(pipeline, a_night(MORNING, *POOR))
    assert len(corrections(pipeline)) == 1


def test_a_walk_in_the_morning_leaves_the_night_its_word(tmp_path: Path) -> None:
    pipeline = a_pipeline(tmp_path)
    wake(pipeline)
    pipeline.put("walk.fit", a_file(pipeline.clock.now(), minutes=30, bpm=90, sport="walking"))
    pipeline.look()
    nights_come(pipeline, a_night(MORNING, *POOR))
    (said,) = corrections(pipeline)
    assert "heart rate variability was low" in said
    newest = pipeline.stored()[-1]
    assert newest.gentle
    night = pipeline.workouts.night_of(newest)
    assert night is not None
    assert night.day == MORNING


def test_changed_settings_make_of_a_known_night_what_it_was(tmp_path: Path) -> None:
    pipeline = a_pipeline(tmp_path)
    wake(pipeline)
    nights_come(pipeline, a_night(MORNING, *POOR))
    moved = ready_at(pipeline)
    pipeline.configure(athlete__birth_year="1990")
    pipeline.look()
    assert ready_at(pipeline) == moved
    assert len(corrections(pipeline)) == 1


def test_recovered_is_told_at_the_moved_moment(tmp_path: Path) -> None:
    pipeline = a_pipeline(tmp_path)
    wake(pipeline)
    nights_come(pipeline, a_night(MORNING, *POOR))
    moved = ready_at(pipeline)
    pipeline.pass_time(days=3, step=timedelta(hours=1))
    (ready,) = [row for row in pipeline.rows("ready") if row.state == "sent"]
    assert timedelta() <= ready.changed_at - moved < timedelta(hours=8)


def test_a_readiness_that_was_said_is_taken_back_when_the_night_comes_in_after_it(tmp_path: Path) -> None:
    ended_at = NOON + timedelta(hours=8)
    pipeline = Pipeline(tmp_path, now=ended_at, athlete__max_hr="190", athlete__resting_hr="50")
    knows_what_is_usual(pipeline)
    pipeline.put("ride.fit", a_file(ended_at, minutes=45, bpm=140, sport="cycling"))
    pipeline.look()
    before = ready_at(pipeline)
    pipeline.pass_time(hours=15, step=timedelta(minutes=30))
    assert datetime.combine(MORNING, NOON.timetz()) - timedelta(hours=6) < before < pipeline.clock.now()
    nights_come(pipeline, a_night(MORNING, *POOR, woke="06:00"))
    assert len(corrections(pipeline)) == 1
    told = pipeline.outbox.last_told("phone")
    assert told is not None
    assert told.told_ready_at is not None
    assert told.told_ready_at >= ready_at(pipeline) == before + timedelta(hours=12)


# --- the resting heart rate


def test_the_resting_heart_rate_is_the_median_of_the_nights_before_unless_it_is_configured(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path, athlete__max_hr="190")
    pipeline.put("run.fit", a_file(minutes=60, bpm=150))
    pipeline.look()
    assumed = pipeline.stored()[-1].load
    nights = [a_night(NOON.date() - timedelta(days=back), resting=44.0 + back) for back in range(7)]
    nights_come(pipeline, *nights[1:])
    assert pipeline.stored()[-1].load == assumed, "six nights say too little"
    nights_come(pipeline, nights[0])
    athlete = pipeline.workouts.recovery(1).physiology
    assert athlete is not None
    reason = athlete.reasons["resting_hr_bpm"]
    assert (reason.value, reason.source) == (47, "28-day median of your watch")
    assert pipeline.stored()[-1].load > assumed
    nights_come(pipeline, a_night(NOON.date() + timedelta(days=1), resting=90))
    assert pipeline.workouts.recovery(1).physiology == athlete, "a later night says nothing of it"
    pipeline.configure(athlete__resting_hr="60")
    pipeline.look()
    assert pipeline.stored()[-1].load == pytest.approx(assumed)


def test_nights_are_read_once_for_workouts_that_have_them_in_common(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path)
    run = pipeline.put("run.fit", a_file(minutes=60, bpm=150))
    pipeline.look()
    workout = pipeline.workouts.workout(1)

    def asked() -> list[str]:
        statements: list[str] = []
        pipeline.store.db.conn.set_trace_callback(statements.append)
        pipeline.workouts.recent(workout, pipeline.settings.rules, UTC)
        pipeline.store.db.conn.set_trace_callback(None)
        return [one for one in statements if "night_records" in one]

    assert run.exists()
    assert len(asked()) == 1, "without nights only that is asked"
    knows_what_is_usual(pipeline)
    pipeline.workouts.recent(workout, pipeline.settings.rules, UTC)
    assert len(asked()) == 1, "and with nights that were read before"
    nights_come(pipeline, a_night(NOON.date() + timedelta(days=1), 33, 51))
    found = pipeline.workouts.recent(workout, pipeline.settings.rules, UTC).nights
    assert found[-1].rmssd_ms == 33, "but for one that came in since"


# --- the order of arrival

FIRST, SECOND = NOON - timedelta(days=3), NOON - timedelta(days=1)
PARTS: dict[str, bytes | tuple[Night, ...]] = {
    "first": a_file(FIRST, minutes=90, bpm=168, sport="cycling"),
    "second": a_file(SECOND, minutes=60, bpm=172),
    "usual": usual_nights((FIRST - timedelta(days=1)).date(), 60),
    "poor": (a_night((FIRST + timedelta(days=1)).date(), *POOR),),
    "good": (a_night((SECOND + timedelta(days=1)).date(), *GOOD, woke="05:00"),),
}


def stored_after(order: tuple[str, ...]) -> list[dict[str, object]]:
    """Return all that the store says when these came in one after the other, each night in the morning it ended."""
    with tempfile.TemporaryDirectory() as folder:
        pipeline = Pipeline(Path(folder), now=NOON + timedelta(minutes=5))
        for name in order:
            part = PARTS[name]
            if isinstance(part, bytes):
                pipeline.put(f"{name}.fit", part)
                pipeline.look()
            else:
                nights_come(pipeline, *part, at=part[-1].woke_at)
        if pipeline.ingest.backlog.open_id() is not None:
            close(pipeline)
        found = what_is_stored(pipeline)
        pipeline.store.close()
    return [{**one, "identity": None} for one in found]


def test_any_order_of_arrival_gives_the_same_plans() -> None:
    in_order = stored_after(tuple(PARTS))
    for order in itertools.islice(itertools.permutations(PARTS), 0, None, 9):
        assert stored_after(order) == in_order, order
