"""Many recordings as no test would think them up, drawn at random but always the same."""

import random
import struct
from collections.abc import Iterator
from typing import NamedTuple

from hersteld.parsers.format.profile import fields
from tests.parsers.activity.drawn.records import beat_intervals, by_strap, drawn_times, written
from tests.parsers.activity.drawn.summaries import chosen_sport, device, laps, parts, session, timer, verdicts
from tests.support.fit.build import START, UINT8, UINT16, definition, fit, message, values
from tests.support.fit.mutations import sealed


class Drawn(NamedTuple):
    """A recording as a file.

    Attributes:
        name: What is odd of it, in words.
        data: The bytes.
    """

    name: str
    data: bytes


def drawn(count: int) -> Iterator[Drawn]:
    """Yield so many recordings, one by one; each has its own seed, so more of them change none."""
    for seed in range(count):
        draw = random.Random(seed)
        start = draw.choice((*(START,) * 20, 6_000_000))
        times = drawn_times(draw, start) if draw.random() > 0.04 else []
        length_s = times[-1] - start if times else draw.choice((0, 900, 4000))
        own = parts(draw, start, length_s) if times or draw.random() < 0.5 else []
        if draw.random() < 0.04:
            own = [part._replace(begin=part.begin - draw.choice((2, 29, 31)) * 86_400) for part in own]
        messages = [
            device(draw, start),
            chosen_sport(draw),
            timer(draw, start, length_s),
            _power_of_an_app(draw, times) if draw.random() < 0.08 else written(draw, times).raw,
            *(session(draw, part, place) for place, part in enumerate(own)),
            laps(draw, start, length_s),
            verdicts(draw, start + length_s, len(own)),
            beat_intervals(draw) if draw.random() < 0.1 else b"",
        ]
        strap = by_strap(draw, times) if times and draw.random() < 0.15 else b""
        whole = _closed(*messages) + (_closed(strap) if strap else b"")
        kind = draw.choice((*("whole",) * 9, "cut", "damaged", "chained"))
        yield Drawn(f"{seed} {len(times)} records, {len(own)} sessions, {kind}", _made(draw, kind, whole, start))


def _closed(*messages: bytes) -> bytes:
    return sealed(fit(*messages, checksum=0))


def _made(draw: random.Random, kind: str, whole: bytes, start: int) -> bytes:
    match kind:
        case "cut":
            return whole[: -draw.randrange(2, max(len(whole) // 3, 3))]
        case "damaged":
            place = draw.randrange(len(whole) // 3, len(whole))
            return whole[:place] + bytes([whole[place] ^ 0x41]) + whole[place + 1 :]
        case "chained":
            later = start + 20_000
            return whole + _closed(device(draw, later), written(draw, [later + at for at in range(70)]).raw)
    return whole


def _power_of_an_app(draw: random.Random, times: list[int]) -> bytes:
    """Return records whose power an app has written, beside a heart rate."""
    app = message(207, (3, UINT8, 0))
    described = message(
        fields.FIELD_DESCRIPTION,
        (fields.FIELD_DESCRIPTION_DEVELOPER_DATA_INDEX, UINT8, 0),
        (fields.FIELD_DESCRIPTION_FIELD_DEFINITION_NUMBER, UINT8, 0),
        (fields.FIELD_DESCRIPTION_FIT_BASE_TYPE_ID, UINT8, UINT16),
        (fields.FIELD_DESCRIPTION_FIELD_NAME, 0x07, b"Power\0"),
        (fields.FIELD_DESCRIPTION_UNITS, 0x07, b"watts\0"),
    )
    layout = ((fields.TIMESTAMP, 4, 0x86), (fields.RECORD_HEART_RATE, 1, UINT8))
    rows = (values(0, layout, time, 140) + struct.pack("<H", draw.randrange(180, 260)) for time in times)
    return app + described + definition(0, fields.RECORD, layout, developer=((0, 2, 0),)) + b"".join(rows)
