"""How does a simple description of a workout become a FIT file that any decoder accepts?

The demonstration and the tests use it. What it cannot express, `fit_writer` can write.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

from hersteld.parsers.workout import DeviceProfile, Pause
from hersteld.parsers.writing.fit_writer import FitWriter, RawField, Value

Series = Sequence[float | None]
"""One value per second of timer time; None or NaN where the sensor gave no value."""

_HR_TICKS_PER_S = 1024
_HR_GROUP = 8


@dataclass(frozen=True, slots=True)
class Recorded:
    """The values of the sensors, one per second of timer time. All series given have the same length.

    Attributes:
        distance_m: Running total. By default it is summed from the speed.
    """

    heart_rate_bpm: Series | None = None
    power_w: Series | None = None
    speed_mps: Series | None = None
    distance_m: Series | None = None
    cadence_rpm: Series | None = None
    temperature_c: Series | None = None
    altitude_m: Series | None = None

    def columns(self) -> dict[str, Series]:
        """Return the series that were given, by the name of their field in a record message."""
        distance = self.distance_m
        if distance is None and self.speed_mps is not None:
            distance = _running_total(self.speed_mps)
        named = {
            "heart_rate": self.heart_rate_bpm,
            "power": self.power_w,
            "speed": self.speed_mps,
            "distance": distance,
            "cadence": self.cadence_rpm,
            "temperature": self.temperature_c,
            "altitude": self.altitude_m,
        }
        return {name: series for name, series in named.items() if series is not None}


def encode_activity(
    started_at: datetime,
    sport: str,
    recorded: Recorded | None = None,
    *,
    created_at: datetime | None = None,
    sub_sport: str = "generic",
    timer_s: int | None = None,
    pauses: Sequence[Pause] = (),
    kcal: float | None = None,
    device: str = "hersteld",
    profile: DeviceProfile | None = None,
    exercises: Sequence[str] = (),
    pool_length_m: float | None = None,
    hr_messages: bool = False,
    session_fields: Iterable[RawField] = (),
    big_endian: bool = False,
    compressed_timestamps: bool = False,
) -> bytes:
    """Return the FIT file of one activity with one session.

    Args:
        started_at: Aware; its offset from UTC becomes the file's local time. Whole seconds.
        sport: The FIT profile's name: "running", "cycling", "swimming", "training", "walking", ...
        recorded: The sensors. One record message per second of timer time.
        created_at: When the device began the file; by default at the start.
        sub_sport: "generic", "trail", "lap_swimming", "strength_training", ...
        timer_s: Seconds without pauses; by default the length of the series. Records are written for all of them.
        pauses: Stretches without records, in order, in whole seconds since the start, including earlier pauses.
        kcal: Energy of the session.
        device: Product name; the manufacturer is the profile's "development".
        profile: What the device believes about its wearer.
        exercises: Exercise categories by their profile names ("squat"); one `set` message each, spread over the time.
        pool_length_m: Written into the session when given.
        hr_messages: Put the heart rate into `hr` messages, as a strap does after a swim, instead of the records.
        session_fields: Raw fields added to the session, for fields that have no name in the profile.
        big_endian: Byte order of the messages.
        compressed_timestamps: Use compressed timestamp headers for the records.

    Raises:
        ValueError: Series of different lengths, neither series nor `timer_s`, a name the profile does not know, or a
            pause that starts after the recorded seconds.
    """
    columns = (recorded or Recorded()).columns()
    seconds = _timer_seconds(columns, timer_s)
    offsets = _elapsed_offsets(seconds, pauses)
    # The offset is fixed, because adding seconds to a local time is wrong in the night in which the clock changes.
    started_at = started_at.replace(microsecond=0).astimezone(timezone(started_at.utcoffset() or timedelta()))
    elapsed_s = seconds + sum(round(pause.end_s - pause.start_s) for pause in pauses)
    ended_at = started_at + timedelta(seconds=elapsed_s)
    heart_rate = columns.get("heart_rate")
    in_records = {name: series for name, series in columns.items() if not (hr_messages and name == "heart_rate")}

    writer = FitWriter(big_endian=big_endian)
    maker: dict[str, Value] = {"manufacturer": "development", "product": 1, "product_name": device}
    writer.message(
        "file_id", {"type": "activity", **maker, "serial_number": 1, "time_created": created_at or started_at}
    )
    writer.message("device_info", {"timestamp": started_at, "device_index": 0, **maker})
    if profile is not None:
        _write_profile(writer, profile)

    clock_s = 0
    _write_timer(writer, started_at, "start")
    for index, offset in enumerate(offsets):
        at = started_at + timedelta(seconds=offset)
        if offset != clock_s:
            _write_timer(writer, started_at + timedelta(seconds=clock_s), "stop_all")
            _write_timer(writer, at, "start")
        row: dict[str, Value] = {name: series[index] for name, series in in_records.items()}
        writer.message("record", {"timestamp": at, **row}, compressed=compressed_timestamps)
        clock_s = offset + 1
    _write_timer(writer, started_at + timedelta(seconds=clock_s), "stop_all")
    if hr_messages and heart_rate is not None:
        _write_hr(writer, started_at, offsets, heart_rate)
    for index, exercise in enumerate(exercises):
        at = started_at + timedelta(seconds=seconds * index // len(exercises))
        writer.message("set", {"timestamp": at, "start_time": at, "set_type": "active", "category": exercise})

    summary = _summary(columns, seconds, elapsed_s, kcal)
    summary |= {"timestamp": ended_at, "start_time": started_at, "sport": sport, "sub_sport": sub_sport}
    summary |= {"message_index": 0, "event_type": "stop"}
    writer.message("lap", {"event": "lap", **summary})
    if pool_length_m is not None:
        summary |= {"pool_length": pool_length_m, "pool_length_unit": "metric"}
    summary |= {"event": "session", "first_lap_index": 0, "num_laps": 1, "trigger": "activity_end"}
    writer.message("session", summary, extra=session_fields)
    closing: dict[str, Value] = {"timestamp": ended_at, "local_timestamp": ended_at.replace(tzinfo=UTC)}
    closing |= {"total_timer_time": seconds, "num_sessions": 1, "type": "manual"}
    writer.message("activity", {**closing, "event": "activity", "event_type": "stop"})
    return writer.finish()


def _timer_seconds(columns: Mapping[str, Series], timer_s: int | None) -> int:
    lengths = {len(series) for series in columns.values()}
    if timer_s is not None:
        lengths.add(timer_s)
    if len(lengths) != 1:
        raise ValueError(f"The series (and timer_s) must have one and the same length; they have {sorted(lengths)}.")
    return lengths.pop()


def _elapsed_offsets(seconds: int, pauses: Sequence[Pause]) -> list[int]:
    """Return for each recorded second the seconds since the start, including pauses."""
    offsets: list[int] = []
    clock_s = 0
    for pause in pauses:
        offsets.extend(range(clock_s, round(pause.start_s)))
        clock_s = round(pause.end_s)
    if len(offsets) > seconds:
        raise ValueError(f"A pause starts after the {seconds} recorded seconds are over.")
    return [*offsets, *range(clock_s, clock_s + seconds - len(offsets))]


def _running_total(speed_mps: Series) -> list[float | None]:
    total = 0.0
    totals: list[float | None] = []
    for speed in speed_mps:
        total += speed or 0.0
        totals.append(total)
    return totals


def _present(series: Series | None) -> list[float]:
    return [value for value in series or () if value is not None and not math.isnan(value)]


def _summary(columns: Mapping[str, Series], seconds: int, elapsed_s: int, kcal: float | None) -> dict[str, Value]:
    """Return the fields that lap and session share: times, distance, energy, means and maxima."""
    summary: dict[str, Value] = {"total_timer_time": seconds, "total_elapsed_time": elapsed_s, "total_calories": kcal}
    if distance := _present(columns.get("distance")):
        summary["total_distance"] = distance[-1]
    for name in ("heart_rate", "power", "speed", "cadence", "temperature"):
        if values := _present(columns.get(name)):
            summary |= {f"avg_{name}": sum(values) / len(values), f"max_{name}": max(values)}
    return summary


def _write_timer(writer: FitWriter, at: datetime, event_type: str) -> None:
    writer.message("event", {"timestamp": at, "event": "timer", "event_type": event_type})


def _write_profile(writer: FitWriter, profile: DeviceProfile) -> None:
    user: dict[str, Value] = {
        "gender": profile.sex,
        "weight": profile.mass_kg,
        "resting_heart_rate": profile.resting_hr_bpm,
        "default_max_heart_rate": profile.max_hr_bpm,
    }
    zones: dict[str, Value] = {
        "max_heart_rate": profile.max_hr_bpm,
        "threshold_heart_rate": profile.lthr_bpm,
        "functional_threshold_power": profile.ftp_w,
    }
    writer.message("user_profile", user)
    writer.message("zones_target", zones)


def _write_hr(writer: FitWriter, started_at: datetime, offsets: Sequence[int], heart_rate: Series) -> None:
    """Write one anchor with the full time, then groups of up to eight beats with 12-bit times in 1/1024 s."""
    beats = [
        (o, round(bpm)) for o, bpm in zip(offsets, heart_rate, strict=True) if bpm is not None and not math.isnan(bpm)
    ]
    anchored_s: int | None = None
    while beats:
        at, bpm = beats[0]
        # Twelve bits count four seconds; after a longer silence the strap gives the full time again.
        if anchored_s is None or at - anchored_s > 3:
            anchor: dict[str, Value] = {"timestamp": started_at + timedelta(seconds=at), "fractional_timestamp": 0}
            writer.message("hr", {**anchor, "event_timestamp": at, "filtered_bpm": bpm})
            anchored_s = at
            beats = beats[1:]
            continue
        group = [beats[0]]
        for beat in beats[1:_HR_GROUP]:
            if beat[0] - group[-1][0] > 3:
                break
            group.append(beat)
        packed = sum((o * _HR_TICKS_PER_S & 0xFFF) << 12 * place for place, (o, _) in enumerate(group))
        times = packed.to_bytes((12 * len(group) + 7) // 8, "little")
        writer.message("hr", {"filtered_bpm": [bpm for _, bpm in group], "event_timestamp_12": times})
        anchored_s = group[-1][0]
        beats = beats[len(group) :]
