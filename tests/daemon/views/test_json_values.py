"""What JSON cannot hold becomes what it can: times end in Z, what is no number is null, every field is a key."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from hersteld.daemon.views.json_values import instant, json_value
from hersteld.parsers.line import Line
from hersteld.recovery.numbers import Number


@dataclass(frozen=True, slots=True)
class Pair:
    """Two values."""

    first: object
    second: object


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, None),
        (True, True),
        (3, 3),
        (float("nan"), None),
        (float("inf"), None),
        (datetime(2026, 5, 1, 10, tzinfo=UTC), "2026-05-01T10:00:00Z"),
        (date(2026, 5, 1), "2026-05-01"),
        (Line("files.not_fit", {"n": 1}), {"id": "files.not_fit", "values": {"n": 1}}),
        (Pair(1, (2.5, [None])), {"first": 1, "second": [2.5, [None]]}),
        ({1: Pair("a", "b")}, {"1": {"first": "a", "second": "b"}}),
    ],
)
def test_each_value_has_its_form(value: object, expected: object) -> None:
    assert json_value(value) == expected


def test_a_number_of_the_rules_is_a_plain_number() -> None:
    number = Number(1.5, name="x", unit="1", kind="H", source="ours", minimum=0, maximum=2)
    assert type(json_value(number)) is float


def test_a_moment_is_told_in_utc_with_fractions_only_where_there_are() -> None:
    summer = timezone(timedelta(hours=2))
    assert instant(datetime(2026, 5, 1, 12, tzinfo=summer)) == "2026-05-01T10:00:00Z"
    assert instant(datetime(2026, 5, 1, 12, 0, 0, 500_000, summer)) == "2026-05-01T10:00:00.500000Z"


def test_what_has_no_form_is_an_error_of_ours() -> None:
    with pytest.raises(TypeError, match="set has no form in JSON"):
        json_value({1, 2})
