"""How is a line kept in a column of text?

As JSON, with its id and its values, so that whoever reads it later reads it in their own language. A sentence of an old
release that no text of today says is kept as that sentence, and shown as it is.
"""

import json

from hersteld.parsers.line import Line, Value


def stored(line: Line | None) -> str | None:
    """Return a line as it is stored: `{"id": "files.empty", "values": {}}`.

    Raises:
        TypeError: A value is a moment or a date, which no reason holds.
    """
    return None if line is None else json.dumps(_plain(line), ensure_ascii=False)


def line_of(text: str | None) -> Line | None:
    """Return the line that is stored in a column."""
    if text is None:
        return None
    try:
        return _line(json.loads(text))
    except (ValueError, KeyError, TypeError, AttributeError):
        return Line("reasons.as_stored", {"sentence": text})


def _plain(value: Line | Value) -> object:
    if isinstance(value, Line):
        return {"id": value.id, "values": {name: _plain(inner) for name, inner in value.values.items()}}
    if isinstance(value, tuple):
        return [_plain(inner) for inner in value]
    return value  # what JSON does not know, it refuses


def _line(found: dict[str, object]) -> Line:
    values = found["values"]
    if not isinstance(values, dict) or not isinstance(found["id"], str):
        raise TypeError("no line")
    return Line(found["id"], {name: _value(value) for name, value in values.items()})


def _value(found: object) -> Value:
    if isinstance(found, list):
        lines = tuple(_line(inner) for inner in found if isinstance(inner, dict))
        return lines or tuple(str(word) for word in found)
    if found is None or isinstance(found, str | int | float):
        return found
    raise TypeError("no value of a line")
