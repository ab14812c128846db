"""What holds at a moment follows from what the last workout leaves, at the times that messages name."""

from datetime import UTC, date, datetime, timedelta

import pytest

from hersteld.config.rules import load_rules
from hersteld.recovery.athlete.profile import Condition
from hersteld.recovery.occasions.verdict import LeftToRest, VerdictName, verdict

RULES = load_rules()
NOON = datetime(2026, 5, 6, 12, 0, tzinfo=UTC)
H = timedelta(hours=1)
HARD = LeftToRest(NOON + 20 * H, NOON + 44 * H)
AT_ONCE = LeftToRest(NOON + 20 * H, NOON + 20 * H)
BEGINNER = LeftToRest(NOON + 30 * H, NOON + 30 * H, rest_day_until=date(2026, 5, 8))
BEGINNER_HARD = LeftToRest(NOON + 30 * H, NOON + 70 * H, rest_day_until=date(2026, 5, 8))
LONG_RUN = LeftToRest(NOON + 48 * H, NOON + 96 * H, easy_week_until=NOON + 168 * H)
WEIGHTS = LeftToRest(NOON + 20 * H, NOON + 48 * H, NOON + 6 * H, resting_muscles=("quadriceps", "glutes"))


@pytest.mark.parametrize(
    ("left", "hours", "name"),
    [
        (LeftToRest(None, None), 0, "unknown"),
        (HARD, 19, "rest"),
        (HARD, 20, "easy"),
        (HARD, 44, "ready"),
        (AT_ONCE, 19, "rest_day"),
        (BEGINNER, 10, "beginner"),
        (BEGINNER, 37, "ready"),
        (BEGINNER, 29.9, "beginner"),
        (BEGINNER_HARD, 10, "beginner_easy"),
        (BEGINNER_HARD, 37, "careful_now"),
        (LONG_RUN, 24, "long_run"),
        (LONG_RUN, 100, "easy_week"),
        (LONG_RUN, 168, "ready"),
        (WEIGHTS, 1, "muscles"),
        (WEIGHTS, 7, "muscles_now"),
        (WEIGHTS, 48, "ready"),
    ],
)
def test_each_rest_has_its_verdict(left: LeftToRest, hours: float, name: VerdictName) -> None:
    assert verdict(left, NOON + hours * H, RULES, UTC, (), adult=True).name == name


@pytest.mark.parametrize(("conditions", "adult"), [((), False), (("heart",), True), (("pregnancy",), False)])
@pytest.mark.parametrize("left", [HARD, AT_ONCE, BEGINNER, BEGINNER_HARD, WEIGHTS])
def test_with_a_minor_or_a_condition_nothing_is_said_of_hard_training(
    left: LeftToRest, conditions: tuple[Condition, ...], adult: bool
) -> None:
    assert left.easy_from is not None
    for hours in range(0, 100, 5):
        now_true = verdict(left, NOON + hours * H, RULES, UTC, conditions, adult=adult)
        assert now_true.name == ("careful_now" if NOON + hours * H >= left.easy_from else "careful")
