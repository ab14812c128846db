"""What watch and scale tell between the activities."""

from datetime import UTC, datetime, timedelta

import pytest

from hersteld.parsers.daily import Beats, HrvStatus, Measurement, Sleep, Weight, read_daily
from hersteld.parsers.errors import Damaged, Incomplete, NotFit, ParseError
from hersteld.parsers.format.fit_time import to_datetime
from hersteld.parsers.workout import DeviceProfile
from tests.support.fit.build import (
    ENUM,
    SINT8,
    START,
    UINT8,
    UINT16,
    UINT32,
    activity,
    definition,
    file_id,
    fit,
    message,
    values,
)
from tests.support.fit.corpus import corpus_bytes, expected_rows, needs_corpus

AT = to_datetime(START)


def test_heart_rates_with_short_times_follow_the_last_whole_time() -> None:
    """The 16 bits roll over every 18 hours."""
    begin = (START | 0xFFFF) - 90
    fields = ((26, 2, UINT16), (27, 1, UINT8))
    told = [((begin + later) & 0xFFFF, rate) for later, rate in ((0, 60), (60, 62), (120, 255), (180, 64), (200, 0))]
    raw = fit(
        file_id(32),
        message(103, (253, UINT32, begin), (0, UINT32, begin + 7200)),
        definition(0, 55, fields),
        *(values(0, fields, short, rate) for short, rate in told),
    )
    readings = read_daily(raw)
    expected = [(0, 60), (60, 62), (180, 64)]
    assert readings.heart_rate == tuple(Measurement(to_datetime(begin + later), rate) for later, rate in expected)
    assert readings.utc_offset_s == 7200


def test_each_file_of_a_chain_has_its_own_clock() -> None:
    def day(begin: int, rate: int, *, header: bool = True) -> bytes:
        told = message(103, (253, UINT32, begin)) if header else b""
        return fit(file_id(32), told, message(55, (26, UINT16, (begin + 60) & 0xFFFF), (27, UINT8, rate)))

    later = START + 20 * 3600 + 7
    raw = day(START, 60) + day(later, 70) + day(later, 80, header=False)
    expected = ((START + 60, 60), (later + 60, 70))
    assert read_daily(raw).heart_rate == tuple(Measurement(to_datetime(at), rate) for at, rate in expected)


def test_a_heart_rate_without_any_whole_time_is_nothing() -> None:
    assert read_daily(fit(file_id(32), message(55, (26, UINT16, 5), (27, UINT8, 60)))).heart_rate == ()


def test_the_night_is_read() -> None:
    readings = read_daily(
        fit(
            file_id(49),
            message(371, (253, UINT32, START), (0, UINT16, 50 * 128)),
            message(371, (253, UINT32, START + 300), (0, UINT16, 0xFFFF)),
            message(
                370,
                (253, UINT32, START),
                *((field, UINT16, (40 + field) * 128) for field in range(6)),
                (6, ENUM, 4),
            ),
            message(290, (253, UINT32, START), (0, UINT16, 500), (1, UINT16, bytes.fromhex("2003 2A03 FFFF"))),
            message(346, (6, UINT8, 81), (8, UINT8, 77), (11, UINT8, 3), (15, UINT16, 1850)),
            message(211, (253, UINT32, START), (0, UINT8, 52), (1, UINT8, 49)),
        )
    )
    assert readings.created_at == AT
    assert readings.hrv_rmssd == (Measurement(AT, 50),)
    assert readings.hrv_status == (HrvStatus(AT, 40, 41, 42, 43, 44, 45, "balanced"),)
    assert readings.beats == (Beats(AT + timedelta(seconds=0.5), (800, 810)),)
    assert readings.sleep == (Sleep(81, 77, 3, 18.5),)
    assert readings.resting_hr == (Measurement(AT, 49),)
    assert readings.resting_hr_usual == (Measurement(AT, 52),)


