"""With whom the advice must be careful."""

import pytest

from hersteld.recovery.athlete.caution import NO_AMOUNTS, NO_BATH, NO_VOLUMES, has_any, may_train_hard
from hersteld.recovery.athlete.profile import CONDITIONS, Condition


@pytest.mark.parametrize("condition", ["heart", "pregnancy", "injury"])
def test_with_these_a_doctor_decides_about_hard_training(condition: Condition) -> None:
    assert not may_train_hard({condition}, adult=True)


def test_nobody_speaks_of_hard_training_to_a_minor() -> None:
    assert may_train_hard(set(), adult=True)
    assert not may_train_hard(set(), adult=False)
    assert may_train_hard({"diabetes", "kidney"}, adult=True)


def test_every_condition_has_its_place() -> None:
    assert set(NO_VOLUMES) | set(NO_AMOUNTS) | set(NO_BATH) == set(CONDITIONS)
    assert has_any({"kidney", "raynaud"}, NO_VOLUMES)
    assert not has_any({"raynaud"}, NO_VOLUMES)
