"""What is read of a recording as a text, and the digests of many such texts."""

import hashlib
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import datetime
from pathlib import Path

import numpy as np

from hersteld.parsers.errors import ParseError
from hersteld.parsers.fit import read_fit
from tests.parsers.activity.drawn.recordings import Drawn, drawn

RECORD = Path(__file__).parent / "recorded.txt"
"""One line per recording: digest, two spaces, name."""
MANY = 600


def lines() -> Iterator[tuple[Drawn, str]]:
    """Yield each recording with its line of the record; each is read when asked for."""
    for recording in drawn(MANY):
        digest = hashlib.sha256(text_of(recording.data).encode()).hexdigest()[:16]
        yield recording, f"{digest}  {recording.name}"


def text_of(data: bytes) -> str:
    """Return all that is read of a file, samples included, or why nothing is; the same on every machine."""
    try:
        return _written(read_fit(data, salvage=True))
    except ParseError as error:
        return f"{type(error).__name__} {error}"


def _written(value: object) -> str:
    """Return a value as a text; numbers with nine digits, because machines differ in the last ones."""
    if is_dataclass(value):
        inner = "\n".join(f"{one.name}={_written(getattr(value, one.name))}" for one in fields(value))
        return f"{type(value).__name__}(\n{inner})"
    if isinstance(value, np.ndarray):
        return _written(value.tolist())
    if isinstance(value, (tuple, list)):
        return "[" + " ".join(_written(one) for one in value) + "]"
    if isinstance(value, datetime):
        return value.isoformat(timespec="milliseconds")
    return f"{value:.9g}" if isinstance(value, float) else str(value)
