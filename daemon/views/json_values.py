"""How do our values look as JSON? Times end in "Z", what is not a number is null, every key is there."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from typing import Any

from hersteld.parsers.line import Line
from hersteld.recovery.nights.night import Night


def json_value(value: object) -> Any:
    """Return a value of ours as JSON knows them; dataclasses become objects with a key per field."""
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else None
    if isinstance(value, datetime):
        return instant(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Line):
        return {"id": value.id, "values": json_value(value.values)}
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: json_value(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): json_value(inner) for key, inner in value.items()}
    if isinstance(value, tuple | list):
        return [json_value(inner) for inner in value]
    raise TypeError(f"{type(value).__name__} has no form in JSON")


def nights_json(nights: Iterable[Night]) -> list[dict[str, Any]]:
    """Return nights as JSON, without the serial number of the watch."""
    return [{name: value for name, value in json_value(night).items() if name != "device"} for night in nights]


def instant(moment: datetime) -> str:
    """Return an aware moment as "2026-05-01T10:00:00Z"; fractions of a second only where there are."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
