"""Of a file's readings that is kept which says something of nights, and is possible."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from hersteld.parsers.daily.readings import Beats, DailyReadings, HrvStatus, Level, Measurement, Sleep, Stage, Weight
from hersteld.recovery.nights import record
from hersteld.recovery.nights.record import NightReadings, Resting, Verdict, Weighing
from hersteld.recovery.nights.reduce import MOST, MOST_PARTS, reduce

AT = datetime(2026, 5, 6, 1, tzinfo=UTC)
STATUS = HrvStatus(AT, 50, 48, 70, 40, 45, 60, "balanced")


def m(minutes: float) -> datetime:
    return AT + timedelta(minutes=minutes)


def reduced(readings: DailyReadings) -> NightReadings:
    found = reduce(readings)
    assert found is not None
    return found


def stage(begin: float, end: float, level: Level) -> Stage:
    return Stage(m(begin), m(end), level)


def test_a_file_that_says_nothing_of_nights_is_none() -> None:
    assert reduce(DailyReadings()) is None
    assert reduce(DailyReadings(heart_rate=(Measurement(AT, 60),))) is None


def test_what_a_scale_measured_is_kept_with_its_user() -> None:
    found = reduced(DailyReadings(device="1/2/3", weights=(Weight(AT, 70.0, 18.0, 2),)))
    assert found.weighings == (Weighing(AT, 70.0, "1/2/3", 2),)


def test_everything_that_a_file_says_of_a_night_is_kept() -> None:
    found = reduced(
        DailyReadings(
            device="1/2/3",
            created_at=AT,
            utc_offset_s=7200,
            resting_hr=(Measurement(m(5), 48.0), Measurement(AT, 49.0)),
            hrv_rmssd=(Measurement(m(5), 51.0), Measurement(AT, 50.0)),
            hrv_status=(STATUS,),
            stages=(stage(0, 90, "light"), stage(90, 100, "awake"), stage(100, 400, "rem")),
            sleep=(Sleep(81.0, 77.0, 3.0, 18.0),),
        )
    )
    assert (found.device, found.created_at, found.utc_offset_s, found.scores) == ("1/2/3", AT, 7200, (81.0,))
    assert found.resting == (Resting(49.0, AT), Resting(48.0, m(5)))
    assert [(one.rmssd_ms, one.begin, one.end, one.minutes) for one in found.parts] == [
        (50.0, m(-5), AT, 5.0),
        (51.0, AT, m(5), 5.0),
    ]
    assert found.verdicts == (Verdict("balanced", AT),)
    assert found.averages == (record.Variability(48, m(-480), AT, 5.0),)
    assert found.sleeps == (record.Sleep(AT, m(400), 390 * 60.0),)


def test_a_watch_that_did_not_know_the_date_when_it_made_the_file_says_no_time_of_it() -> None:
    made = datetime(1999, 12, 31, tzinfo=UTC)
    assert reduced(DailyReadings(created_at=made, resting_hr=(Measurement(AT, 49.0),))).created_at is None


@pytest.mark.parametrize("status", [replace(STATUS, status=None), replace(STATUS, last_night_average_ms=None)])
def test_a_mean_or_a_verdict_alone_says_something_of_a_night(status: HrvStatus) -> None:
    assert reduce(DailyReadings(hrv_status=(status,))) is not None


def test_awake_and_unmeasurable_is_not_asleep_and_hours_of_it_part_two_sleeps() -> None:
    found = reduced(
        DailyReadings(
            stages=(
                stage(0, 60, "deep"),
                stage(60, 100, "unmeasurable"),
                stage(100, 160, "light"),
                stage(160, 300, "awake"),
                stage(300, 330, "light"),
            )
        )
    )
    assert found.sleeps == (record.Sleep(AT, m(160), 7200.0), record.Sleep(m(300), m(330), 1800.0))


@pytest.mark.parametrize("rmssd", [300.1, 0.0])
def test_a_variability_that_nobody_has_is_none(rmssd: float) -> None:
    status = HrvStatus(AT, None, rmssd, None, None, None, None, None)
    found = reduce(DailyReadings(hrv_status=(status,), hrv_rmssd=(Measurement(AT, rmssd),) if rmssd else ()))
    assert found is None


@pytest.mark.parametrize("score", [0.0, 100.5, 254.0, None])
def test_a_score_that_no_watch_gives_is_none(score: float | None) -> None:
    assert reduce(DailyReadings(sleep=(Sleep(score, None, None, None),))) is None


def test_what_the_watch_computed_goes_before_beats() -> None:
    beats = (Beats(AT, (1000.0, 1010.0)),)
    assert [one.pairs for one in reduced(DailyReadings(beats=beats)).parts] == [1]
    both = reduced(DailyReadings(beats=beats, hrv_rmssd=(Measurement(AT, 50.0),)))
    assert [(one.rmssd_ms, one.pairs) for one in both.parts] == [(50.0, 0)]


def test_a_watch_that_does_not_know_the_date_says_nothing() -> None:
    at = datetime(1990, 1, 1, tzinfo=UTC)
    measured = (Measurement(at, 50.0),)
    lost = DailyReadings(
        created_at=at,
        resting_hr=measured,
        hrv_rmssd=measured,
        hrv_status=(HrvStatus(at, 50, 50, 50, 50, 50, 50, "low"),),
        beats=(Beats(at, (1000.0, 1010.0)),),
        stages=(Stage(at, at + timedelta(hours=1), "light"),),
    )
    assert reduce(lost) is None


def test_what_is_kept_is_bounded_however_much_a_file_holds() -> None:
    many = tuple(Measurement(m(5 * n), 50.0 + n % 9) for n in range(9000))
    found = reduced(
        DailyReadings(
            resting_hr=many,
            hrv_rmssd=many,
            hrv_status=(STATUS,) * 1000,
            sleep=(Sleep(80.0, None, None, None),) * 1000,
            stages=tuple(stage(300 * n, 300 * n + 60, "light") for n in range(1000)),
        )
    )
    assert (len(found.resting), len(found.parts), len(found.verdicts)) == (MOST, MOST_PARTS, MOST)
    assert (len(found.averages), len(found.sleeps), len(found.scores)) == (MOST, MOST, MOST)
    assert found.parts[-1].end == many[-1].at
