"""How do values with many small parts fit in one column that people can still read?"""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

from hersteld.daemon.system.clock import from_iso, iso
from hersteld.parsers.line import Line, Value

if TYPE_CHECKING:  # slow to import, and the process that reads files only writes
    from pydantic import TypeAdapter

T = TypeVar("T")

_AS_IT_IS = frozenset({str, float, int, bool, type(None)})


def to_json(value: object) -> str:
    """Return a dataclass, or a collection of them, as JSON; times as ISO text in UTC."""
    return json.dumps(plain(value), ensure_ascii=False, separators=(",", ":"))


def from_json(kind: "TypeAdapter[T]", text: str) -> T:
    """Return the value of this kind that `to_json` wrote.

    Raises:
        pydantic.ValidationError: It wrote something else.
    """
    return kind.validate_python(json.loads(text))


def values_to_json(values: Mapping[str, Value]) -> str:
    """Return an advice's values as JSON; what JSON lacks becomes {"at": time}, {"on": date} or {"line": text id}."""
    return json.dumps(
        {name: _tagged(value) for name, value in values.items()}, ensure_ascii=False, separators=(",", ":")
    )


def values_from_json(text: str) -> dict[str, Value]:
    """Return what `values_to_json` wrote."""
    return {name: _untagged(value) for name, value in json.loads(text).items()}


def plain(value: Any) -> Any:
    """Return a value as what JSON knows; a dataclass as its fields, times as ISO text in UTC."""
    kind: Any = type(value)
    if kind in _AS_IT_IS:
        return value
    if names := _fields_of(kind):
        return {name: plain(getattr(value, name)) for name in names}
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, tuple | list):
        return [plain(inner) for inner in value]
    if isinstance(value, datetime):
        return iso(value)
    if isinstance(value, date):
        return value.isoformat()
    return _scalar(value)


@lru_cache
def _fields_of(kind: type[object]) -> tuple[str, ...]:
    """Return the names of the fields of a dataclass; none of anything else."""
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else ()


def _scalar(value: Any) -> Any:
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, Enum):
        return _scalar(value.value)
    if isinstance(value, int):
        return int(value)
    return float(value)  # a Number of the rules and a numpy scalar are plain floats from here on


def _tagged(value: Value | Line) -> Any:
    if isinstance(value, datetime):
        return {"at": iso(value)}
    if isinstance(value, date):
        return {"on": value.isoformat()}
    if isinstance(value, Line):
        return {"line": value.id, "values": {name: _tagged(inner) for name, inner in value.values.items()}}
    if isinstance(value, tuple | list):
        return [_tagged(inner) for inner in value]
    return _scalar(value)


def _untagged(value: Any) -> Any:
    if isinstance(value, dict):
        if "line" in value:
            return Line(value["line"], {name: _untagged(inner) for name, inner in value["values"].items()})
        return from_iso(value["at"]) if "at" in value else date.fromisoformat(value["on"])
    if isinstance(value, list):
        return tuple(_untagged(inner) for inner in value)
    return value
