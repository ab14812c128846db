"""How does what was found in a FIT file come from the process that read it?

As JSON, with the samples and heart beats in a file beside it that lies in memory: nothing that arrives can run code.
"""

import struct
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any, cast, get_type_hints

import numpy as np

from hersteld.daemon.database.line_column import line_of, stored
from hersteld.daemon.store.columns.json_columns import plain
from hersteld.daemon.store.columns.samples import BadBlob, pack, with_blob
from hersteld.daemon.system.channel import Json
from hersteld.parsers import errors
from hersteld.parsers.line import Line
from hersteld.parsers.workout import Samples, Workout

if TYPE_CHECKING:  # slow to import, and only who reads what arrives needs it
    from pydantic import TypeAdapter

_ARRAYS = ("samples", "beat_intervals_s")
_SIZE = struct.Struct("<Q")
_NO_SAMPLES = Samples(np.empty(0))


class NotUnderstood(Exception):  # noqa: N818 - says what happened
    """What arrived is not what `told` makes."""


def told(found: Workout | errors.ParseError) -> tuple[Json, bytes]:
    """Return what was found in a file as JSON, and what stands in the file beside it; nothing where there is none."""
    if isinstance(found, errors.ParseError):
        values = {name: value for name, value in vars(found).items() if name != "line"}
        return {"error": type(found).__name__, "line": stored(found.line), "values": plain(values)}, b""
    bare = replace(found, samples=_NO_SAMPLES, beat_intervals_s=None)
    values = {one.name: plain(getattr(bare, one.name)) for one in fields(Workout) if one.name not in _ARRAYS}
    blob = pack(found.samples)
    beats = b"" if found.beat_intervals_s is None else np.ascontiguousarray(found.beat_intervals_s, "<f8").tobytes()
    has_beats = found.beat_intervals_s is not None
    return {"workout": values, "has_beats": has_beats}, _SIZE.pack(len(blob)) + blob + beats


def found_in(message: Json, beside: bytes) -> Workout | errors.ParseError:
    """Return what `told` was given; samples know their blob.

    Raises:
        NotUnderstood: It is something else.
    """
    try:
        return _workout(message, beside) if "workout" in message else _error(message)
    except (KeyError, TypeError, ValueError, AttributeError, struct.error, BadBlob) as error:
        raise NotUnderstood from error


def _workout(message: Json, beside: bytes) -> Workout:
    values = cast("Mapping[str, Any]", message["workout"])
    (size,) = _SIZE.unpack_from(beside)
    samples = with_blob(beside[_SIZE.size : _SIZE.size + size])
    beats = np.frombuffer(beside[_SIZE.size + size :], "<f8").copy() if message["has_beats"] else None
    kinds = _kinds()
    known = {name: kinds[name].validate_python(value) for name, value in values.items()}
    return Workout(**known, samples=samples, beat_intervals_s=beats)


def _error(message: Json) -> errors.ParseError:
    kind = getattr(errors, str(message["error"]))
    if not (isinstance(kind, type) and issubclass(kind, errors.ParseError)):
        raise TypeError
    values = dict(cast("Mapping[str, Any]", message["values"]))
    if values.get("created_at") is not None:
        values["created_at"] = datetime.fromisoformat(values["created_at"])
    line = line_of(str(message["line"])) or Line("reasons.unknown")
    return kind(line, **values)


@cache
def _kinds() -> "Mapping[str, TypeAdapter[Any]]":
    """Return how each value of a workout is read from JSON; what is none of it is a ValueError of theirs."""
    from pydantic import TypeAdapter  # noqa: PLC0415 - see above

    hints = get_type_hints(Workout)
    return {one.name: TypeAdapter(hints[one.name]) for one in fields(Workout) if one.name not in _ARRAYS}
