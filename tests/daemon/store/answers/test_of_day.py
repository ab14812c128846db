"""Of a day the last answer holds, on the day it was given for, wherever the athlete was."""

from datetime import date, timedelta
from pathlib import Path

from hersteld.daemon.database.connection import Store
from hersteld.daemon.store.answers.of_day import (
    qualities_between,
    resting_hr_days,
    resting_hr_records,
    resting_hr_stamp,
)
from hersteld.daemon.store.answers.rows import Kind, Source, add_answer, take_back
from hersteld.recovery.nights.record import OF_ATHLETE
from tests.support.pipeline import NOON

DAY = NOON.date()


def say(store: Store, kind: Kind, name: str, value: float, day: date = DAY, *, hours: float = 0) -> int:
    at = NOON + timedelta(hours=hours)
    return add_answer(
        store, kind, {name: value, "day": day.isoformat()}, source=Source.COMMAND, workout_id=None, at=at, now=at
    )


def test_of_a_day_the_last_answer_holds(tmp_path: Path) -> None:
    with Store(tmp_path / "a.db") as store:
        say(store, Kind.TQR, "tqr", 9)
        later = say(store, Kind.TQR, "tqr", 14, hours=1)
        say(store, Kind.TQR, "tqr", 17, DAY + timedelta(days=3), hours=72)
        assert qualities_between(store, DAY, DAY) == ((DAY, 14),)
        take_back(store, later, now=NOON)
        assert qualities_between(store, DAY, DAY + timedelta(days=3)) == ((DAY, 9), (DAY + timedelta(days=3), 17))


def test_an_answer_belongs_to_the_local_date_it_was_given_on(tmp_path: Path) -> None:
    """At noon in UTC it may already be tomorrow on an island in the Pacific, or still yesterday on another one."""
    with Store(tmp_path / "a.db") as store:
        say(store, Kind.TQR, "tqr", 9, DAY + timedelta(days=1))
        say(store, Kind.TQR, "tqr", 8, DAY - timedelta(days=1))
        assert qualities_between(store, DAY + timedelta(days=1), DAY + timedelta(days=1)) == (
            (DAY + timedelta(days=1), 9),
        )
        assert qualities_between(store, DAY - timedelta(days=1), DAY) == ((DAY - timedelta(days=1), 8),)


def test_resting_heart_rates_are_records_of_the_athlete(tmp_path: Path) -> None:
    with Store(tmp_path / "a.db") as store:
        assert resting_hr_stamp(store) == ()
        number = say(store, Kind.RESTING_HR, "bpm", 48)
        stamp = resting_hr_stamp(store)
        (record,) = resting_hr_records(store, DAY, DAY)
        assert (record.day, record.device, record.resting and record.resting.bpm) == (DAY, OF_ATHLETE, 48)
        assert resting_hr_days(store) == (DAY,)
        take_back(store, number, now=NOON)
        assert resting_hr_records(store, DAY, DAY) == ()
        assert resting_hr_days(store) == ()
        assert resting_hr_stamp(store) not in ((), stamp)
