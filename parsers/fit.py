"""Which workout is in these bytes?

`read_fit` is what the rest of the project calls of this package. Whatever the bytes, it returns a `Workout` or raises
one of the errors of `errors`, never any other exception. Its time and memory grow linearly with the number of bytes.
"""

import numpy as np

from hersteld.parsers.activity.assemble import assemble
from hersteld.parsers.activity.samples import known_times
from hersteld.parsers.columns import bulk
from hersteld.parsers.columns.decoder import Decoded, DecodedFile, Decoder, join
from hersteld.parsers.errors import Damaged, Incomplete, NotAnActivity
from hersteld.parsers.format.envelope import Fault, incomplete
from hersteld.parsers.format.fit_time import to_datetime
from hersteld.parsers.format.profile import fields
from hersteld.parsers.format.profile.meaning import enum_name
from hersteld.parsers.workout import Workout

ACTIVITY = 4
SALVAGE_MIN_S = 60.0

_KINDS = {
    "device": "a description of the device",
    "settings": "a file of settings",
    "sport": "a file of sport settings",
    "workout": "a planned workout",
    "course": "a course to follow",
    "schedules": "a training schedule",
    "weight": "a file of weigh-ins",
    "totals": "a file of totals",
    "goals": "a file of goals",
    "blood_pressure": "a file of blood pressures",
    "monitoring_a": "a file of daily monitoring",
    "monitoring_b": "a file of daily monitoring",
    "monitoring_daily": "a file of daily monitoring",
    "activity_summary": "a summary of an activity, without the activity",
    "segment": "a segment",
    "segment_list": "a list of segments",
}


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
            raise Damaged("The file breaks off within its header.", offset=len(data)) from None
        raise
    fault = decoded.fault
    if fault is not None and fault.kind == "cut_off" and not salvage:
        raise incomplete(fault, len(data))
    file = _activity(decoded)
    if fault is not None:
        _check_worth(file, fault)
    return assemble(file, fault)


def _activity(decoded: Decoded) -> DecodedFile:
    """Return the activities of the chain as one file. A file without a `file_id` belongs to the one before it.

    Raises:
        NotAnActivity: The chain holds no activity.
        Damaged: Nothing in it is readable.
    """
    chosen: list[DecodedFile] = []
    others: list[DecodedFile] = []
    belongs_to = chosen
    for file in decoded.files:
        if file.of(fields.FILE_ID).count:
            file_type = file.of(fields.FILE_ID).value(fields.FILE_ID_TYPE, 0)
            belongs_to = chosen if file_type == ACTIVITY else others
        belongs_to.append(file)
    activity = join(chosen)
    if activity.of(fields.FILE_ID).count:
        return activity
    if others:
        raise _not_an_activity(others[0])
    if _span_s(activity) < SALVAGE_MIN_S:
        if decoded.fault is None:
            raise NotAnActivity("The file does not say what it is, and holds no activity.", file_type="unknown")
        raise Damaged("The file is damaged, and nothing in it is readable.", offset=decoded.fault.offset)
    return activity


def _not_an_activity(file: DecodedFile) -> NotAnActivity:
    file_id = file.of(fields.FILE_ID)
    number, created = file_id.value(fields.FILE_ID_TYPE, 0), file_id.value(fields.FILE_ID_TIME_CREATED, 0)
    name = enum_name("file", number) or ("unknown" if number is None else f"{number:.0f}")
    kind = _KINDS.get(name, f"a FIT file of type {name}" if number is not None else "a FIT file of no known type")
    created_at = None if created is None else to_datetime(created)
    return NotAnActivity(f"This is {kind}, not an activity.", file_type=name, created_at=created_at)


def _span_s(file: DecodedFile) -> float:
    """Return the seconds from the first record of a file to its last; 0 without any."""
    times = known_times(file.of(fields.RECORD), salvaged=True)
    return 0.0 if np.isnan(times).all() else float(np.nanmax(times) - np.nanmin(times))


def _check_worth(file: DecodedFile, fault: Fault) -> None:
    """Raise `Damaged` when too little of a damaged file is left to be a workout."""
    span = _span_s(file)
    if span < SALVAGE_MIN_S:
        where = "its checksum is wrong" if fault.offset is None else f"it cannot be read beyond byte {fault.offset}"
        raise Damaged(f"The file is damaged: {where}, and only {span:.0f} s of records are left.", offset=fault.offset)
