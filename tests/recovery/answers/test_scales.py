"""Of a scale of a household only the athlete's mass is taken, and none where it cannot be told apart."""

from collections import defaultdict
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hersteld.recovery.answers.scales import NEAR_SHARE, ScaleUser, are_athlete


def users(*masses: tuple[float, int | None], device: str = "1/2/3") -> list[ScaleUser]:
    """Return the users of a scale that measured these masses of these numbers, in the order of their first one."""
    by_number: defaultdict[int | None, list[float]] = defaultdict(list)
    for mass_kg, number in masses:
        by_number[number].append(mass_kg)
    return [
        ScaleUser(device, number, min(own), max(own), lambda own=own: median(own))  # type: ignore[misc]
        for number, own in by_number.items()
    ]


@pytest.mark.parametrize(
    ("masses", "known_kg", "own"),
    [
        ([(72, None), (73, None)], None, [True]),
        ([(72, 1), (73, 1)], None, [True]),
        ([(72, 1), (58, 2)], None, [False, False]),
        ([(72, 1), (58, 2)], 71.0, [True, False]),
        ([(72, 1), (73, 2)], 71.0, [False, False]),
        ([(72, None), (58, None)], 71.0, [False]),
        ([(95, None)], 71.0, [False]),
        ([(72, 1), (20, 1)], 71.0, [False]),
        ([(72, 1), (20, 1)], None, [False]),
        ([(72, 1), (58, 2), (80, 2)], None, [False, False]),
        ([(72, 1), (65, 2), (80, 2)], 71.0, [True, False]),
    ],
)
def test_who_is_the_athlete(masses: list[tuple[float, int | None]], known_kg: float | None, own: list[bool]) -> None:
    assert list(are_athlete(users(*masses), known_kg)) == own


def test_each_scale_is_looked_at_by_itself() -> None:
    both = users((72, 1)) + users((58, 1), device="9/9/9")
    assert are_athlete(both, 71.0) == (True, False)
    assert are_athlete([], 71.0) == ()


@given(st.lists(st.floats(70, 80), min_size=1), st.floats(60, 90))
def test_the_usual_mass_decides_also_where_it_is_not_asked(masses: list[float], known_kg: float) -> None:
    """What follows from the lightest and the heaviest mass alone is what the median of all would say."""
    least_kg, most_kg = known_kg * (1 - NEAR_SHARE), known_kg * (1 + NEAR_SHARE)
    (own,) = are_athlete(users(*((mass_kg, None) for mass_kg in masses)), known_kg)
    assert own is (least_kg <= median(masses) <= most_kg)
