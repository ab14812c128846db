"""The order in which workouts arrive changes no plan, nor the last word on it."""

import itertools
import tempfile
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

import pytest

from hersteld.daemon.importing.importer import Import
from hersteld.recovery.messages.draft import MessageKind
from tests.daemon.planning.test_backlog import close, what_is_stored
from tests.support.measured.figures import Measured
from tests.support.pipeline import NOON, Pipeline, a_file

WEEK = {
    "long": a_file(NOON - timedelta(days=2), minutes=100, bpm=160, sport="cycling"),
    "run": a_file(NOON - timedelta(hours=4), minutes=50, bpm=172),
    "ride": a_file(NOON - timedelta(hours=2, minutes=20), minutes=60, bpm=150, sport="cycling"),
    "walk": a_file(NOON, minutes=40, bpm=100, sport="walking"),
}

TODAY = {
    "run": a_file(NOON - timedelta(hours=9), minutes=50, bpm=172),
    "ride": a_file(NOON - timedelta(hours=6), minutes=90, bpm=150, sport="cycling"),
    "game": a_file(NOON - timedelta(hours=3), minutes=45, bpm=165),
    "walk": a_file(NOON, minutes=40, bpm=100, sport="walking"),
}


def stored_after(files: Iterable[bytes]) -> list[dict[str, object]]:
    """All that the store says, but for who brought it, when these came one after the other."""
    with tempfile.TemporaryDirectory() as folder:
        pipeline = Pipeline(Path(folder))
        for number, content in enumerate(files):
            pipeline.put(f"{number}.fit", content)
            pipeline.look()
        if pipeline.ingest.backlog.open_id() is not None:
            close(pipeline)
        found = what_is_stored(pipeline)
        pipeline.store.close()
    numbers = {one["identity"]: number for number, one in enumerate(found)}
    return [
        {**one, "identity": None, "brick_after": one["brick_after"] and numbers[one["brick_after"]]} for one in found
    ]


@pytest.mark.figures(
    "workouts come in another order", "{workouts} workouts in all {orders} orders: every plan the same"
)
def test_any_order_of_arrival_gives_the_same_plans(measured: Measured) -> None:
    in_order = stored_after(WEEK.values())
    assert [one["brick_after"] for one in in_order] == [None, None, 1, None]
    orders = list(itertools.permutations(WEEK))
    for order in orders:
        assert stored_after(WEEK[name] for name in order) == in_order, order
    measured(workouts=len(in_order), orders=len(orders))


def test_a_richer_recording_gives_the_plans_that_it_would_have_given_at_once() -> None:
    poor = a_file(NOON - timedelta(days=2), minutes=100, bpm=140, sport="cycling")
    rich = a_file(NOON - timedelta(days=2), minutes=100, bpm=170, power=230, sport="cycling")
    others = [WEEK[name] for name in ("run", "ride", "walk")]
    assert stored_after([poor, *others, rich]) == stored_after([rich, *others])


def test_a_workout_that_comes_after_many_later_ones_is_put_in_order_with_them() -> None:
    days = [a_file(NOON - timedelta(days=day), minutes=40, bpm=150 + day) for day in range(12, 0, -1)]
    first = a_file(NOON - timedelta(days=13), minutes=60, bpm=190)
    assert stored_after([*days, first]) == stored_after([first, *days])


def test_being_stopped_before_many_later_ones_are_put_in_order_is_made_up_for_at_the_next_start(
    tmp_path: Path,
) -> None:
    pipeline = Pipeline(tmp_path)
    for day in range(12, 0, -1):
        pipeline.put(f"{day}.fit", a_file(NOON - timedelta(days=day), minutes=40, bpm=150 + day))
        pipeline.look()
    stale = pipeline.stored()[-1].load
    with pipeline.ingest.arrivals() as arrivals:
        for reading in pipeline.ingest.read(a_file(NOON - timedelta(days=13), minutes=60, bpm=194), "first.fit"):
            arrivals.add(reading)
    assert pipeline.stored()[-1].load == stale
    pipeline.start()
    pipeline.look()
    assert pipeline.stored()[-1].load < stale, "the maximum heart rate is known better now"
    assert pipeline.rows() == []


