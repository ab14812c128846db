"""What did the watches measure at night, by file, day and device?"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from hersteld.daemon.database.connection import Store
from hersteld.daemon.store.answers.of_day import resting_hr_days, resting_hr_records
from hersteld.daemon.system.clock import from_iso, iso
from hersteld.recovery.nights.merge import merge
from hersteld.recovery.nights.night import Night
from hersteld.recovery.nights.record import NightRecord, Resting, Sleep, Variability, Verdict


def add_night_records(store: Store, sha256: str, records: Iterable[NightRecord]) -> None:
    """Remember what a file says of nights, one record a day.

    Args:
        sha256: Of the file, which must be in the store.
    """
    with store.write():
        for record in records:
            store.insert("night_records", {"sha256": sha256, **_columns(record)})


def nights_between(store: Store, first: date, last: date) -> tuple[Night, ...]:
    """Return the nights from the morning of a first local date to that of a last one, oldest first, one a day.

    Of two devices the longer record counts. A day of which nothing was measured has no night.
    """
    return merge(night_records_between(store, first, last))


def newest_nights(store: Store, limit: int) -> tuple[Night, ...]:
    """Return the nights of the last days of which there are any, newest first."""
    days = store.rows("SELECT DISTINCT day FROM night_records ORDER BY day DESC LIMIT ?", [limit])
    known = {*(date.fromisoformat(row["day"]) for row in days), *resting_hr_days(store)}
    if not known:
        return ()
    newest = sorted(known, reverse=True)[:limit]
    return nights_between(store, newest[-1], newest[0])[::-1]


def night_records_between(store: Store, first: date, last: date) -> tuple[NightRecord, ...]:
    """Return what the files and the athlete say of the nights of these local dates."""
    rows = store.rows(
        "SELECT * FROM night_records WHERE day BETWEEN ? AND ? ORDER BY day, arrived_at, sha256",
        [first.isoformat(), last.isoformat()],
    )
    return (*map(_record, rows), *resting_hr_records(store, first, last))


def _columns(record: NightRecord) -> dict[str, object]:
    columns: dict[str, object] = {
        "day": record.day.isoformat(),
        "device": record.device,
        "woke_at": iso(record.woke_at),
        "arrived_at": iso(record.arrived_at),
        "sleep_score": record.score,
    }
    if resting := record.resting:
        columns |= {"resting_hr_bpm": resting.bpm, "resting_hr_at": iso(resting.at)}
    if part := record.variability:
        columns |= {
            "rmssd_ms": part.rmssd_ms,
            "rmssd_from": iso(part.begin),
            "rmssd_to": iso(part.end),
            "rmssd_minutes": part.minutes,
            "rmssd_pairs": part.pairs,
        }
    if verdict := record.verdict:
        columns |= {"hrv_status": verdict.status, "hrv_status_at": iso(verdict.at)}
    if sleep := record.sleep:
        columns |= {"sleep_s": sleep.asleep_s, "sleep_from": iso(sleep.begin), "sleep_to": iso(sleep.end)}
    return columns


def _record(row: dict[str, Any]) -> NightRecord:
    return NightRecord(
        day=date.fromisoformat(row["day"]),
        device=row["device"],
        woke_at=from_iso(row["woke_at"]),
        arrived_at=from_iso(row["arrived_at"]),
        resting=None
        if row["resting_hr_at"] is None
        else Resting(row["resting_hr_bpm"], from_iso(row["resting_hr_at"])),
        variability=None
        if row["rmssd_from"] is None
        else Variability(
            row["rmssd_ms"],
            from_iso(row["rmssd_from"]),
            from_iso(row["rmssd_to"]),
            row["rmssd_minutes"],
            row["rmssd_pairs"],
        ),
        verdict=None if row["hrv_status_at"] is None else Verdict(row["hrv_status"], from_iso(row["hrv_status_at"])),
        sleep=None
        if row["sleep_from"] is None
        else Sleep(from_iso(row["sleep_from"]), from_iso(row["sleep_to"]), row["sleep_s"]),
        score=row["sleep_score"],
    )
