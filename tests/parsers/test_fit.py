"""What comes out of a FIT file, trap by trap, on bytes made for it."""

import pytest

from hersteld.parsers.errors import NotAnActivity, NotFit
from hersteld.parsers.fit import read_fit
from tests.support.fit.build import (
    activity,
    file_id,
    fit,
    listed,
    records,
    session,
)

FLOAT64 = 0x89


def test_a_plain_activity_is_read() -> None:
    workout = read_fit(activity([120, 255, 122] + [130] * 98))
    assert (workout.sport, workout.records, workout.timer_s, workout.elapsed_s) == ("running", 101, 100, 100)
    assert workout.started_at.isoformat() == "2026-04-24T21:20:00+00:00"
    assert (workout.ended_at - workout.started_at).total_seconds() == 100
    assert listed(workout.samples.heart_rate_bpm)[:3] == [120, None, 122]
    assert workout.samples.time_s[:3].tolist() == [0, 1, 2]
    assert workout.samples.power_w is None
    assert workout.device == "garmin fr945"
    assert workout.has_clock
    assert not workout.salvaged


@pytest.mark.parametrize("header", [12, 14])
@pytest.mark.parametrize("big", [False, True])
def test_both_headers_and_both_byte_orders_are_fit(header: int, big: bool) -> None:
    workout = read_fit(fit(file_id(), records([120, 121], big=big), session(), header=header))
    assert listed(workout.samples.heart_rate_bpm) == [120, 121]
    assert workout.samples.time_s.tolist() == [0, 1]


@pytest.mark.parametrize(
    ("kind", "name"), [(32, "monitoring_b"), (5, "workout"), (6, "course"), (2, "settings"), (8, "8")]
)
def test_other_kinds_of_file_are_named(kind: int, name: str) -> None:
    with pytest.raises(NotAnActivity, match=r"files\.not_an_activity") as raised:
        read_fit(fit(file_id(kind), records([100] * 100)))
    assert raised.value.file_type == name
    assert raised.value.created_at is not None


def test_an_activity_chained_behind_settings_is_found() -> None:
    assert read_fit(fit(file_id(2)) + activity()).records == 101


@pytest.mark.parametrize("raw", [b"hello, world and more", b"PK\x03\x04" + bytes(30), b"no"])
def test_what_is_no_fit_file_is_refused(raw: bytes) -> None:
    with pytest.raises(NotFit, match=r"files\.(foreign|not_fit)"):
        read_fit(raw)
