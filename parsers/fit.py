"""Which workout is in these bytes?

The one question the rest of the house asks of this package, `read_fit`. What it answers with is a `Workout` or one
of the errors of `errors`, never any other exception, whatever the bytes; time and memory grow linearly with their
number.
"""

import numpy as np

from hersteld.parsers.activity.assemble import assemble
from hersteld.parsers.activity.samples import known_times
from hersteld.parsers.columns import bulk
from hersteld.parsers.columns.decoder import Decoded, DecodedFile, Decoder, join
from hersteld.parsers.errors import Damaged, Incomplete, NotAnActivity
from hersteld.parsers.format.envelope import Fault, damage, incomplete
from hersteld.parsers.format.fit_time import to_datetime
from hersteld.parsers.format.profile import FILE_ID, RECORD, enum_name
from hersteld.parsers.line import Line
from hersteld.parsers.workout import Workout

ACTIVITY = 4
SALVAGE_MIN_S = 60.0

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

    A file whose end is missing raises `Incomplete`, as it may still be on its way; the caller who has waited long
    enough asks again with `salvage`. A file that is all there but broken is salvaged at once, as waiting would not
    mend it.

    Args:
        data: The whole file.
        salvage: Take what is readable of a file that is cut off.
        decoder: See `decoder`.

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
    if fault is not None:
        _check_worth(file, fault)
    return assemble(file, fault)


def _activity(decoded: Decoded) -> DecodedFile:
    """Return the activities of the chain as one; files without an id of their own belong to the one before them.

    Raises:
        NotAnActivity: There is none.
    """
    chosen: list[DecodedFile] = []
    others: list[DecodedFile] = []
    belongs = chosen
    for one in decoded.files:
        if one.of(FILE_ID).count:
            belongs = chosen if one.of(FILE_ID).value(0, 0) == ACTIVITY else others
        belongs.append(one)
    whole = join(chosen)
    if whole.of(FILE_ID).count:
        return whole
    if others:
        raise _not_an_activity(others[0])
    if _span_s(whole) < SALVAGE_MIN_S:
        if decoded.fault is None:
            raise NotAnActivity(Line("files.of_no_kind"), file_type="unknown")
        raise Damaged(Line("files.damaged_all"), offset=decoded.fault.offset)
    return whole


def _not_an_activity(file: DecodedFile) -> NotAnActivity:
    file_id = file.of(FILE_ID)
    number, created = file_id.value(0, 0), file_id.value(4, 0)
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
    times = known_times(file.of(RECORD), salvaged=True)
    return 0.0 if np.isnan(times).all() else float(np.nanmax(times) - np.nanmin(times))


def _check_worth(file: DecodedFile, fault: Fault) -> None:
    span = _span_s(file)
    if span < SALVAGE_MIN_S:
        where = damage(fault)
        raise Damaged(Line("files.damaged_but", {"where": where, "span_s": round(span)}), offset=fault.offset)
