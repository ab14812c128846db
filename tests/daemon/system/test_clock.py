"""Times are written so that they sort as they pass, and the zone is that of the machine as it is now."""

import threading
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from hersteld.daemon.system.clock import BUILT_AT, ManualClock, SystemClock, from_iso, iso
from tests.support.languages import speaking
from tests.support.pipeline import NOON


def test_times_sort_as_text_the_way_they_pass() -> None:
    moments = [NOON, NOON.replace(microsecond=1), NOON.replace(second=1), datetime(2026, 12, 1, tzinfo=UTC)]
    assert sorted(map(iso, moments)) == [iso(moment) for moment in moments]
    assert [from_iso(iso(moment)) for moment in moments] == moments


def test_the_clock_of_the_machine_is_aware_and_goes_on() -> None:
    clock = SystemClock()
    first_s = clock.monotonic_s()
    assert clock.now().tzinfo is UTC
    assert clock.now() > BUILT_AT
    assert clock.monotonic_s() >= first_s


def test_a_wait_ends_when_the_event_is_set_or_the_time_is_over() -> None:
    clock, event = SystemClock(), threading.Event()
    assert not clock.wait(event, -1)
    event.set()
    assert clock.wait(event, 3600)


def test_the_zone_of_a_traveller_is_the_one_of_now(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = SystemClock()
    for name in ("Europe/Amsterdam", "Asia/Tokyo"):
        monkeypatch.setenv("TZ", name)
        assert str(clock.zone()) == name


def test_a_zone_that_cannot_be_read_is_told_once_and_the_last_one_stays(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    clock = SystemClock()
    monkeypatch.setenv("TZ", "Europe/Amsterdam")
    clock.zone()
    monkeypatch.setenv("TZ", "Mars/Olympus")
    with speaking("nl"):
        assert [str(clock.zone()) for _ in range(3)] == ["Europe/Amsterdam"] * 3
    (record,) = caplog.records
    assert record.getMessage().startswith("de tijdzone van deze machine is niet te lezen (")
    assert record.getMessage().endswith("); tijden staan in Europe/Amsterdam")


def test_a_manual_clock_moves_jumps_and_travels_only_when_it_is_told() -> None:
    clock = ManualClock(NOON)
    clock.move(timedelta(hours=1))
    clock.jump(NOON)
    clock.travel(ZoneInfo("Asia/Tokyo"))
    assert (clock.now(), clock.monotonic_s(), str(clock.zone())) == (NOON, 3600.0, "Asia/Tokyo")
    assert not clock.wait(threading.Event(), 3600)
    assert clock.monotonic_s() == 3600.0
