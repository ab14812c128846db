"""How the times in zones weigh that a device with more zones than five has written."""

import pytest

from hersteld.recovery.load.formulas import weights_of_zones
from tests.support.fit.recoveries import shipped_rules

RULES = shipped_rules().load
FIVE = [float(weight) for weight in RULES.zone_weights]


@pytest.mark.parametrize(
    ("zones", "expected"), [(5, FIVE), (6, [0.0, *FIVE]), (7, [0.0, *FIVE, FIVE[-1]]), (4, None), (8, None)]
)
def test_a_zone_below_the_first_weighs_nothing_and_one_above_the_last_as_the_last(
    zones: int, expected: list[float] | None
) -> None:
    assert weights_of_zones(zones, RULES) == expected
