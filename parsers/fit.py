"""Which workout is in these bytes?

Of one FIT file, the rest of the project asks `read_fit`. Whatever the bytes, it returns a `Workout` or raises
one of the errors of `errors`, never any other exception. Its time and memory grow linearly with the number of bytes.
"""

import numpy as np

from hersteld.parsers.activity.assemble import assemble
from hersteld.parsers.activity.dates import with_true_dates
from hersteld.parsers.activity.samples import known_times
from hersteld.parsers.columns import bulk
from hersteld.parsers.columns.decoder import Decoded, DecodedFile, Decoder, join
from hersteld.parsers.errors import Damaged, Incomplete, NotAnActivity
from hersteld.parsers.format.envelope import Fault, damage, incomplete
from hersteld.parsers.format.fit_time import to_datetime
from hersteld.parsers.format.profile import fields
from hersteld.parsers.format.profile.meaning import enum_name
from hersteld.parsers.line import Line
from hersteld.parsers.workout import Workout

ACTIVITY = 4
SALVAGE_MIN_S = 60.0
"""Of a damaged or cut-off file, a shorter recording is no workout: a minute is less than any warm-up, and what is left
of the file may be wrong."""

_KINDS = {
    "device": "device",
    "settings": "settings",
    "sport": "sport_settings",
    "workout": "planned_workout",
    "course": "course",
    "schedules": "schedule",
    "weight": "weight",
    "totals": "totals",
    "goals": "goals",
    "blood_pressure": "blood_pressure",
    "monitoring_a": "monitoring",
    "monitoring_b": "monitoring",
    "monitoring_daily": "monitoring",
    "activity_summary": "activity_summary",
    "segment": "segment",
    "segment_list": "segment_list",
}
"""The word of the list "files.kind" for the profile's name of a kind."""


def read_fit(data: bytes, *, salvage: bool = False, decoder: Decoder = bulk.decode) -> Workout:
    """Return the workout in a FIT file.

    A file whose end is missing raises `Incomplete`, because the rest may still be on its way. A caller who has waited
    long enough calls again with `salvage`. A file that is complete but broken is salvaged at once, because waiting
    would not mend it.

    Args:
        data: The whole file.
        salvage: Whether to take what is readable of a file that is cut off.
        decoder: What turns the bytes into columns; see `columns.decoder`.

    Raises:
        NotFit: The bytes are something else.
        Incomplete: The end is missing, and `salvage` is off.
        Damaged: Less than 60 s of records are readable.
        NotAnActivity: A FIT file of another kind.
    """
    try:
        decoded = decoder(data)
    except Incomplete:
        if salvage:
            raise Damaged(Line("files.broken_off_in_header"), offset=len(data)) from None
        raise
    fault = decoded.fault
    if fault is not None and fault.kind == "cut_off" and not salvage:
        raise incomplete(fault, len(data))
    file = _activity(decoded)
    if fault is not None and not fault.is_harmless:
        _check_worth(file, fault)
    return assemble(file, fault)


def _activity(decoded: Decoded) -> DecodedFile:
    """Return the activities of the chain as one file. A file without a `file_id` belongs to the one before it.

    Raises:
        NotAnActivity: The chain holds no activity.
        Damaged: There is a fault, and less than a minute of records.
    """
    chosen: list[DecodedFile] = []
    others: list[DecodedFile] = []
    belongs_to = chosen
    for file in decoded.files:
        if file.of(fields.FILE_ID).count:
            file_type = file.of(fields.FILE_ID).value(fields.FILE_ID_TYPE, 0)
            belongs_to = chosen if file_type == ACTIVITY else others
        belongs_to.append(file)
    activity = with_true_dates(join(chosen))
    if activity.of(fields.FILE_ID).count:
        return activity
    if others:
        raise _not_an_activity(others[0])
    if _span_s(activity) < SALVAGE_MIN_S:
        if decoded.fault is None:
            raise NotAnActivity(Line("files.of_no_kind"), file_type="unknown")
        raise Damaged(Line("files.damaged_all"), offset=decoded.fault.offset)
    return activity


def _not_an_activity(file: DecodedFile) -> NotAnActivity:
    file_id = file.of(fields.FILE_ID)
    number, created = file_id.value(fields.FILE_ID_TYPE, 0), file_id.value(fields.FILE_ID_TIME_CREATED, 0)
    name = enum_name("file", number) or ("unknown" if number is None else f"{number:.0f}")
    if name in _KINDS:
        line = Line("files.not_an_activity", {"kind": _KINDS[name]})
    elif number is not None:
        line = Line("files.not_an_activity_of_type", {"name": name})
    else:
        line = Line("files.not_an_activity_of_no_type")
    created_at = None if created is None else to_datetime(created)
    return NotAnActivity(line, file_type=name, created_at=created_at)


def _span_s(file: DecodedFile) -> float:
    """Return the seconds from the first record of a file to its last; 0 without any."""
    times = known_times(file.of(fields.RECORD), salvaged=True)
    return 0.0 if np.isnan(times).all() else float(np.nanmax(times) - np.nanmin(times))


def _check_worth(file: DecodedFile, fault: Fault) -> None:
    """Raise `Damaged` when too little of a damaged file is left to be a workout."""
    span = _span_s(file)
    if span < SALVAGE_MIN_S:
        where = damage(fault)
        raise Damaged(Line("files.damaged_but", {"where": where, "span_s": round(span)}), offset=fault.offset)
