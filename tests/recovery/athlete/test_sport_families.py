"""Which family each sport belongs to."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hersteld.recovery.athlete.sport_families import Family, family_of, is_open_water_sport, is_water_sport


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


@pytest.mark.parametrize(
    ("sport", "sub_sport", "on_water", "under_open_sky"),
    [
        *(
            (sport, None, True, True)
            for sport in (
                *("rowing", "kayaking", "paddling", "canoeing", "rafting", "stand_up_paddleboarding", "surfing"),
                *("windsurfing", "kitesurfing", "sailing", "boating", "fishing", "wakeboarding", "wakesurfing"),
                *("water_skiing", "water_tubing", "jet_skiing", "water_sport", "snorkeling", "diving"),
            )
        ),
        ("swimming", "open_water", True, True),
        ("multisport", "swim_run", True, True),
        ("swimming", None, True, False),
        ("swimming", "lap_swimming", True, False),
        ("pool_apnea", None, True, False),
        ("rowing", "indoor_rowing", False, False),
        ("rowing", "strength_training", False, False),
        ("fitness_equipment", "indoor_rowing", False, False),
        ("cycling", None, False, False),
        ("running", "trail", False, False),
    ],
)
def test_which_sports_are_done_on_the_water_and_under_the_open_sky(
    sport: str, sub_sport: str | None, *, on_water: bool, under_open_sky: bool
) -> None:
    assert is_water_sport(sport, sub_sport) is on_water
    assert is_open_water_sport(sport, sub_sport) is under_open_sky
