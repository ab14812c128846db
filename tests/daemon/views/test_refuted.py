"""`status` names the numbers of the configuration that workouts have refuted."""

from datetime import timedelta
from pathlib import Path

import pytest

from hersteld.daemon.views.refuted import refuted
from hersteld.daemon.views.status import how_things_stand, status_json
from tests.support.command_line import settings_in
from tests.support.pipeline import NOON, Pipeline, a_file


def a_pipeline(tmp_path: Path) -> Pipeline:
    """Return a history with a run at up to 191 beats, and a ride of 300 W the day before."""
    pipeline = Pipeline(tmp_path)
    pipeline.put("run.fit", a_file(minutes=40, bpm=188))
    pipeline.put("ride.fit", a_file(NOON - timedelta(days=1), minutes=40, bpm=150, sport="cycling", power=300))
    pipeline.look()
    pipeline.start()
    return pipeline


@pytest.mark.parametrize(("max_hr", "found"), [("180", [("max_hr", 180, 191)]), ("191", []), (None, [])])
def test_a_higher_heart_rate_refutes_the_configured_maximum(
    max_hr: str | None, found: list[tuple[str, int, int]], tmp_path: Path
) -> None:
    pipeline = a_pipeline(tmp_path)
    settings = settings_in(tmp_path, **({} if max_hr is None else {"athlete__max_hr": max_hr}))
    told = refuted(pipeline.store, settings, NOON)
    assert [(one.key, one.configured, one.shown) for one in told] == found
    assert all(one.at == NOON for one in told)


@pytest.mark.parametrize(("ftp_w", "found"), [("284", [285]), ("285", [])])
def test_the_best_twenty_minutes_refute_the_configured_ftp(ftp_w: str, found: list[int], tmp_path: Path) -> None:
    pipeline = a_pipeline(tmp_path)
    told = refuted(pipeline.store, settings_in(tmp_path, athlete__ftp_w=ftp_w), NOON)
    assert [one.shown for one in told] == found


@pytest.mark.parametrize(("days", "keys"), [(80, ["max_hr", "ftp_w"]), (91, ["max_hr"]), (366, [])])
def test_what_was_shown_refutes_as_long_as_it_holds(days: int, keys: list[str], tmp_path: Path) -> None:
    pipeline = a_pipeline(tmp_path)
    settings = settings_in(tmp_path, athlete__max_hr="180", athlete__ftp_w="200")
    assert [one.key for one in refuted(pipeline.store, settings, NOON + timedelta(days=days))] == keys


def test_status_says_it_as_json_too(tmp_path: Path) -> None:
    pipeline = a_pipeline(tmp_path)
    stand = how_things_stand(pipeline.database, settings_in(tmp_path, athlete__max_hr="180"), NOON)
    (told,) = status_json(stand)["refuted"]
    assert {name: told[name] for name in ("key", "configured", "shown")} == {
        "key": "max_hr",
        "configured": 180,
        "shown": 191,
    }
    assert told["at"].startswith("2026-05-06T12:00")
