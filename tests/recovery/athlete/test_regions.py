"""The halves of the body, and whether two workouts share a muscle."""

import pytest

from hersteld.recovery.athlete.regions import WHOLE_BODY, Region, region, share_a_muscle


@pytest.mark.parametrize(
    ("trained", "expected"),
    [
        (("quadriceps", "glutes"), "legs"),
        (("hamstrings", "glutes", "lower_back"), "legs"),
        (("chest", "triceps", "core"), "upper_body"),
        (("quadriceps", "chest"), "trained"),
        (("core",), "trained"),
        ((WHOLE_BODY,), "trained"),
    ],
)
def test_the_trunk_belongs_to_both_halves(trained: tuple[str, ...], expected: Region) -> None:
    assert region(trained) == expected


def test_the_whole_body_shares_every_muscle_and_no_muscle_shares_none() -> None:
    assert share_a_muscle(("chest", "triceps"), ("lats", "chest"))
    assert not share_a_muscle(("chest",), ("quadriceps",))
    assert share_a_muscle((WHOLE_BODY,), ("quadriceps",))
    assert share_a_muscle(("quadriceps",), (WHOLE_BODY,))
    assert not share_a_muscle((), (WHOLE_BODY,))
