"""A readiness is said in full quarters, and never in the night."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from hersteld.recovery.messages.readiness import said_readiness
from hersteld.recovery.rules import Rules

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@pytest.mark.parametrize(
    ("is_at", "is_said"),
    [
        ("2026-05-06 16:00", "2026-05-06 16:00"),
        ("2026-05-06 16:01", "2026-05-06 16:15"),
        ("2026-05-06 16:46", "2026-05-06 17:00"),
        ("2026-05-06 02:30", "2026-05-06 {morning:02}:00"),
        ("2026-05-06 23:50", "2026-05-07 {morning:02}:00"),
        ("2026-12-31 23:20", "2027-01-01 {morning:02}:00"),
    ],
)
def test_a_readiness_is_the_next_quarter_and_in_the_night_the_morning(is_at: str, is_said: str, rules: Rules) -> None:
    ready_at = datetime.fromisoformat(is_at).replace(tzinfo=AMSTERDAM).astimezone(UTC)
    said = said_readiness(ready_at, AMSTERDAM, rules)
    assert said >= ready_at
    expected = is_said.format(morning=int(rules.messages.night_until_hour))
    assert f"{said.astimezone(AMSTERDAM):%Y-%m-%d %H:%M}" == expected
    assert said.tzinfo is UTC
