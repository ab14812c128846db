"""Of a scale of a household only the athlete's mass is taken, and none where it cannot be told apart."""

from datetime import UTC, datetime, timedelta

import pytest

from hersteld.recovery.answers.scales import of_athlete
from hersteld.recovery.nights.record import Weighing

MORNING = datetime(2026, 5, 6, 6, tzinfo=UTC)


def weighings(*masses: tuple[float, int | None], device: str = "1/2/3") -> list[Weighing]:
    return [
        Weighing(MORNING + timedelta(days=day), mass_kg, device, user) for day, (mass_kg, user) in enumerate(masses)
    ]


@pytest.mark.parametrize(
    ("masses", "known_kg", "own"),
    [
        ([(72, None), (73, None)], None, [True, True]),
        ([(72, 1), (73, 1)], None, [True, True]),
        ([(72, 1), (58, 2)], None, [False, False]),
        ([(72, 1), (58, 2)], 71.0, [True, False]),
        ([(72, 1), (73, 2)], 71.0, [False, False]),
        ([(72, None), (58, None)], 71.0, [False, False]),
        ([(95, None)], 71.0, [False]),
        ([(72, 1), (20, 1)], 71.0, [False, False]),
    ],
)
def test_whose_mass_it_is(masses: list[tuple[float, int | None]], known_kg: float | None, own: list[bool]) -> None:
    assert list(of_athlete(weighings(*masses), known_kg)) == own


def test_each_scale_is_looked_at_by_itself() -> None:
    both = weighings((72, 1)) + weighings((58, 1), device="9/9/9")
    assert of_athlete(both, 71.0) == (True, False)
    assert of_athlete([], 71.0) == ()