@pytest.mark.figures(
    "a workout comes in late, a better recording turns up", "{tried} cases: 0 wrong at the end, 0 repeated"
)
def test_whatever_the_order_the_last_word_is_what_holds_and_recovery_is_told_once(
    tmp_path: Path, measured: Measured
) -> None:
    orders = list(itertools.permutations(TODAY))
    for order in orders:
        pipeline = Pipeline(Path(tempfile.mkdtemp(dir=tmp_path)))
        for name in order:
            pipeline.put(f"{name}.fit", TODAY[name])
            pipeline.look()
        holds = pipeline.stored()[-1].ready_at
        assert holds is not None
        told = sorted((row.changed_at, row.id, row.told_ready_at) for row in pipeline.rows() if row.state == "sent")
        assert 0 < len(told) <= len(order)
        *_, last = (ready_at for _, _, ready_at in told if ready_at is not None)
        assert abs(last - holds) < timedelta(hours=2), (order, told)
        pipeline.pass_time(days=5, step=timedelta(hours=3))
        ready = [row for row in pipeline.rows("ready") if row.state == "sent"]
        assert len(ready) == 1, order
        assert timedelta() <= ready[0].changed_at - holds < timedelta(hours=13), order
        pipeline.store.close()
    measured(tried=len(orders))


def test_the_last_workout_corrects_what_was_told_of_earlier_ones_though_it_came_in_too_late_for_a_word(
    tmp_path: Path,
) -> None:
    pipeline = Pipeline(tmp_path, now=NOON + timedelta(minutes=5))
    pipeline.put("ride.fit", a_file(NOON, minutes=90, bpm=165, sport="cycling"))
    pipeline.look()
    told = pipeline.outbox.last_told("phone")
    pipeline.pass_time(hours=30, step=timedelta(hours=1))
    pipeline.put("run.fit", a_file(NOON + timedelta(hours=4), minutes=130, bpm=160))
    pipeline.look()
    assert told is not None
    assert told.told_ready_at is not None
    assert pipeline.clock.now() < told.told_ready_at
    holds, last = pipeline.stored()[-1].ready_at, pipeline.outbox.last_told("phone")
    assert holds is not None
    assert last is not None
    assert last.told_ready_at is not None
    assert (last.rule[:10], last.told_ready_at >= holds) == ("correction", True)
    assert [row.rule for row in pipeline.rows() if row.state == "sent"].count("first") == 1
    pipeline.pass_time(days=5, step=timedelta(hours=3))
    assert len([row for row in pipeline.rows("ready") if row.state == "sent"]) == 1


@pytest.mark.parametrize("beside", [0, 5, -5], ids=["alone", "with later ones", "with older ones"])
@pytest.mark.parametrize("is_imported", [False, True])
def test_many_at_once_and_an_import_correct_what_was_told_of_earlier_ones_too(
    tmp_path: Path, beside: int, *, is_imported: bool
) -> None:
    pipeline = Pipeline(tmp_path, now=NOON + timedelta(minutes=5))
    pipeline.put("ride.fit", a_file(NOON, minutes=90, bpm=165, sport="cycling"))
    pipeline.look()
    pipeline.pass_time(hours=30, step=timedelta(hours=1))
    ends = [NOON + timedelta(hours=number if beside > 0 else -24 * number) for number in range(8, 8 + abs(beside))]
    files = [
        a_file(NOON + timedelta(hours=4), minutes=130, bpm=160),
        *(a_file(ended_at, minutes=30, bpm=120) for ended_at in ends),
    ]
    if is_imported:
        folder = tmp_path / "old"
        folder.mkdir()
        for number, content in enumerate(files):
            (folder / f"{number}.fit").write_bytes(content)
        Import(pipeline.store, pipeline.settings, pipeline.clock, workers=1).run([folder])
    else:
        for number, content in enumerate(files):
            pipeline.put(f"{number}.fit", content)
    pipeline.look()
    if pipeline.ingest.backlog.open_id() is not None:
        close(pipeline)
    pipeline.pass_time(hours=1)
    holds, last = pipeline.stored()[-1].ready_at, pipeline.outbox.last_told("phone")
    assert last is not None
    assert last.told_ready_at is not None
    assert holds is not None
    assert last.told_ready_at > holds - timedelta(hours=2)
    assert len([row for row in pipeline.rows() if row.kind is MessageKind.CORRECTION and row.state == "sent"]) == 1
    pipeline.pass_time(days=5, step=timedelta(hours=3))
    assert [row.changed_at >= holds for row in pipeline.rows("ready") if row.state == "sent"] == [True]


def test_a_watch_started_by_accident_keeps_no_late_workout_from_being_told(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path, now=NOON + timedelta(minutes=95))
    pipeline.put("accident.fit", a_file(NOON + timedelta(minutes=90), minutes=3))
    pipeline.look()
    assert pipeline.notifier.received == []
    pipeline.put("ride.fit", a_file(NOON, minutes=100, bpm=150, sport="cycling"))
    pipeline.look()
    assert [row.rule for row in pipeline.rows() if row.state == "sent"] == ["first"]
    assert "ride" in pipeline.notifier.titles()[0]
