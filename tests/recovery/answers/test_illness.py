"""After an illness training stays easy for as long as it lasted, a day at least, and a week at most."""

from datetime import timedelta

import pytest

from hersteld.recovery.answers.illness import Illness
from tests.support.pipeline import NOON

DAY = timedelta(days=1)


@pytest.mark.parametrize(("days", "easy"), [(0.2, 1), (1, 1), (3, 3), (7, 7), (7.5, 7), (60, 7)])
def test_it_stays_easy_for_as_long_as_the_illness_lasted(days: float, easy: float) -> None:
    illness = Illness(NOON - days * DAY, NOON)
    assert illness.easy_until(7 * DAY) == NOON + easy * DAY
