"""What else does the watch say: of itself, of its wearer, of the effort?"""

import numpy as np
from numpy.typing import NDArray

from hersteld.parsers.columns.decoder import DecodedFile
from hersteld.parsers.format.profile import (
    EVENT,
    FILE_ID,
    HRV,
    PHYSIOLOGY,
    SESSION,
    SET,
    TIME_IN_ZONE,
    USER_PROFILE,
    ZONES_TARGET,
    enum_name,
)
from hersteld.parsers.workout import DeviceProfile, Vendor

GARMIN_NUMBERED = (1, 13, 15)
"""Makers whose product numbers are Garmin's: garmin, dynastream_oem, dynastream."""
EVENT_OF_RECOVERY = 38
"""In no profile. Its value is the recovery time in minutes: the last is that of message 140, and while the watch has
nothing new to say it falls by one a minute."""
SET_OF_REST = 0
UNKNOWN_EXERCISE = 65534
LONGEST_RECOVERY_MIN = 96 * 60
"""No watch advises more than four days."""
HIGHEST_MASS_KG = 500.0
"""Above it stand values like 6553.4, which mean "being worked out"."""


def read_vendor(file: DecodedFile) -> Vendor:
    """Return the watch maker's verdict: amounts summed over the sessions, the highest effect, the last answer given."""
    sessions = file.of(SESSION)
    rpe = sessions.last(193)

    def total(field: int) -> float | None:
        return float(np.nansum(sessions.column(field))) if sessions.has(field) else None

    def highest(field: int) -> float | None:
        return float(np.nanmax(sessions.column(field))) if sessions.has(field) else None

    return Vendor(
        recovery_min=_recovery_min(file),
        training_effect=highest(24),
        anaerobic_training_effect=highest(137),
        training_load_peak=highest(168),
        stress_score=total(35),
        sweat_loss_ml=total(178),
        rpe=None if rpe is None else rpe / 10,
        feel=sessions.last(192),
    )


def _recovery_min(file: DecodedFile) -> float | None:
    """Return the recovery time last told: at the end (message 140), or else while it was recording (events)."""
    events = file.of(EVENT)
    value, short = events.column(3), events.column(2)
    told_while_recording = np.where(np.isnan(value), short, value)[events.column(0) == EVENT_OF_RECOVERY]
    for told in (file.of(PHYSIOLOGY).column(9), told_while_recording):
        plausible = told[told <= LONGEST_RECOVERY_MIN]
        if len(plausible):
            return float(plausible[-1])
    return None


def read_profile(file: DecodedFile) -> DeviceProfile:
    """Return what the device believes of its wearer; 0 means that it was never told."""
    user, target, zones = file.of(USER_PROFILE), file.of(ZONES_TARGET), file.of(TIME_IN_ZONE)
    mass = user.last(4) or None
    sex = enum_name("gender", user.last(1))
    return DeviceProfile(
        resting_hr_bpm=user.last(8) or zones.last(12) or None,
        max_hr_bpm=target.last(1) or user.last(11) or zones.last(11) or user.last(9) or user.last(10) or None,
        lthr_bpm=target.last(2) or zones.last(13) or None,
        ftp_w=target.last(3) or zones.last(15) or None,
        mass_kg=None if mass is None or mass > HIGHEST_MASS_KG else mass,
        sex=sex if sex in {"male", "female"} else None,
    )


def read_device(file: DecodedFile) -> str | None:
    """Return maker and product, "garmin fenix6", as far as the file names them."""
    file_id = file.of(FILE_ID)
    if not file_id.count:
        return None
    maker, product = file_id.value(1, 0), file_id.value(2, 0)
    name = file_id.text(8)
    if name is None and maker in GARMIN_NUMBERED:
        name = enum_name("garmin_product", product)  # None for a watch newer than our list
    words = " ".join(word for word in (enum_name("manufacturer", maker), name) if word)
    return "".join(letter for letter in words if letter.isprintable()) or None


def read_time_in_zone(file: DecodedFile) -> tuple[float, ...] | None:
    """Return the device's own seconds per heart rate zone, lowest zone first, summed over the sessions."""
    zones = file.of(TIME_IN_ZONE)
    table = zones.tables.get(2)
    if table is not None:
        table = table[zones.column(0) == SESSION]
    if table is None or np.isnan(table).all():
        table = file.of(SESSION).tables.get(65)
    if table is None or np.isnan(table).all():
        return None
    zones_told = np.flatnonzero(~np.isnan(table).all(axis=0))
    # One that is empty between others is a zone of its number, too.
    return tuple(np.nansum(table[:, : zones_told[-1] + 1], axis=0).tolist())


def read_exercises(file: DecodedFile) -> tuple[str, ...]:
    """Return the names of the strength exercises done, in order of appearance, each once."""
    sets = file.of(SET)
    table = sets.tables.get(7)
    if table is None:
        return ()
    done = table[sets.column(5) != SET_OF_REST]
    numbers = done[~np.isnan(done) & (done != UNKNOWN_EXERCISE)].tolist()
    names = (enum_name("exercise_category", number) for number in numbers)
    return tuple(dict.fromkeys(name for name in names if name is not None))


def read_beat_intervals(file: DecodedFile) -> NDArray[np.float64] | None:
    """Return the seconds from each heart beat to the next, in order of the file; each message holds up to five."""
    table = file.of(HRV).tables.get(0)
    if table is None:
        return None
    intervals = table.ravel()
    told = np.flatnonzero(~np.isnan(intervals))  # places are taken twice as fast as a mask
    return intervals[told] if len(told) else None
