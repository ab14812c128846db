"""A night belongs to the local date of waking, also over a change of the clocks and after a flight."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hersteld.recovery.nights.local_days import records_of
from hersteld.recovery.nights.record import NightReadings, NightRecord, Resting, Sleep, Variability, Verdict

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
DAY = date(2026, 5, 6)


def at(clock: str, day: date = DAY, zone: ZoneInfo = AMSTERDAM) -> datetime:
    return datetime.fromisoformat(f"{day.isoformat()}T{clock}").replace(tzinfo=zone).astimezone(UTC)


EVE = DAY - timedelta(days=1)
ARRIVED = at("08:00")


def records(zone: ZoneInfo = AMSTERDAM, **told: Any) -> tuple[NightRecord, ...]:
    readings = NightReadings("1/2/3", **told)
    return records_of(readings, arrived_at=ARRIVED, zone=zone, lowest_hr_bpm=25, highest_hr_bpm=110)


def sleep(begin: datetime, end: datetime, asleep_h: float | None = None) -> Sleep:
    return Sleep(begin, end, (end - begin).total_seconds() if asleep_h is None else asleep_h * 3600)


def values(rmssd: float, begin: datetime, hours: float, *, pairs: int = 0) -> tuple[Variability, ...]:
    five = timedelta(minutes=5)
    return tuple(
        Variability(rmssd, begin + five * n, begin + five * (n + 1), 5.0, pairs) for n in range(int(hours * 12))
    )


def test_a_night_is_that_of_the_morning_with_all_that_was_measured_in_it() -> None:
    bed, woke = at("23:00", EVE), at("07:00")
    (record,) = records(
        sleeps=(sleep(bed, woke, 7.5),),
        parts=values(52.0, bed, 8),
        verdicts=(Verdict("low", woke),),
        resting=(Resting(50.0, woke), Resting(47.0, at("12:00"))),
        scores=(81.0,),
    )
    assert (record.day, record.device, record.woke_at, record.arrived_at) == (DAY, "1/2/3", woke, ARRIVED)
    assert record.sleep == Sleep(bed, woke, 27000.0)
    assert record.variability == Variability(52.0, bed, woke, 480.0)
    assert (record.verdict, record.resting, record.score) == (Verdict("low", woke), Resting(47.0, at("12:00")), 81.0)


@pytest.mark.parametrize(("bpm", "is_believed"), [(24.9, False), (25, True), (110, True), (110.1, False), (254, False)])
def test_a_resting_heart_rate_that_nobody_has_is_none(bpm: float, is_believed: bool) -> None:
    assert len(records(resting=(Resting(bpm, ARRIVED),))) == is_believed


def test_a_resting_heart_rate_at_midnight_is_of_the_day_that_ends() -> None:
    found = records(resting=(Resting(52.0, at("00:00")), Resting(48.0, at("00:01"))))
    assert [(one.day, one.resting and one.resting.bpm) for one in found] == [(EVE, 52.0), (DAY, 48.0)]


@pytest.mark.parametrize(
    ("began", "hours", "is_nap"),
    [("13:00", 1.5, True), ("09:00", 2.99, True), ("08:59", 2.0, False), ("09:00", 3.0, False), ("18:00", 1.0, False)],
)
def test_a_short_sleep_by_day_is_a_nap_and_no_night(began: str, hours: float, is_nap: bool) -> None:
    begin = at(began)
    found = records(sleeps=(sleep(begin, begin + timedelta(hours=hours)),), scores=(60.0,), parts=values(80, begin, 1))
    assert (found == ()) == is_nap


def test_a_nap_beside_the_night_is_left_out_with_its_score_and_its_variability() -> None:
    bed, woke, nap = at("23:00", EVE), at("07:00"), at("14:00")
    (record,) = records(
        sleeps=(sleep(bed, woke), sleep(nap, nap + timedelta(hours=1))),
        parts=values(50, bed, 8) + values(90, nap, 1),
        scores=(75.0, 99.0),
    )
    assert (record.sleep, record.score) == (sleep(bed, woke), 75.0)
    assert record.variability is not None
    assert record.variability.rmssd_ms == 50
    (record,) = records(parts=values(50, bed, 8) + values(90, nap, 1))
    assert record.variability is not None
    assert record.variability.rmssd_ms == 50


def test_fewer_scores_than_sleeps_are_those_of_the_nights() -> None:
    """A watch that scores no nap."""
    bed, woke, nap = at("23:00", EVE), at("07:00"), at("14:00")
    before = sleep(bed - timedelta(days=1), woke - timedelta(days=1))
    night, short = sleep(bed, woke), sleep(nap, nap + timedelta(hours=1))
    (record,) = records(sleeps=(night, short), scores=(75.0,))
    assert record.score == 75.0
    assert [one.score for one in records(sleeps=(before, night, short), scores=(60.0, 75.0))] == [60.0, 75.0]
    assert [one.score for one in records(sleeps=(before, night, short), scores=(75.0,))] == [None, 75.0]


def test_a_long_sleep_by_day_is_the_night_of_who_works_at_night() -> None:
    begin = at("09:30")
    (record,) = records(sleeps=(sleep(begin, begin + timedelta(hours=6)),), parts=values(45, begin, 6))
    assert (record.day, record.variability and record.variability.minutes) == (DAY, 360.0)


def test_a_night_that_breaks_off_before_midnight_is_of_the_next_morning() -> None:
    begin = at("22:30", EVE)
    (record,) = records(sleeps=(sleep(begin, at("23:40", EVE)),))
    assert record.day == DAY
    (record,) = records(parts=values(50, begin, 1))
    assert record.day == DAY


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 29), 7.0), (date(2026, 10, 25), 9.0)])
def test_a_night_in_which_the_clocks_change_is_as_long_as_it_was(day: date, hours: float) -> None:
    bed, woke = at("23:00", day - timedelta(days=1)), at("07:00", day)
    (record,) = records(sleeps=(sleep(bed, woke),))
    assert record.day == day
    assert record.sleep is not None
    assert record.sleep.asleep_s == hours * 3600


def test_after_a_flight_the_watch_says_which_day_it_is() -> None:
    """In Auckland it is the morning of the 7th when the machine at home still has the evening of the 6th."""
    woke = at("07:00", date(2026, 5, 7), ZoneInfo("Pacific/Auckland"))
    told: dict[str, Any] = {"sleeps": (sleep(woke - timedelta(hours=8), woke),)}
    assert records(utc_offset_s=12 * 3600, **told)[0].day == date(2026, 5, 7)
    assert records(utc_offset_s=12 * 3600 + 20, **told)[0].day == date(2026, 5, 7)
    assert records(**told)[0].day == DAY


THERE = ZoneInfo("Pacific/Auckland")
WOKE_THERE = at("07:00", date(2026, 5, 7), THERE)
BED_THERE = WOKE_THERE - timedelta(hours=8)


@pytest.mark.parametrize(
    "told",
    [
        {"resting": (Resting(50.0, WOKE_THERE),)},
        {"parts": values(50, BED_THERE, 8)},
        {"parts": values(50, BED_THERE, 8, pairs=300)},
        {"averages": (Variability(44.0, BED_THERE, WOKE_THERE, 5.0),)},
        {"verdicts": (Verdict("low", WOKE_THERE),)},
        {"created_at": WOKE_THERE - timedelta(hours=2), "scores": (70.0,)},
    ],
    ids=["resting", "values", "beats", "average", "verdict", "score"],
)
def test_everything_that_is_measured_far_away_is_of_the_day_there(told: dict[str, Any]) -> None:
    assert [one.day for one in records(utc_offset_s=12 * 3600, **told)] == [date(2026, 5, 7)]
    assert [one.day for one in records(THERE, **told)] == [date(2026, 5, 7)]


@pytest.mark.parametrize(
    ("told", "woke"),
    [
        ({"parts": values(50, at("23:00", EVE), 7.5)}, "06:30"),
        ({"verdicts": (Verdict("low", at("07:10")), Verdict("none", at("07:40")))}, "07:10"),
        ({"resting": (Resting(50.0, at("09:40")),)}, "05:00"),
        ({"resting": (Resting(50.0, at("01:40")),)}, "01:40"),
        ({"scores": (70.0,), "created_at": at("07:20")}, "07:20"),
        ({"parts": values(50, at("00:00"), 4), "verdicts": (Verdict("low", at("07:10")),)}, "04:00"),
        ({"sleeps": (sleep(at("00:00"), at("06:00")),), "parts": values(50, at("00:00"), 4)}, "06:00"),
    ],
)
def test_the_night_ended_as_far_as_its_file_can_tell(told: dict[str, Any], woke: str) -> None:
    (record,) = records(**told)
    assert record.woke_at == at(woke)


def test_a_night_in_the_air_is_one_night_whatever_the_clock_became() -> None:
    bed = at("22:00", EVE)
    (record,) = records(utc_offset_s=-5 * 3600, sleeps=(sleep(bed, bed + timedelta(hours=9)),), scores=(50.0,))
    assert (record.day, record.score) == (DAY, 50.0)


@pytest.mark.parametrize("offset_s", [14.1 * 3600, -20 * 3600, 1e9])
def test_an_offset_that_no_place_has_is_that_of_the_machine(offset_s: float) -> None:
    assert records(utc_offset_s=offset_s, resting=(Resting(50.0, at("00:30")),))[0].day == DAY


def test_beats_by_day_are_no_night() -> None:
    beats = values(30, at("00:00"), 7, pairs=300) + values(10, at("12:00"), 8, pairs=300)
    (record,) = records(parts=beats)
    assert (record.day, record.variability and record.variability.rmssd_ms) == (DAY, 30)


def test_the_watchs_own_mean_counts_where_there_are_no_values() -> None:
    mean = Variability(44.0, at("23:00", EVE), at("07:00"), 5.0)
    assert records(averages=(mean,))[0].variability == mean
    (record,) = records(averages=(mean,), parts=values(46, at("01:00"), 4))
    assert record.variability is not None
    assert record.variability.rmssd_ms == 46


@pytest.mark.parametrize("rmssd", [0.0, 300.5])
def test_a_night_of_beats_without_any_sense_has_no_variability(rmssd: float) -> None:
    assert records(parts=values(rmssd, at("00:00"), 3, pairs=100)) == ()


def test_a_score_without_a_sleep_is_of_the_day_of_its_file() -> None:
    assert [(one.day, one.score) for one in records(created_at=at("07:10"), scores=(77.0,))] == [(DAY, 77.0)]
    assert [(one.day, one.score) for one in records(created_at=at("22:10", EVE), scores=(77.0,))] == [(DAY, 77.0)]
    assert records(scores=(77.0,)) == ()


def test_a_sleep_of_more_than_a_day_is_none() -> None:
    assert records(sleeps=(sleep(at("06:00", EVE), at("06:01")),)) == ()


moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)).map(lambda moment: moment.replace(tzinfo=UTC))  # noqa: DTZ001
zones = st.sampled_from(["Europe/Amsterdam", "Pacific/Kiritimati", "America/Los_Angeles", "Asia/Kathmandu"])


@given(st.lists(moments, min_size=1, max_size=8, unique=True), zones, st.floats(1, 11))
def test_each_day_has_one_record_within_a_day_of_its_times(begins: list[datetime], zone: str, hours: float) -> None:
    sleeps = tuple(sleep(begin, begin + timedelta(hours=hours)) for begin in sorted(begins))
    found = records(ZoneInfo(zone), sleeps=sleeps, resting=tuple(Resting(50.0, begin) for begin in sorted(begins)))
    days = [record.day for record in found]
    assert days == sorted(set(days))
    for record in found:
        if record.sleep:
            local = record.sleep.end.astimezone(ZoneInfo(zone)).date()
            assert timedelta(0) <= record.day - local <= timedelta(days=1)
