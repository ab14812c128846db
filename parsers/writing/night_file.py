"""How does what a watch says of nights become a FIT file that any decoder accepts?

The demonstration and the tests use it. The watch writes such files at night and by day.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from hersteld.parsers.format.profile import fields
from hersteld.parsers.writing.fit_writer import FitWriter, RawField, fit_seconds

SLEEP_FILE, MONITORING_FILE = 49, 32
UNMEASURABLE, AWAKE, LIGHT, DEEP, REM = range(5)
SERIAL = 3_990_001_234
LOW, BALANCED = 2, 4


class NightFile:
    """Collects what a watch says of nights.

    Args:
        created_at: When the watch made the file.
        serial: Of the watch; None where it does not say it.
    """

    def __init__(self, created_at: datetime, *, kind: int = SLEEP_FILE, serial: int | None = SERIAL) -> None:
        self._writer = FitWriter()
        self._writer.message(
            "file_id",
            {"type": kind, "manufacturer": 1, "time_created": created_at, "serial_number": serial},
            extra=[RawField(fields.FILE_ID_PRODUCT, "uint16", 3113)],
        )

    def local_time(self, at: datetime, offset: timedelta) -> "NightFile":
        """Add what the time is where the watch is."""
        local = RawField(fields.MONITORING_INFO_LOCAL_TIMESTAMP, "uint32", fit_seconds(at + offset))
        return self._add(fields.MONITORING_INFO, at, local)

    def slept_at(self, begin: datetime, offset: timedelta) -> "NightFile":
        """Add when a sleep began, also by the local time where the watch is."""
        local = RawField(fields.SLEEP_DATA_INFO_LOCAL_TIMESTAMP, "uint32", fit_seconds(begin + offset))
        return self._add(fields.SLEEP_DATA_INFO, begin, local)

    def resting(self, at: datetime, bpm: int, usual_bpm: int = 50) -> "NightFile":
        """Add the resting heart rate of a day, in beats per minute."""
        return self._add(
            fields.MONITORING_HR_DATA,
            at,
            RawField(fields.MONITORING_HR_DATA_RESTING_HEART_RATE, "uint8", usual_bpm),
            RawField(fields.MONITORING_HR_DATA_CURRENT_DAY_RESTING_HEART_RATE, "uint8", bpm),
        )

    def levels(self, *levels: tuple[datetime, int]) -> "NightFile":
        """Add stages of sleep: from when on each holds, and which it is."""
        for at, level in levels:
            self._add(fields.SLEEP_LEVEL, at, RawField(fields.SLEEP_LEVEL_SLEEP_LEVEL, "enum", level))
        return self

    def slept(self, begin: datetime, end: datetime) -> "NightFile":
        """Add a sleep in one piece."""
        return self.levels((begin, LIGHT), (end, AWAKE))

    def values(self, begin: datetime, rmssd: Iterable[float]) -> "NightFile":
        """Add the RMSSD of every five minutes from a moment on."""
        for number, value in enumerate(rmssd, 1):
            raw = RawField(fields.HRV_VALUE_VALUE, "uint16", round(value * 128))
            self._add(fields.HRV_VALUE, begin + number * timedelta(minutes=5), raw)
        return self

    def status(self, at: datetime, status: int = BALANCED, last_night: float | None = None) -> "NightFile":
        """Add the verdict of the watch on a night, and its mean RMSSD in milliseconds."""
        mean = None if last_night is None else round(last_night * 128)
        return self._add(
            fields.HRV_STATUS_SUMMARY,
            at,
            RawField(fields.HRV_STATUS_SUMMARY_LAST_NIGHT_AVERAGE, "uint16", mean),
            RawField(fields.HRV_STATUS_SUMMARY_STATUS, "enum", status),
        )

    def beats(self, begin: datetime, intervals_ms: Sequence[int]) -> "NightFile":
        """Add beats, in messages of 60."""
        at = begin
        for start in range(0, len(intervals_ms), 60):
            part = list(intervals_ms[start : start + 60])
            whole = at.replace(microsecond=0)
            self._add(
                fields.BEAT_INTERVALS,
                whole,
                RawField(fields.BEAT_INTERVALS_TIMESTAMP_MS, "uint16", (at - whole) // timedelta(milliseconds=1)),
                RawField(fields.BEAT_INTERVALS_TIME, "uint16", part),
            )
            at += timedelta(milliseconds=sum(part))
        return self

    def score(self, score: int, recovery: int = 70) -> "NightFile":
        """Add how the watch scores a sleep, 0..100."""
        self._writer.write(
            fields.SLEEP_ASSESSMENT,
            [
                RawField(fields.SLEEP_ASSESSMENT_OVERALL_SLEEP_SCORE, "uint8", score),
                RawField(fields.SLEEP_ASSESSMENT_SLEEP_RECOVERY_SCORE, "uint8", recovery),
            ],
        )
        return self

    def finish(self) -> bytes:
        """Return the file."""
        return self._writer.finish()

    def _add(self, number: int, at: datetime, *more: RawField) -> "NightFile":
        self._writer.write(number, [RawField(fields.TIMESTAMP, "uint32", fit_seconds(at)), *more])
        return self
