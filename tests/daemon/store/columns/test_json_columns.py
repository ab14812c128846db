"""Values with many small parts come out of their column as they went in."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

import numpy as np
import pytest
from pydantic import TypeAdapter, ValidationError

from hersteld.daemon.store.columns.json_columns import from_json, to_json, values_from_json, values_to_json
from hersteld.parsers.line import Line
from tests.support.pipeline import NOON


def test_an_advice_keeps_its_values_with_their_kinds() -> None:
    values = {
        "at": NOON,
        "on": date(2026, 5, 7),
        "muscles": ("calves", "quadriceps"),
        "times": (NOON, NOON.replace(hour=13)),
        "volume_ml": 800.0,
        "portions": 4,
        "warm": True,
        "none": None,
        "said": (Line("a", {"at": NOON}),),
    }
    assert values_from_json(values_to_json(values)) == values  # type: ignore[arg-type]


class Effort(Enum):
    HARD = "hard"


@dataclass(frozen=True, slots=True)
class Part:
    at: datetime
    on: date
    share: float
    names: tuple[str, ...]
    effort: Effort
    zones_s: dict[str, float]
    count: int | None = None


def test_a_dataclass_comes_back_and_people_can_read_it_meanwhile() -> None:
    part = Part(NOON, NOON.date(), 0.5, ("één",), Effort.HARD, {"low": 60.0})
    text = to_json((part,))
    assert json.loads(text)[0]["at"] == "2026-05-06T12:00:00.000000Z"
    assert "één" in text
    assert from_json(TypeAdapter(tuple[Part, ...]), text) == (part,)


def test_a_number_of_numpy_is_stored_as_a_plain_one() -> None:
    assert to_json([np.float64(1.5), 3, True]) == "[1.5,3,true]"


def test_a_column_of_something_else_is_refused() -> None:
    with pytest.raises(ValidationError):
        from_json(TypeAdapter(Part), '{"at": "never"}')