@pytest.mark.parametrize("stored", [-1, -100, 5, 100])
def test_a_status_that_has_no_name_is_none(stored: int) -> None:
    (status,) = read_daily(fit(file_id(49), message(370, (253, UINT32, START), (6, SINT8, stored)))).hrv_status
    assert status.status is None


def test_an_activity_tells_nothing_of_the_day() -> None:
    readings = read_daily(activity())
    assert (readings.heart_rate, readings.weights, readings.sleep) == ((), (), ())


def test_what_is_broken_is_refused() -> None:
    raw = fit(file_id(32), message(211, (253, UINT32, START), (1, UINT8, 49)))
    with pytest.raises(Incomplete):
        read_daily(raw[:-4])
    with pytest.raises(Damaged, match=r"files\.wrong_checksum"):
        read_daily(raw[:-1] + bytes([raw[-1] ^ 1]))
    with pytest.raises(NotFit):
        read_daily(b"no FIT file, but long enough")


def test_a_weigh_in_has_a_time_and_a_mass() -> None:
    """A scale that is still at it writes the highest number but one."""
    told = [
        message(30, (253, UINT32, START), (0, UINT16, 7215), (1, UINT16, 1830), (12, UINT16, 2)),
        message(30, (253, UINT32, START + 60), (0, UINT16, 0xFFFE)),
        message(30, (253, UINT32, 0xFFFFFFFF), (0, UINT16, 7000)),
        message(30, (253, UINT32, START + 120), (0, UINT16, 7190)),
    ]
    assert read_daily(fit(file_id(9), *told)).weights == (
        Weight(AT, 72.15, 18.3, 2),
        Weight(AT + timedelta(minutes=2), 71.9, None, None),
    )


def test_a_watch_tells_of_its_wearer_between_the_activities_too() -> None:
    user = message(3, (1, ENUM, 0), (4, UINT16, 615), (8, UINT8, 52), (11, UINT8, 186))
    assert read_daily(fit(file_id(32), user)).profile == DeviceProfile(52, 186, None, None, 61.5, "female")
    target = message(7, (1, UINT8, 190), (2, UINT8, 171), (3, UINT16, 265))
    assert read_daily(fit(file_id(2), user, target)).profile == DeviceProfile(52, 190, 171, 265, 61.5, "female")
    zones = message(216, (12, UINT8, 44), (13, UINT8, 169))
    assert read_daily(fit(file_id(32), zones)).profile == DeviceProfile(44, None, 169)


@needs_corpus
def test_a_scale_knows_its_users() -> None:
    readings = read_daily(corpus_bytes("dtcooper__python-fitparse/tests/files/WeightScaleMultiUser.fit"))
    assert readings.weights == (
        Weight(datetime(2009, 9, 9, 21, 38, tzinfo=UTC), 75.8, 22.3, 0),
        Weight(datetime(2009, 9, 9, 22, 38, tzinfo=UTC), 58.2, 25.1, 1),
    )


@needs_corpus
def test_a_watchs_day_is_read() -> None:
    readings = read_daily(corpus_bytes("andrewcooke__choochoo/data/test/source/other/38014592427.fit"))
    assert readings.utc_offset_s == 7200
    assert len(readings.heart_rate) == 802
    assert readings.resting_hr[0].value == 52
    times = [reading.at for reading in readings.heart_rate]
    assert times == sorted(times)
    assert datetime(2019, 7, 24, tzinfo=UTC) < times[0] < times[-1] < datetime(2019, 7, 27, tzinfo=UTC)


@pytest.mark.parametrize("path", [row["path"] for row in expected_rows("intact") if row["file_type"] != "activity"])
def test_every_other_file_is_read_or_refused_cleanly(path: str) -> None:
    try:
        readings = read_daily(corpus_bytes(path))
    except ParseError as error:
        pytest.fail(str(error))
    assert all(30 <= reading.value <= 220 for reading in readings.heart_rate)
