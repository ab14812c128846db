"""A planned session is a plain value that nobody changes."""

import dataclasses
from datetime import date

import pytest

from hersteld.recovery.occasions.planned_session import PlannedSession


def test_two_with_the_same_facts_are_equal_and_neither_can_be_changed() -> None:
    one = PlannedSession("a", date(2026, 11, 28), None, None, "Run", is_hard=False)
    assert one == dataclasses.replace(one)
    assert one != dataclasses.replace(one, day=date(2026, 11, 29))
    with pytest.raises(dataclasses.FrozenInstanceError):
        one.title = "Swim"  # type: ignore[misc]
