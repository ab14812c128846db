"""What a drawn recording tells beside its records: sessions, laps, the timer, and what the watch believes."""

import random
import struct
from typing import NamedTuple

from hersteld.parsers.format.profile import fields
from tests.support.fit.build import BYTE, ENUM, SINT8, STRING, UINT8, UINT16, UINT32, message, timer_event

Told = tuple[int, int, int | bytes | None]
"""Field number, base type, value; None where the device says nothing."""
_SPORTS = (0, 1, 1, 2, 2, 3, 5, 10, 15, 21, 53, 200)
_SUB_SPORTS = (None, None, 0, 2, 6, 17, 20, 250)
_ZONES = (None, (60_000, 120_000, 30_500, 0xFFFFFFFF, 0xFFFFFFFF), (0, 9000, 0xFFFFFFFF, 7000, 0xFFFFFFFF))
_STOPS = (1, 4, 8, 9)


class Part(NamedTuple):
    """When a session truly was, in seconds since the FIT epoch."""

    begin: int
    length_s: int


def say(number: int, *told: Told) -> bytes:
    """Return a message with what is said of these."""
    return message(number, *((field, base, value) for field, base, value in told if value is not None))


def parts(draw: random.Random, begin: int, length_s: int) -> list[Part]:
    """Return sessions that fill a recording, or nearly so, and sometimes one more that is their parent."""
    count = draw.choice((0, 1, 1, 1, 1, 2, 3))
    if not count:
        return []
    each, at, found = max(length_s // count, 1), begin, []
    for _ in range(count):
        found.append(Part(at, max(each + draw.choice((0, 0, 0, 3, -30)), 0)))
        at += each + draw.choice((0, 0, 0, -4, -5, -6, -40, 30))
    if count > 1 and draw.random() < 0.4:
        found.insert(draw.choice((0, count)), Part(begin + draw.choice((-5, 0, 0, 6)), length_s + draw.choice((0, 11))))
    if draw.random() < 0.08:
        found.append(draw.choice(found))
    if draw.random() < 0.08:
        found.append(Part(begin - draw.choice((86_400, 86_401, 31 * 86_400)), 100))
    return found


def session(draw: random.Random, part: Part, place: int) -> bytes:
    """Return how a device sums up a session; not all of it can be true."""
    end = part.begin + part.length_s
    elapsed_s = draw.choice((*(part.length_s,) * 8, None, 0, part.length_s / 2, 3 * part.length_s, 10**6))
    timer_s = draw.choice((*(part.length_s,) * 5, None, 0, 0.8 * part.length_s, part.length_s - 61, part.length_s + 90))
    saved_at = draw.choice((end, end, end, None, end + 4000, part.begin))
    start = draw.choice((*(part.begin,) * 8, None, part.begin + 20, part.begin + 61))
    as_bytes = draw.choice((*(None,) * 12, "<I", ">I"))

    def date(value: int | None) -> tuple[int, int | bytes | None]:
        return (UINT32, value) if as_bytes is None or value is None else (BYTE, struct.pack(as_bytes, value))

    def ms(value: float | None) -> int | None:
        return None if value is None or value < 0 else round(value * 1000) + (0 if place else 250)

    def maybe(*choices: int, share: float = 0.4) -> int | None:
        return draw.choice(choices) if draw.random() < share else None

    zones = draw.choice(_ZONES)
    return say(
        fields.SESSION,
        (fields.SESSION_START_TIME, *date(start)),
        (fields.SESSION_SPORT, ENUM, draw.choice(_SPORTS) if draw.random() < 0.85 else None),
        (fields.SESSION_SUB_SPORT, ENUM, draw.choice(_SUB_SPORTS)),
        (fields.SESSION_TOTAL_ELAPSED_TIME, UINT32, ms(elapsed_s)),
        (fields.SESSION_TOTAL_TIMER_TIME, UINT32, ms(timer_s)),
        (fields.TIMESTAMP, *date(saved_at)),
        (fields.SESSION_TOTAL_DISTANCE, UINT32, maybe(0, 40_000, 250_000, 4_000_000_000)),
        (fields.SESSION_TOTAL_CALORIES, UINT16, maybe(0, 120, 433)),
        (fields.SESSION_AVG_HEART_RATE, UINT8, maybe(0, 131, 155)),
        (fields.SESSION_MAX_HEART_RATE, UINT8, maybe(0, 171, 184)),
        (fields.SESSION_AVG_POWER, UINT16, maybe(0, 188, 241)),
        (fields.SESSION_THRESHOLD_POWER, UINT16, maybe(0, 240)),
        (fields.SESSION_TOTAL_TRAINING_EFFECT, UINT8, maybe(0, 24, 41)),
        (fields.SESSION_TOTAL_ANAEROBIC_TRAINING_EFFECT, UINT8, maybe(3, 17)),
        (fields.SESSION_TRAINING_LOAD_PEAK, UINT32, maybe(0, 65_536 * 90, 65_536 * 131)),
        (fields.SESSION_TRAINING_STRESS_SCORE, UINT16, maybe(0, 444, 801)),
        (fields.SESSION_SWEAT_LOSS, UINT16, maybe(0, 400, 910)),
        (fields.SESSION_WORKOUT_RPE, UINT8, maybe(0, 40, 75)),
        (fields.SESSION_WORKOUT_FEEL, UINT8, maybe(0, 50, 75)),
        (fields.SESSION_MIN_TEMPERATURE, SINT8, maybe(-4, 12)),
        (fields.SESSION_TIME_IN_HR_ZONE, UINT32, zones and struct.pack("<5I", *zones)),
    )


def laps(draw: random.Random, begin: int, length_s: int) -> bytes:
    """Return laps of a recording, some of them without a time."""
    count = draw.choice((0, 1, 3))
    each = length_s // max(count, 1) + draw.choice((0, 200))
    return b"".join(
        say(
            fields.LAP,
            (fields.LAP_START_TIME, UINT32, begin + lap * each if draw.random() < 0.85 else None),
            (fields.LAP_TOTAL_ELAPSED_TIME, UINT32, draw.choice((each * 1000 + 500, each * 1000, None))),
            (fields.LAP_TOTAL_TIMER_TIME, UINT32, draw.choice((each * 900, each * 990, None, 0))),
            (fields.LAP_TOTAL_DISTANCE, UINT32, draw.choice((None, 41_500, 99_000_000))),
            (fields.LAP_TOTAL_CALORIES, UINT16, draw.choice((None, 31))),
            (fields.LAP_SPORT, ENUM, draw.choice((None, 1, 2, 5))),
            (fields.LAP_SUB_SPORT, ENUM, draw.choice((None, 0, 3, 17))),
            (fields.TIMESTAMP, UINT32, begin + (lap + 1) * each),
        )
        for lap in range(count)
    )


def timer(draw: random.Random, begin: int, length_s: int) -> bytes:
    """Return presses of the timer's button: pauses, a last stop, and presses that say nothing new."""
    presses = [(begin, 0)] if draw.random() < 0.7 else []
    for _ in range(draw.choice((0, 0, 1, 3))):
        at = begin + draw.randrange(max(length_s, 1))
        presses += [(at, draw.choice(_STOPS)), (at + draw.choice((0, 20, 61, 700)), draw.choice((0, 0, 0, 3)))]
    if draw.random() < 0.6:
        presses.append((begin + length_s + draw.choice((0, 0, -4, -5, -6, -70, 30)), draw.choice(_STOPS)))
    if draw.random() < 0.1:
        draw.shuffle(presses)
    return b"".join(timer_event(at, kind) for at, kind in presses)


def verdicts(draw: random.Random, end: int, sessions: int) -> bytes:
    """Return what the watch says of itself, of its wearer and of the effort."""

    def one(*choices: int | None) -> int | None:
        return draw.choice(choices)

    raw = [
        say(
            fields.EVENT,
            (fields.TIMESTAMP, UINT32, end),
            (fields.EVENT_EVENT, ENUM, draw.choice((38, 38, 36))),
            (fields.EVENT_EVENT_TYPE, ENUM, 3),
            (draw.choice((fields.EVENT_DATA, fields.EVENT_DATA16)), UINT16, one(0, 900, 5760, 5761)),
        )
        for _ in range(draw.choice((0, 1, 2)))
    ]
    if draw.random() < 0.2:
        raw.append(say(fields.PHYSIOLOGY, (fields.PHYSIOLOGY_RECOVERY_TIME, UINT16, one(0, 1200, 5760, 6000))))
    if draw.random() < 0.5:
        raw.append(
            say(
                fields.USER_PROFILE,
                (fields.USER_PROFILE_GENDER, ENUM, one(None, 0, 1, 7)),
                (fields.USER_PROFILE_AGE, UINT8, one(None, 0, 34)),
                (fields.USER_PROFILE_WEIGHT, UINT16, one(None, 0, 1, 705, 5000, 5001, 65_534)),
                (fields.USER_PROFILE_RESTING_HEART_RATE, UINT8, one(None, 0, 49)),
                (fields.USER_PROFILE_DEFAULT_MAX_HEART_RATE, UINT8, one(None, 0, 186)),
                (fields.USER_PROFILE_DEFAULT_MAX_RUNNING_HEART_RATE, UINT8, one(None, 0, 187)),
                (fields.USER_PROFILE_DEFAULT_MAX_BIKING_HEART_RATE, UINT8, one(None, 0, 181)),
                (fields.USER_PROFILE_BIRTH_YEAR, UINT8, one(None, 0, 86)),
            )
        )
    if draw.random() < 0.4:
        raw.append(
            say(
                fields.ZONES_TARGET,
                (fields.ZONES_TARGET_MAX_HEART_RATE, UINT8, one(None, 0, 190)),
                (fields.ZONES_TARGET_THRESHOLD_HEART_RATE, UINT8, one(None, 0, 168)),
                (fields.ZONES_TARGET_FUNCTIONAL_THRESHOLD_POWER, UINT16, one(None, 0, 251)),
            )
        )
    for place in range(draw.choice((0, 0, sessions, sessions + 1))):
        zones = draw.choice(_ZONES[1:]) or ()
        raw.append(
            say(
                fields.TIME_IN_ZONE,
                (fields.TIME_IN_ZONE_REFERENCE_MESG, UINT16, one(18, 18, 18, 19)),
                (fields.TIME_IN_ZONE_REFERENCE_INDEX, UINT16, one(place, place, sessions - 1 - place & 0xFF, None)),
                (fields.TIME_IN_ZONE_TIME_IN_HR_ZONE, UINT32, struct.pack("<5I", *zones)),
                (fields.TIME_IN_ZONE_MAX_HEART_RATE, UINT8, one(None, 0, 189)),
                (fields.TIME_IN_ZONE_RESTING_HEART_RATE, UINT8, one(None, 0, 52)),
                (fields.TIME_IN_ZONE_THRESHOLD_HEART_RATE, UINT8, one(None, 0, 166)),
                (fields.TIME_IN_ZONE_FUNCTIONAL_THRESHOLD_POWER, UINT16, one(None, 0, 244)),
            )
        )
    for _ in range(draw.choice((0, 0, 0, 3))):
        kinds = struct.pack("<2H", draw.choice((28, 8, 65_534, 65_535, 900)), draw.choice((65_535, 0, 2)))
        raw.append(say(fields.SET, (fields.SET_SET_TYPE, ENUM, one(0, 1, 1)), (fields.SET_CATEGORY, UINT16, kinds)))
    if draw.random() < 0.4:
        local = end + draw.choice((0, 3600, 7260, 7261, -12_600, 50_400, 51_300, 5_000_000))
        raw.append(
            say(
                fields.ACTIVITY,
                (fields.TIMESTAMP, UINT32, one(*(end,) * 5, None)),
                (fields.ACTIVITY_LOCAL_TIMESTAMP, UINT32, one(*(local,) * 5, None)),
            )
        )
    return b"".join(raw)


def device(draw: random.Random, start: int) -> bytes:
    """Return the first message of a file; a device may not say who it is, or not know when it is."""
    if draw.random() < 0.04:
        return b""
    name = draw.choice((None, None, None, b"Edge\x07 999\0"))
    return say(
        fields.FILE_ID,
        (fields.FILE_ID_TYPE, ENUM, 4),
        (fields.FILE_ID_MANUFACTURER, UINT16, draw.choice((1, 1, 13, 23, 294, 60_000, None))),
        (fields.FILE_ID_PRODUCT, UINT16, draw.choice((3113, 2697, 60_001, None))),
        (fields.FILE_ID_SERIAL_NUMBER, 0x8C, draw.choice((None, struct.pack("<I", 345_678)))),
        (fields.FILE_ID_TIME_CREATED, UINT32, draw.choice((start, start, start - 500, 77, None))),
        (fields.FILE_ID_PRODUCT_NAME, STRING, name),
    )


def chosen_sport(draw: random.Random) -> bytes:
    """Return which sport the athlete chose; most devices do not tell."""
    if draw.random() < 0.7:
        return b""
    sport, sub_sport = draw.choice(((1, 2), (5, 17), (2, None), (250, 250), (None, 20)))
    return say(fields.SPORT, (fields.SPORT_SPORT, ENUM, sport), (fields.SPORT_SUB_SPORT, ENUM, sub_sport))
