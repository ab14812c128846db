"""What watches measured at night is kept by file, day and device, and comes back as one night a day."""

import sqlite3
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from hersteld.daemon.database.connection import Store
from hersteld.daemon.store.days import add_night_records, night_records_between, nights_between
from hersteld.daemon.store.files import FileRow, add_file
from hersteld.recovery.nights.record import NightRecord, Resting, Sleep, Variability, Verdict
from tests.support.pipeline import NOON

DAY = NOON.date()


def whole(day: date = DAY, device: str = "garmin/1/2") -> NightRecord:
    woke_at = datetime.combine(day, NOON.timetz()) - timedelta(hours=5)
    return NightRecord(
        day,
        device,
        woke_at,
        NOON,
        Resting(47.0, woke_at),
        Variability(52.25, woke_at - timedelta(hours=8), woke_at, 470.0, is_of_beats=True),
        Verdict("unbalanced", woke_at),
        Sleep(woke_at - timedelta(hours=8), woke_at, 27000.0),
        81.0,
    )


def add(store: Store, sha256: str, *records: NightRecord) -> None:
    add_file(store, FileRow(sha256, f"{sha256}.fit", 1, "day", None, NOON))
    add_night_records(store, sha256, records)


def test_what_a_file_says_comes_back_as_it_was(tmp_path: Path) -> None:
    with Store(tmp_path / "a.db") as store:
        add(store, "a", whole(), bare := NightRecord(DAY + timedelta(days=1), "", NOON, NOON))
        assert night_records_between(store, DAY, DAY + timedelta(days=1)) == (whole(), bare)
    with Store(tmp_path / "a.db") as store:
        assert night_records_between(store, DAY, DAY) == (whole(),)


def test_nights_are_those_of_the_days_asked_for_oldest_first(tmp_path: Path) -> None:
    days = [DAY + timedelta(days=n) for n in (2, 0, 1, 9)]
    with Store(tmp_path / "a.db") as store:
        for number, day in enumerate(days):
            add(store, str(number), whole(day))
        found = nights_between(store, DAY, DAY + timedelta(days=2))
        assert [night.day for night in found] == sorted(days[:3])
        assert found[0].rmssd_ms == 52.25
        assert nights_between(store, DAY - timedelta(days=9), DAY - timedelta(days=1)) == ()


def test_two_devices_in_one_night_make_one_night(tmp_path: Path) -> None:
    longer = NightRecord(DAY, "ring", NOON, NOON, sleep=Sleep(NOON - timedelta(hours=12), NOON, 40000.0))
    with Store(tmp_path / "a.db") as store:
        add(store, "a", whole())
        add(store, "b", longer)
        (night,) = nights_between(store, DAY, DAY)
        assert (night.sleep_s, night.resting_hr_bpm) == (40000.0, None)


def test_a_record_without_a_file_is_refused(tmp_path: Path) -> None:
    with Store(tmp_path / "a.db") as store, pytest.raises(sqlite3.IntegrityError):
        add_night_records(store, "nowhere", [whole()])
