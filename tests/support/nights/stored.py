"""Nights that come into a store as a file brings them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from hersteld.daemon.store.days import add_night_records
from hersteld.daemon.store.files import FileRow, add_file
from hersteld.recovery.nights.night import Night
from hersteld.recovery.nights.record import NightRecord, Resting, Variability
from tests.support.nights.usual import usual_nights
from tests.support.pipeline import Pipeline

_ASLEEP = timedelta(hours=7)


def records_of(nights: Sequence[Night], *, device: str = "watch", minutes: float = 400) -> list[NightRecord]:
    """Return what a file of one device says of these nights.

    Args:
        minutes: On how much of the night it rests; of two devices the longer record counts.
    """
    return [
        NightRecord(
            night.day,
            device,
            night.woke_at,
            night.arrived_at,
            None if night.resting_hr_bpm is None else Resting(night.resting_hr_bpm, night.woke_at),
            None
            if night.rmssd_ms is None
            else Variability(night.rmssd_ms, night.woke_at - _ASLEEP, night.woke_at, minutes),
        )
        for night in nights
    ]


def nights_come(
    pipeline: Pipeline, *nights: Night, at: datetime | None = None, device: str = "watch", minutes: float = 400
) -> None:
    """Let a file with these nights come in, and the service look.

    Args:
        at: When it came in; None for now.
    """
    night_comes(pipeline, *nights, at=at, device=device, minutes=minutes)
    pipeline.look()


def night_comes(
    pipeline: Pipeline, *nights: Night, at: datetime | None = None, device: str = "watch", minutes: float = 400
) -> None:
    """Let a file with these nights come in; nothing has been done yet about what that changes.

    Args:
        at: When it came in; None for now.
    """
    arrived_at = at or pipeline.clock.now()
    came = [replace(night, arrived_at=arrived_at) for night in nights]
    store = pipeline.store
    with store.write():
        ((number,),) = store.db.execute("SELECT COUNT(*) FROM files").fetchall()
        sha256 = f"night-{number}"
        add_file(store, FileRow(sha256, f"{sha256}.fit", 1, "day", None, arrived_at))
        add_night_records(store, sha256, records_of(came, device=device, minutes=minutes))
        pipeline.ingest.reassessment.mark_nights([night.day for night in came])


def knows_what_is_usual(pipeline: Pipeline) -> None:
    """Let the nights of two months come in, up to today's."""
    today = pipeline.clock.now().date()
    nights_come(pipeline, *usual_nights(today, 62), at=pipeline.clock.now() - timedelta(days=1))
