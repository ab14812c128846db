"""After each round the record says how the service is, and since when."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hersteld.config.settings import Health as HealthSettings
from hersteld.daemon.health.keeper import ALIVE_EVERY_S, HealthKeeper
from hersteld.daemon.health.pinger import Pinger
from hersteld.daemon.health.record import Health, HealthFile, read_health
from hersteld.daemon.health.trouble import Trouble
from hersteld.daemon.system.clock import ManualClock
from hersteld.parsers.line import Line

NOON = datetime(2026, 5, 6, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
MISSING = Trouble("folder_missing", Line("health.unseen", {"path": "/a", "reason": (Line("reasons.gone"),)}))
MEMORY = Trouble("no_memory", Line("reasons.no_memory"))


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(NOON)


def keeper(folder: Path, clock: ManualClock, before: Health | None = None) -> HealthKeeper:
    pinger = Pinger(HealthSettings(), clock)
    return HealthKeeper(folder / "a.db", pinger, clock, before, reads_alone=lambda: Line("reasons.no_room"))


def record(folder: Path) -> Health:
    found = read_health(folder / "a.db")
    assert found is not None
    return found


def test_trouble_is_told_from_its_beginning_and_forgotten_at_its_end(tmp_path: Path, clock: ManualClock) -> None:
    kept = keeper(tmp_path, clock)
    for trouble, since in ((None, None), (MISSING, 1), (MISSING, 1), (MEMORY, 3), (None, None), (MISSING, 5)):
        looked_at = clock.now() if trouble is None else None
        kept.looked(looked_at, trouble)
        found = record(tmp_path)
        assert (found.trouble, found.since) == (trouble, None if since is None else NOON + since * MINUTE)
        assert (found.pid, found.alive_at) == (os.getpid(), clock.now())
        clock.move(MINUTE)
    assert record(tmp_path).looked_at == NOON + 4 * MINUTE, "the last look that succeeded"
    assert record(tmp_path).reads_alone == Line("reasons.no_room")
    assert record(tmp_path).pinged is None


def test_what_an_earlier_run_looked_at_is_known(tmp_path: Path, clock: ManualClock) -> None:
    before = Health(1, NOON - MINUTE, NOON - MINUTE)
    keeper(tmp_path, clock, before).looked(None, MISSING)
    assert record(tmp_path).looked_at == NOON - MINUTE


def test_during_long_work_it_is_written_now_and_then_that_it_goes_on(tmp_path: Path, clock: ManualClock) -> None:
    kept = keeper(tmp_path, clock)
    written: set[datetime] = set()
    for _ in range(int(4 * ALIVE_EVERY_S) + 1):
        kept.goes_on()
        written.add(record(tmp_path).alive_at)
        clock.move(timedelta(seconds=1))
    assert len(written) == 5


def test_a_folder_that_is_gone_costs_only_the_record(tmp_path: Path, clock: ManualClock) -> None:
    keeper(tmp_path / "gone", clock).looked(NOON, None)
    HealthFile(tmp_path / "gone" / "a.db").write(Health(1, NOON))
    assert read_health(tmp_path / "gone" / "a.db") is None
