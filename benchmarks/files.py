"""Which files are read?

Real ones, where the corpus is (`../shared/fit-corpus`, or `$HERSTELD_FIT_CORPUS`); otherwise made ones, written with
the project's own encoder.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import numpy as np

from hersteld.parsers.format.crc import crc16
from hersteld.parsers.writing.encode import Recorded, encode_activity

_CHOSEN = {
    "ride of 4 h": "andrewcooke__choochoo/data/test/source/other/3316129931.fit",
    "pool swim, `hr` messages": (
        "jat255__Fit-File-Faker/fit_file_faker/vendor/fit_tool/tests/data/sdk/activity_poolswim_with_hr.fit"
    ),
    "big-endian, developer fields": "dtcooper__python-fitparse/tests/files/2019-02-17-062644-ELEMNT-297E-195-0.fit",
    "100,000 records": "muktihari__fit/testdata/big_activity.fit",
    "ultra run, interleaved": "roznet__fit-benchmarks/large.fit",
    "`hrv` between the records": "tormoder__fit/testdata/bpg/garmin.fit",
    "multisport, 19 sessions": "andrewcooke__choochoo/data/test/source/other/77F73023.FIT",
}
_BEGIN = datetime(2026, 4, 26, 8, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class BenchmarkFile:
    """A file under the name it has in the tables."""

    name: str
    raw: bytes


def corpus() -> Path | None:
    """Return the folder of the real files, None where there is none."""
    told = os.environ.get("HERSTELD_FIT_CORPUS")
    folder = Path(told) if told else Path(__file__).resolve().parents[2] / "shared" / "fit-corpus"
    return folder if (folder / "expected.jsonl").is_file() else None


def benchmark_files() -> Iterator[BenchmarkFile]:
    """Yield the files to be measured, the real ones if they are there."""
    folder = corpus()
    if folder is not None:
        yield from (BenchmarkFile(name, (folder / path).read_bytes()) for name, path in _CHOSEN.items())
        return
    for name, seconds, encode in (
        ("made: run of 40 min", 2400, encode_activity),
        ("made: ride of 4 h", 14400, encode_activity),
        ("made: swim, `hr` messages", 3600, partial(encode_activity, hr_messages=True)),
        ("made: big-endian", 7200, partial(encode_activity, big_endian=True)),
        ("made: compressed times", 7200, partial(encode_activity, compressed_timestamps=True)),
    ):
        yield BenchmarkFile(name, encode(_BEGIN, "cycling", _recorded(seconds)))


def _recorded(seconds: int) -> Recorded:
    at = np.arange(seconds)
    return Recorded(
        heart_rate_bpm=(140 + 20 * np.sin(at / 300)).round().tolist(),
        power_w=(200 + 50 * np.sin(at / 100)).round().tolist(),
        speed_mps=np.full(seconds, 8.5).tolist(),
        cadence_rpm=np.full(seconds, 88.0).tolist(),
        altitude_m=(100 + 30 * np.sin(at / 900)).round(1).tolist(),
    )


_RECORD = np.dtype([("header", "u1"), ("time", "<u4"), ("bpm", "u1"), ("watts", "<u2"), ("metres", "<u4")])
_RECORD_DEFINITION = bytes([0x40, 0, 0, 20, 0, 4, 253, 4, 0x86, 3, 1, 0x02, 7, 2, 0x84, 5, 4, 0x86])
_FILE_ID = bytes([0x41, 0, 0, 0, 0, 1, 0, 1, 0x00, 0x01, 4])
_EVENT = np.dtype([("header", "u1"), ("time", "<u4"), ("event", "u1"), ("type", "u1"), ("value", "<u4")])
_EVENT_DEFINITION = bytes([0x42, 0, 0, 21, 0, 4, 253, 4, 0x86, 0, 1, 0, 1, 1, 0, 3, 4, 0x86])
_HRV = np.dtype([("header", "u1"), ("ms", "<u2", 5)])
_HRV_DEFINITION = bytes([0x43, 0, 0, 78, 0, 1, 0, 10, 0x84])
_FIRST_S = 1_146_000_000


def activity_of(records: int) -> bytes:
    """Return an activity of so many records of 12 bytes; too many for the encoder, which is made to be read."""
    return _sealed(_FILE_ID + _RECORD_DEFINITION + _records(records).tobytes())


def interleaved_of(records: int) -> bytes:
    """Return the same with an event and the times between heart beats behind each record, so that no two are alike."""
    between = np.zeros(records, dtype=[("record", _RECORD), ("event", _EVENT), ("hrv", _HRV)])
    between["record"] = _records(records)
    between["event"]["header"] = 2
    between["event"]["time"] = between["record"]["time"]
    between["event"]["event"] = 36  # a battery's word
    between["event"]["type"] = 3
    between["hrv"]["header"] = 3
    between["hrv"]["ms"] = (400, 410, 0xFFFF, 0xFFFF, 0xFFFF)
    return _sealed(_FILE_ID + _RECORD_DEFINITION + _EVENT_DEFINITION + _HRV_DEFINITION + between.tobytes())


def _records(records: int) -> np.ndarray[tuple[int], np.dtype[np.void]]:
    rows = np.zeros(records, dtype=_RECORD)
    rows["time"] = _FIRST_S + np.arange(records)
    rows["bpm"] = 120 + np.arange(records) % 40
    rows["watts"] = 200 + np.arange(records) % 90
    rows["metres"] = np.arange(records) * 800
    return rows


def _sealed(body: bytes) -> bytes:
    whole = bytes([12, 0x20, 0, 0]) + len(body).to_bytes(4, "little") + b".FIT" + body
    return whole + crc16(whole).to_bytes(2, "little")
