"""The records of a drawn recording: when its sensors were read, and what they said."""

import random
import struct
from typing import NamedTuple

from hersteld.parsers.format.profile import fields
from tests.support.fit.build import BYTE, SINT8, UINT8, UINT16, UINT32, Field, definition, message, values

NOTHING = {UINT8: 0xFF, UINT16: 0xFFFF, UINT32: 0xFFFFFFFF, SINT8: 0x7F}
_COLUMNS: tuple[Field, ...] = (
    (fields.RECORD_HEART_RATE, 1, UINT8),
    (fields.RECORD_POWER, 2, UINT16),
    (fields.RECORD_SPEED, 2, UINT16),
    (fields.RECORD_ENHANCED_SPEED, 4, UINT32),
    (fields.RECORD_CADENCE, 1, UINT8),
    (fields.RECORD_FRACTIONAL_CADENCE, 1, UINT8),
    (fields.RECORD_CADENCE256, 2, UINT16),
    (fields.RECORD_DISTANCE, 4, UINT32),
    (fields.RECORD_TEMPERATURE, 1, SINT8),
    (fields.RECORD_ALTITUDE, 2, UINT16),
    (fields.RECORD_ENHANCED_ALTITUDE, 4, UINT32),
    (fields.RECORD_COMPRESSED_SPEED_DISTANCE, 3, BYTE),
)
_LOW = {
    fields.RECORD_HEART_RATE: 90,
    fields.RECORD_POWER: 150,
    fields.RECORD_SPEED: 2400,
    fields.RECORD_ENHANCED_SPEED: 3100,
    fields.RECORD_CADENCE: 80,
    fields.RECORD_FRACTIONAL_CADENCE: 0,
    fields.RECORD_CADENCE256: 20_000,
    fields.RECORD_TEMPERATURE: -8,
    fields.RECORD_ALTITUDE: 2600,
    fields.RECORD_ENHANCED_ALTITUDE: 2700,
}
_FULL = fields.HR_EVENT_TIMESTAMP
_HOLES_S = (59, 60, 61, 62, 120, 599, 600, 601, 602, 1500)


class Written(NamedTuple):
    """The times of the records in order, seconds since the FIT epoch, and their bytes."""

    times: list[int]
    raw: bytes


def drawn_times(draw: random.Random, start: int) -> list[int]:
    """Return times with what may be odd of them: holes, records that share a second, a slow device."""
    step, count = draw.choice((1, 1, 2, 10, 60)), draw.choice((0, 1, 2, 40, 90, 90, 150, 150))
    holes = {draw.randrange(1, 150): draw.choice(_HOLES_S) for _ in range(draw.choice((0, 0, 1, 2)))}
    twice = draw.random() < 0.15
    times, now = [], start
    for place in range(count):
        times.append(now)
        now += holes.get(place, step if not twice or place % 7 else 0)
    return times


def written(draw: random.Random, times: list[int]) -> Written:
    """Return records at these times, of sensors that sometimes say nothing, or 0."""
    chosen = [column for column in _COLUMNS if draw.random() < (0.85 if column[0] == 3 else 0.3)]
    layout = ((fields.TIMESTAMP, 4, UINT32), *chosen)
    told = list(times)
    match draw.choice((*(None,) * 12, "late clock", "days off", "not in order", "no times", "some without")):
        case "late clock":
            told[: len(told) // 4] = range(40, 40 + len(told) // 4)
        case "days off":
            off_s = 86_400 * draw.choice((1, 3, 29, 31))
            told[: len(told) // 4] = [time - off_s for time in told[: len(told) // 4]]
        case "not in order":
            draw.shuffle(told)
        case "no times":
            told = [NOTHING[UINT32]] * len(told)
        case "some without":
            told = [NOTHING[UINT32] if draw.random() < 0.3 else time for time in told]
    big = draw.random() < 0.2
    holding = {number: draw.choice((0, 0, 0, 0.1, 0.6, 1)) for number, _, _ in chosen}
    zeros, step_cm = draw.random() < 0.2, draw.choice((310, 310, 310, 40_000))
    raw = [definition(0, fields.RECORD, layout, big=big)]
    for place, time in enumerate(told):
        row: list[int | bytes] = [time]
        for number, size, base in chosen:
            row.append(_value(draw, number, size, base, place, step_cm, missing=holding[number], zeros=zeros))
        raw.append(values(0, layout, *row, big=big))
    return Written(times, b"".join(raw))


def _value(
    draw: random.Random, number: int, size: int, base: int, place: int, step_cm: int, *, missing: float, zeros: bool
) -> int | bytes:
    if draw.random() < missing:
        return b"\xff" * size if base == BYTE else NOTHING[base]
    if number == fields.RECORD_COMPRESSED_SPEED_DISTANCE:
        return (270 | (place * 53 & 0xFFF) << 12).to_bytes(3, "little")
    if number == fields.RECORD_DISTANCE:
        return place * step_cm + 900
    if zeros and number == fields.RECORD_HEART_RATE and place % 5 == 0:
        return draw.choice((0, 1))
    return _LOW[number] + draw.randrange(60)


def by_strap(draw: random.Random, times: list[int]) -> bytes:
    """Return what a strap hands over afterwards: anchors, and groups of eight beats behind each."""
    layout = ((fields.HR_FILTERED_BPM, 8, UINT8), (fields.HR_EVENT_TIMESTAMP_12, 12, BYTE))
    ticks, raw = draw.choice((0, 900_000, 2**32 - 9000)), []
    for time in times[:: draw.choice((40, 90))]:
        part = draw.choice(
            ((), (), ((fields.HR_TIME256, UINT8, 128),), ((fields.HR_FRACTIONAL_TIMESTAMP, UINT16, 9000),))
        )
        raw.append(
            message(
                fields.HR,
                (fields.TIMESTAMP, UINT32, time + draw.choice((-20, 0, 0, 0, 30))),
                (fields.HR_FILTERED_BPM, UINT8, draw.randrange(90, 180)),
                (fields.HR_EVENT_TIMESTAMP, UINT32, ticks % 2**32),
                *part,
            )
        )
        if draw.random() < 0.3:
            full = struct.pack("<2I", (ticks + 700) % 2**32, (ticks + 1500) % 2**32)
            raw.append(message(fields.HR, (fields.HR_FILTERED_BPM, UINT8, b"\x64\x70"), (_FULL, UINT32, full)))
            ticks += 1500
        raw.append(definition(3, fields.HR, layout))
        for _ in range(draw.choice((0, 2, 6))):
            stamps = []
            for _ in range(8):
                ticks += draw.choice((256, 255, 257, 600, 1024, 3900))
                stamps.append(ticks & 0xFFF)
            packed = sum(one << 12 * place for place, one in enumerate(stamps)).to_bytes(12, "little")
            rates = bytes(255 if draw.random() < 0.05 else draw.randrange(90, 180) for _ in range(8))
            raw.append(values(3, layout, rates, packed))
        ticks += 1024 * draw.choice((1, 20))
    return b"".join(raw)


def beat_intervals(draw: random.Random) -> bytes:
    """Return the seconds between heart beats, five to a message; some places are empty."""
    layout = ((fields.HRV_TIME, 10, UINT16),)
    rows = [
        [0xFFFF if draw.random() < 0.2 else draw.randrange(400, 1100) for _ in range(5)]
        for _ in range(draw.choice((1, 4)))
    ]
    return definition(4, fields.HRV, layout) + b"".join(values(4, layout, struct.pack("<5H", *row)) for row in rows)
