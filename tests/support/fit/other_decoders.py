"""What two decoders that know nothing of ours read: Garmin's own, and fitdecode."""

from typing import Any

import fitdecode
import pytest
from garmin_fit_sdk import Decoder, Stream

Message = dict[str, Any]


def by_garmin(raw: bytes) -> dict[str, list[Message]]:
    """Every message by name, after Garmin's decoder checked the checksums."""
    assert Decoder(Stream.from_byte_array(bytearray(raw))).check_integrity()
    decoder: Any = Decoder(Stream.from_byte_array(bytearray(raw)))  # it says nothing of its types
    messages, errors = decoder.read()
    assert errors == []
    return {name.removesuffix("_mesgs"): found for name, found in messages.items()}


def by_fitdecode(raw: bytes) -> dict[str, list[Message]]:
    """Every message by name, with every fault an error."""
    strict: dict[str, Any] = {
        "check_crc": fitdecode.CrcCheck.RAISE,
        "error_handling": fitdecode.ErrorHandling.RAISE,
    }
    found: dict[str, list[Message]] = {}
    with fitdecode.FitReader(raw, **strict) as reader:
        for frame in reader:
            if isinstance(frame, fitdecode.FitDataMessage):
                found.setdefault(frame.name, []).append({f.name: f.value for f in frame.fields if f.value is not None})
    return found


def column(messages: list[Message], name: str) -> list[Any]:
    return [message.get(name) for message in messages]


DECODERS = pytest.mark.parametrize("decode", [by_garmin, by_fitdecode])
"""Runs a test with each of the two decoders."""
