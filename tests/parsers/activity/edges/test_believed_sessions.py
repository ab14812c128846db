"""Which sessions are believed, and how much of each, exactly at each edge."""

import pytest

from hersteld.parsers.activity.recorded import possible
from hersteld.parsers.fit import read_fit
from hersteld.parsers.format.fit_time import to_datetime
from hersteld.parsers.format.profile import fields
from tests.support.fit.build import ENUM, START, UINT16, UINT32, file_id, fit, message, records, session

DAY_S = 86_400
DAMAGED = 1
"""A wrong checksum."""


@pytest.mark.parametrize(
    ("begin", "is_believed"),
    [
        (START - 30 * DAY_S, True),
        (START - 30 * DAY_S - 1, False),
        (START + 100 + 30 * DAY_S, True),
        (START + 101 + 30 * DAY_S, False),
    ],
)
def test_a_session_thirty_days_from_its_records_is_believed_and_one_farther_starts_with_them(
    begin: int, *, is_believed: bool
) -> None:
    """Its clock was set late; its sport is the athlete's all the same."""
    workout = read_fit(fit(file_id(), records((120,) * 101), session(begin, sport=2)))
    assert workout.started_at == to_datetime(begin if is_believed else START)
    assert [one.sport for one in workout.sessions] == ["cycling"]


@pytest.mark.parametrize(
    ("begin", "sport"),
    [
        (START - DAY_S, "cycling"),
        (START - DAY_S - 1, "generic"),
        (START + 100 + DAY_S, "cycling"),
        (START + 101 + DAY_S, "generic"),
    ],
)
def test_in_a_damaged_file_a_session_more_than_a_day_from_the_records_is_left_out(begin: int, sport: str) -> None:
    workout = read_fit(fit(file_id(), records((120,) * 101), session(begin, sport=2), checksum=DAMAGED))
    assert workout.sessions[0].sport == sport


def test_what_a_session_adds_up_to_counts_although_its_times_are_not_believed() -> None:
    told = message(
        fields.SESSION,
        (fields.SESSION_START_TIME, UINT32, START - 3 * DAY_S),
        (fields.SESSION_SPORT, ENUM, 2),
        (fields.SESSION_SWEAT_LOSS, UINT16, 700),
    )
    workout = read_fit(fit(file_id(), records((120,) * 101), told, checksum=DAMAGED))
    assert workout.started_at == to_datetime(START)
    assert workout.vendor.sweat_loss_ml == 700


@pytest.mark.parametrize(("elapsed_s", "is_believed"), [(280, True), (281, False)])
def test_an_elapsed_time_is_believed_to_a_tenth_and_a_minute_beyond_the_end(
    elapsed_s: int, *, is_believed: bool
) -> None:
    told = message(
        fields.SESSION,
        (fields.SESSION_START_TIME, UINT32, START),
        (fields.SESSION_SPORT, ENUM, 1),
        (fields.SESSION_TOTAL_ELAPSED_TIME, UINT32, elapsed_s * 1000),
        (fields.TIMESTAMP, UINT32, START + 200),
    )
    workout = read_fit(fit(file_id(), records((120,) * 201), told))
    assert workout.elapsed_s == (elapsed_s if is_believed else 200)


@pytest.mark.parametrize(("more_s", "sessions"), [(60, 1), (61, 2)])
def test_in_a_damaged_file_records_after_the_last_session_are_one_of_their_own_from_a_minute_on(
    more_s: int, sessions: int
) -> None:
    told = fit(file_id(), records((120,) * (101 + more_s)), session(), checksum=DAMAGED)
    assert len(read_fit(told).sessions) == sessions


@pytest.mark.parametrize(
    ("distance_m", "elapsed_s", "believed"),
    [(10_000.0, 100, 10_000), (10_001.0, 100, None), (101.0, 1, None), (5.0, 0, 5), (None, 100, None)],
)
def test_a_distance_is_believed_up_to_a_hundred_metres_a_second(
    distance_m: float | None, elapsed_s: float, believed: float | None
) -> None:
    assert possible(distance_m, elapsed_s) == believed
