"""A service that ends tells the receiver of pings why, and not again at each of many starts."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from hersteld.config.settings import Health as HealthSettings
from hersteld.daemon.health.last_word import tell_the_end
from hersteld.daemon.health.record import read_health
from hersteld.daemon.system.clock import ManualClock
from hersteld.parsers.line import Line
from tests.support.measured.figures import Measured
from tests.support.pipeline import NOON
from tests.support.receivers import PingReceiver

REFUSED = Line("database.refused", {"path": "hersteld.db", "reason": (Line("reasons.unknown"),)})
FAIL = "POST /s3cret/fail database_unusable"
EVERY_S = 600


@pytest.fixture
def receiver() -> Iterator[PingReceiver]:
    with PingReceiver() as receiver:
        yield receiver


def settings_for(receiver: PingReceiver) -> HealthSettings:
    return HealthSettings(ping_url=SecretStr(f"http://127.0.0.1:{receiver.port}/s3cret"), ping_every_s=EVERY_S)


@pytest.mark.figures("the service ends at each of many starts", "{starts} starts: told {told}")
def test_many_starts_that_end_alike_are_told_once_in_the_configured_time(
    receiver: PingReceiver, tmp_path: Path, measured: Measured
) -> None:
    clock, database = ManualClock(NOON), tmp_path / "hersteld.db"
    starts = 10
    for _ in range(starts):
        tell_the_end(settings_for(receiver), database, REFUSED, clock)
        clock.move(timedelta(seconds=20))
    assert receiver.heard == [FAIL]
    measured(starts=starts, told=len(receiver.heard))
    clock.move(timedelta(seconds=EVERY_S))
    tell_the_end(settings_for(receiver), database, REFUSED, clock)
    assert receiver.heard == [FAIL] * 2
    health = read_health(database)
    assert health is not None
    assert health.since == NOON, "it is still the same trouble"


def test_what_did_not_arrive_is_told_at_the_next_start(receiver: PingReceiver, tmp_path: Path) -> None:
    clock, database = ManualClock(NOON), tmp_path / "hersteld.db"
    receiver.status = 500
    for _ in range(2):
        tell_the_end(settings_for(receiver), database, REFUSED, clock)
        clock.move(timedelta(seconds=20))
        receiver.status = 200
    tell_the_end(settings_for(receiver), database, REFUSED, clock)
    assert receiver.heard == [FAIL] * 2


def test_where_no_record_can_be_written_it_is_told_each_time(receiver: PingReceiver, tmp_path: Path) -> None:
    for _ in range(2):
        tell_the_end(settings_for(receiver), tmp_path / "none" / "hersteld.db", REFUSED, ManualClock(NOON))
    assert receiver.heard == [FAIL] * 2


def test_an_upgrade_after_which_the_service_starts_again_by_itself_is_no_trouble(
    receiver: PingReceiver, tmp_path: Path
) -> None:
    changed = Line("database.changed_meanwhile", {"path": "hersteld.db"})
    tell_the_end(settings_for(receiver), tmp_path / "hersteld.db", changed, ManualClock(NOON))
    assert receiver.heard == []
