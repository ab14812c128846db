"""A kill while the past is assessed anew: it ends as if nothing had happened, and nothing is said twice."""

import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from tests.support.faults.fault_points import FaultPoint, Nursery
from tests.support.home import Home
from tests.support.machine.process import wait_until
from tests.support.receivers import HttpReceiver

_STORE_CHANGE = "hersteld.daemon.database.connection:Store.change"
POINTS = (
    FaultPoint("after", "hersteld.daemon.planning.reassess:Reassessment.check_settings"),
    FaultPoint("after", "hersteld.daemon.planning.reassess:Reassessment.assess_next", nth=1),
    FaultPoint("before", "hersteld.daemon.planning.assessor:Assessor.assess", nth=13),
    FaultPoint("after", _STORE_CHANGE, "UPDATE reassessment", nth=4),
    FaultPoint("after", "hersteld.daemon.planning.telling.announcer:Announcer.correct"),
    FaultPoint("after", "hersteld.daemon.planning.reassess:Reassessment.finish", if_it_gives=True),
)
OF_COMMANDS = (
    FaultPoint("after", "COMMIT"),
    FaultPoint("before", "hersteld.daemon.planning.assessor:Assessor.assess", nth=9),
    FaultPoint("after", "hersteld.daemon.planning.reassess:Reassessment.assess_next"),
)
"""Moments of a command that changes a workout: after its change is stored, and while what followed is assessed anew."""
WORKOUTS = 30


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    with Nursery() as nursery:
        yield nursery


def loads_and_hours(home: Home) -> list[float]:
    """Return the load and the hours of rest of each workout; the homes were made a moment apart, so no dates."""
    with closing(sqlite3.connect(home.database)) as database:
        rows = database.execute("SELECT load, recovery_h FROM workouts ORDER BY started_at").fetchall()
    return [number for row in rows for number in row]


def told_and_changed(folder: Path, url: str) -> Home:
    """Return a home with a past of a year; its last workout was told, with other settings than it has now."""
    home = Home(folder, url)
    home.configure(experience="elite", max_hr=205)
    past = folder / "past"
    past.mkdir()
    for number in range(1, WORKOUTS):
        content = home.workout(ended_ago=timedelta(days=12 * number), minutes=20, bpm=140 + number)
        (past / f"{number}.fit").write_bytes(content)
    home.call("import", past)
    with home.daemon() as daemon:
        (home.inbox / "run.fit").write_bytes(home.workout())
        daemon.wait_for_line("sent (workout)")
        daemon.stop_cleanly()
    home.configure(experience="recreational", max_hr=185)
    return home


@pytest.mark.parametrize("point", POINTS, ids=str)
def test_a_kill_while_all_is_assessed_anew_changes_nothing_of_its_end(
    tmp_path: Path, nursery: Nursery, point: FaultPoint
) -> None:
    ends = []
    for name, killed_at in (("killed", point), ("spared", None)):
        with HttpReceiver() as phone:
            home = told_and_changed(tmp_path / name, phone.url)
            log = home.folder / "log"
            if killed_at is not None:
                with nursery.start(home.words, home.environment, log, killed_at) as life:
                    assert life.wait() == -signal.SIGKILL
            with nursery.start(home.words, home.environment, log) as life:
                wait_until(lambda: len(phone.received) == 2, "the correction")
                life.kill(signal.SIGTERM)
                assert life.wait() == 0
            assert [message.title for message in phone.received[1:]] == ["Correction: your rest"]
            ends.append(loads_and_hours(home))
    killed, spared = ends
    assert len(spared) == 2 * WORKOUTS
    assert killed == pytest.approx(spared)


@pytest.mark.figures("`forget` or `sport` is killed", "{tried} kills: 0 different")
@pytest.mark.parametrize(
    "words", [("forget", "1", "--yes"), ("sport", "1", "strength_training")], ids=lambda words: words[0]
)
@pytest.mark.parametrize("point", OF_COMMANDS, ids=str)
def test_a_kill_of_a_command_that_changes_a_workout_leaves_what_follows_to_the_service(
    tmp_path: Path, nursery: Nursery, point: FaultPoint, words: tuple[str, ...]
) -> None:
    ends = []
    for name, killed_at in (("killed", point), ("spared", None)):
        with HttpReceiver() as phone:
            home = told_and_changed(tmp_path / name, phone.url)
            home.configure(experience="elite", max_hr=205)  # as it was: only the command changes anything
            log = home.folder / "log"
            with nursery.start([*words, "--config", home.words[-1]], home.environment, log, killed_at) as life:
                assert life.wait() == (-signal.SIGKILL if killed_at else 0)
            with home.daemon() as daemon:
                wait_until(partial(is_assessed, home), "all to be assessed anew")
                daemon.stop_cleanly()
            ends.append(loads_and_hours(home))
    killed, spared = ends
    assert len(spared) == 2 * WORKOUTS
    assert killed == pytest.approx(spared)


def is_assessed(home: Home) -> bool:
    """Return whether no workout is to be assessed anew, and everybody was told."""
    with closing(sqlite3.connect(home.database)) as database:
        return database.execute("SELECT since_at, cause FROM reassessment").fetchall() == [(None, None)]
