"""How does the reading of a file come from the process that read it, or out of a spool?"""

import json
import struct
from typing import cast

from hersteld.daemon.reading.contents import Reading
from hersteld.daemon.reading.second_opinion import asked_from, asked_told
from hersteld.daemon.reading.wire import NotUnderstood, found_in, told
from hersteld.daemon.system.channel import Json
from hersteld.daemon.system.clock import from_iso, iso

_SIZE = struct.Struct("<I")


def reading_told(reading: Reading) -> tuple[Json, bytes]:
    """Return a reading as JSON, and its samples."""
    found, beside = (None, b"") if reading.result is None else told(reading.result)
    return {
        "path": reading.path,
        "sha256": reading.sha256,
        "size": reading.size,
        "found": found,
        "is_cut_off": reading.is_cut_off,
        "asked": None if reading.asked is None else asked_told(reading.asked),
        "arrived_at": None if reading.arrived_at is None else iso(reading.arrived_at),
    }, beside


def reading_in(message: Json, beside: bytes) -> Reading:
    """Return the reading that `reading_told` was given; its samples know their blob.

    Raises:
        NotUnderstood: It is something else.
    """
    try:
        found, asked, arrived_at = (message[name] for name in ("found", "asked", "arrived_at"))
        return Reading(
            str(message["path"]),
            str(message["sha256"]),
            int(cast("int", message["size"])),
            None if found is None else found_in(cast("Json", found), beside),
            message["is_cut_off"] is True,
            None if asked is None else asked_from(cast("Json", asked)),
            None if arrived_at is None else from_iso(str(arrived_at)),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise NotUnderstood from error


def in_one(message: Json, beside: bytes) -> bytes:
    """Return a message and what is beside it as bytes in one piece."""
    head = json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return _SIZE.pack(len(head)) + head + beside


def taken_apart(piece: bytes) -> tuple[Json, bytes]:
    """Return what `in_one` was given."""
    (size,) = _SIZE.unpack_from(piece)
    head = piece[_SIZE.size : _SIZE.size + size]
    return json.loads(head.decode("utf-8", "surrogatepass")), piece[_SIZE.size + size :]
