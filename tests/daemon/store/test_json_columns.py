"""Values with many small parts come out of their column as they went in."""

from datetime import date

from hersteld.daemon.store.json_columns import values_from_json, values_to_json
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
