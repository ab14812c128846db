"""The names of the numbers, and that each of them has a use."""

import re
from pathlib import Path

from tests.recovery.recorded.written import numbers

UNITS = {
    "bpm": "bpm",
    "days": "day",
    "g": "g",
    "h": "h",
    "hour": "hour",
    "kg": "kg",
    "km": "km",
    "l": "l",
    "lph": "l/h",
    "ml": "ml",
    "s": "s",
    "share": "1",
    "w": "W",
    "c": "°C",
}
RATIOS = re.compile(r"per_(day|hour|year|kg|kcal|c)|_by_")


def test_a_name_that_ends_in_a_unit_holds_a_number_in_that_unit() -> None:
    wrong = {
        number.name: number.unit
        for name, number in numbers()
        if not RATIOS.search(name) and number.unit != UNITS.get(name.rsplit("_", 1)[-1], number.unit)
    }
    assert wrong == {}


def test_every_number_has_a_use() -> None:
    project = Path(__file__).parents[2]
    code = "".join(path.read_text() for room in ("recovery", "daemon") for path in (project / room).rglob("*.py"))
    assert [number.name for name, number in numbers() if not re.search(rf"\.{name}\b", code)] == []
