"""A kill around a word that comes at a time of its own: it is told, and told once."""

import re
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.support.faults.fault_points import FaultPoint, Nursery
from tests.support.home import Home
from tests.support.machine.process import wait_until
from tests.support.receivers import HttpReceiver

_KEEPER = "hersteld.daemon.planning.occasions.keeper:Occasions"
_SETTLES = "hersteld.daemon.planning.occasions.record:OccasionRecord.settle"
POINTS = (
    FaultPoint("before", f"{_KEEPER}._say"),
    FaultPoint("before", _SETTLES),
    FaultPoint("after", _SETTLES),
    FaultPoint("after", "hersteld.daemon.outbox.queue:Outbox.queue"),
    FaultPoint("after", f"{_KEEPER}._say", if_it_gives=True),
    FaultPoint("after", f"{_KEEPER}.ask", if_it_gives=True),
    FaultPoint("before", "hersteld.daemon.delivery.notifiers:AppriseNotifier.send"),
    FaultPoint("after", "hersteld.daemon.outbox.queue:Outbox.record_sent"),
)


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    with Nursery() as nursery:
        yield nursery


def home_in_the_morning(folder: Path, url: str) -> Home:
    """Return a home with a past that was never told, in which it was the time of the morning word an hour ago."""
    home = Home(folder, url)
    home.configure()
    now = datetime.now(UTC).astimezone(ZoneInfo(home.environment["TZ"]))
    config = home.config.read_text(encoding="utf-8")
    morning = max(now - timedelta(hours=1), now.replace(hour=0, minute=0))
    at = f'morning = "{morning:%H:%M}"\nweekly = false\nsilence = false\n'
    home.config.write_text(re.sub(r"(quiet_hours = \"\"\n)", rf"\1{at}", config), encoding="utf-8")
    past = folder / "past"
    past.mkdir()
    (past / "run.fit").write_bytes(home.workout(ended_ago=timedelta(hours=20)))
    home.call("import", past)
    return home


@pytest.mark.parametrize("point", POINTS, ids=str)
def test_a_kill_neither_loses_nor_repeats_it(tmp_path: Path, nursery: Nursery, point: FaultPoint) -> None:
    with HttpReceiver() as phone:
        home = home_in_the_morning(tmp_path / "home", phone.url)
        log = home.folder / "log"
        with nursery.start(home.words, home.environment, log, point) as life:
            assert life.wait() == -signal.SIGKILL
        for _ in range(2):
            before = log.read_text().count("ready; messages go to")
            with nursery.start(home.words, home.environment, log) as life:
                wait_until(lambda: is_told(home) and log.read_text().count("ready; messages") > before, "the word")  # noqa: B023
                life.kill(signal.SIGTERM)
                assert life.wait() == 0
        assert [message.title for message in phone.received] == ["Today"]


def is_told(home: Home) -> bool:
    """Return whether one morning is settled, and its word is sent."""
    with closing(sqlite3.connect(home.database)) as database:
        settled = database.execute("SELECT kind, said FROM occasions").fetchall()
        sent = database.execute("SELECT kind, state FROM outbox").fetchall()
    return (settled, sent) == ([("morning", 1)], [("morning", "sent")])
