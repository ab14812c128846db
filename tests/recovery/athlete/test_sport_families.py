"""Which family each sport belongs to."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hersteld.recovery.athlete.sport_families import Family, family_of


@pytest.mark.parametrize(
    ("sport", "sub_sport", "expected"),
    [
        ("running", None, "running"),
        ("running", "trail", "running"),
        ("fitness_equipment", "indoor_rowing", "rowing"),
        ("training", "strength_training", "strength"),
        ("training", None, "other"),
        ("e_biking", None, "cycling"),
        ("tennis", None, "racket"),
        ("generic", None, "other"),
    ],
)
def test_a_sub_sport_that_names_the_movement_comes_before_the_sport(
    sport: str, sub_sport: str | None, expected: Family
) -> None:
    assert family_of(sport, sub_sport) == expected


@given(sport=st.text(max_size=20), sub_sport=st.none() | st.text(max_size=20))
def test_every_name_has_a_family(sport: str, sub_sport: str | None) -> None:
    assert family_of(sport, sub_sport) in get_args(Family)
