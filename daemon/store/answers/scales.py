"""What did the scales write into files, and of which of their users does it count as the athlete's body mass?

All masses of one user count, or none does. Nothing here reads all of what was measured, as a scale goes on for years:
each statement finds what it needs by an index, so the words of its condition are those of the index, letter by letter.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from statistics import median

from hersteld.daemon.database.connection import Store
from hersteld.daemon.store.answers.rows import Kind, Source, add_answer, take_back
from hersteld.daemon.system.clock import from_iso, iso
from hersteld.parsers.workout import DeviceProfile
from hersteld.recovery.answers.scales import ScaleUser
from hersteld.recovery.athlete.factory_settings import is_factory_mass
from hersteld.recovery.nights.record import Weighing

_DEVICE, _NUMBER = "json_extract(value_json, '$.device')", "COALESCE(json_extract(value_json, '$.user'), -1)"
_MASS = "json_extract(value_json, '$.mass_kg')"
_OF_SCALES = "kind = 'weights' AND source = 'file' AND json_valid(value_json)"
_OF_USER = f"{_OF_SCALES} AND {_DEVICE} = ? AND {_NUMBER} = ?"
_NO_NUMBER = -1

# All of these are made of the words above alone.
_USERS = f"SELECT {_DEVICE} AS device, {_NUMBER} AS number FROM answers INDEXED BY answers_of_scales"  # noqa: S608
_NEXT_NUMBER = f"{_USERS} WHERE {_OF_SCALES} AND {_DEVICE} = ? AND {_NUMBER} > ? ORDER BY {_NUMBER} LIMIT 1"
_NEXT_DEVICE = f"{_USERS} WHERE {_OF_SCALES} AND {_DEVICE} > ? ORDER BY {_DEVICE}, {_NUMBER} LIMIT 1"
_LIGHTEST = f"SELECT {_MASS} AS kg, undone_at FROM answers WHERE {_OF_USER} ORDER BY {_MASS} LIMIT 1"  # noqa: S608
_HEAVIEST = f"SELECT {_MASS} AS kg FROM answers WHERE {_OF_USER} ORDER BY {_MASS} DESC LIMIT 1"  # noqa: S608
_COUNT = f"SELECT COUNT(*) AS count FROM answers WHERE {_OF_USER}"  # noqa: S608
_MIDDLE = f"SELECT {_MASS} AS kg FROM answers WHERE {_OF_USER} ORDER BY {_MASS} LIMIT ? OFFSET ?"  # noqa: S608
_OLDEST = f"SELECT MIN(at) AS at FROM answers WHERE {_OF_USER}"  # noqa: S608
_SAME = f"SELECT 1 FROM answers WHERE {_OF_USER} AND {_MASS} = ? AND at = ? LIMIT 1"  # noqa: S608
_SET_COUNTS = f"UPDATE answers SET undone_at = ? WHERE {_OF_USER}"  # noqa: S608

_LAST_SAID = (
    "SELECT COALESCE(json_extract(value_json, '$.mass_kg'), json_extract(value_json, '$.before_kg'),"
    " json_extract(value_json, '$.after_kg')) AS kg FROM answers INDEXED BY answers_of_own_mass"
    " WHERE kind = 'weights' AND source <> 'file' AND undone_at IS NULL AND kg IS NOT NULL"
    " ORDER BY at DESC, id DESC LIMIT 1"
)
_IN_FILE = "CASE WHEN json_valid(details) THEN json_extract(details, '$.profile.mass_kg') END"
_LAST_IN_FILES = (
    f"SELECT {_IN_FILE} AS kg, json_extract(details, '$.profile.maker') AS maker FROM workouts"  # noqa: S608
    f" WHERE has_clock AND {_IN_FILE} > 0 ORDER BY started_at DESC LIMIT 20"
)


@dataclass(frozen=True, slots=True)
class StoredUser:
    """A user of a scale, and whether what the scale measured of that user counts."""

    user: ScaleUser
    counts: bool


def store_measured(store: Store, weighings: Iterable[Weighing], *, now: datetime) -> tuple[Weighing, ...]:
    """Remember masses of a scale, and return those that no other file had brought.

    They count where earlier ones of the same user do; those of a new user do not, until `set_counts` lets them.
    """
    came = []
    for one in weighings:
        if store.rows(_SAME, [*_key(one.device, one.user), one.mass_kg, iso(one.at)]):
            continue
        before = _stored_user(store, one.device, one.user)
        values: dict[str, float | str] = {"mass_kg": one.mass_kg, "device": one.device}
        if one.user is not None:
            values["user"] = one.user
        row_id = add_answer(store, Kind.WEIGHTS, values, source=Source.FILE, workout_id=None, at=one.at, now=now)
        if before is None or not before.counts:
            take_back(store, row_id, now=now)
        came.append(one)
    return tuple(came)


def scale_users(store: Store) -> tuple[StoredUser, ...]:
    """Return all users of the scales, by scale and number."""
    found: list[StoredUser] = []
    device, number = "", _NO_NUMBER
    while rows := store.rows(_NEXT_NUMBER, [device, number]) or store.rows(_NEXT_DEVICE, [device]):
        device, number = str(rows[0]["device"]), int(rows[0]["number"])
        stored = _stored_user(store, device, None if number == _NO_NUMBER else number)
        if stored is not None:
            found.append(stored)
    return tuple(found)


def oldest_of(store: Store, user: ScaleUser) -> datetime:
    """Return when a scale measured one of its users first, aware UTC; all of that user's masses are looked through."""
    return from_iso(store.rows(_OLDEST, _key(user.device, user.number))[0]["at"])


def set_counts(store: Store, user: ScaleUser, *, counts: bool, now: datetime) -> None:
    """Let all masses of a user of a scale count as the athlete's, or none."""
    store.change(_SET_COUNTS, [None if counts else iso(now), *_key(user.device, user.number)])


def known_besides(store: Store) -> float | None:
    """Return the body mass that the athlete said last, or else by the newest files; None where neither is known.

    Of those files it is the median: of two watches that differ, it must not be another one with each workout. What a
    watch left the factory with says nothing of its wearer.
    """
    if rows := store.rows(_LAST_SAID, []):
        return float(rows[0]["kg"])
    profiles = [DeviceProfile(maker=row["maker"], mass_kg=float(row["kg"])) for row in store.rows(_LAST_IN_FILES, [])]
    masses = [one.mass_kg for one in profiles if one.mass_kg is not None and not is_factory_mass(one)]
    return median(masses) if masses else None


def _stored_user(store: Store, device: str, number: int | None) -> StoredUser | None:
    key = _key(device, number)
    lightest = store.rows(_LIGHTEST, key)
    if not lightest:
        return None
    heaviest_kg = float(store.rows(_HEAVIEST, key)[0]["kg"])
    user = ScaleUser(device, number, float(lightest[0]["kg"]), heaviest_kg, partial(_usual_kg, store, key))
    return StoredUser(user, lightest[0]["undone_at"] is None)


def _usual_kg(store: Store, key: list[object]) -> float:
    """Return the median of the masses of a user."""
    count = int(store.rows(_COUNT, key)[0]["count"])
    middle = store.rows(_MIDDLE, [*key, 2 - count % 2, (count - 1) // 2])
    return sum(float(row["kg"]) for row in middle) / len(middle)


def _key(device: str, number: int | None) -> list[object]:
    return [device, _NO_NUMBER if number is None else number]
