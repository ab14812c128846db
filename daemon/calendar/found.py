"""What was found in the calendar, and how does it come from the process that read it?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

from hersteld.daemon.store.columns.json_columns import values_from_json, values_to_json
from hersteld.daemon.system.channel import Json
from hersteld.daemon.system.clock import from_iso, iso
from hersteld.parsers.line import Line
from hersteld.recovery.occasions.planned_session import PlannedSession


@dataclass(frozen=True, slots=True)
class CalendarFault:
    """What could not be read.

    Attributes:
        path: The file, or the folder.
        reason: Why, as a part of a sentence.
    """

    path: str
    reason: Line


@dataclass(frozen=True, slots=True)
class CalendarFound:
    """What a look into the calendar found.

    Attributes:
        sessions: The training that is planned soon, in order of day and time.
        faults: What is wrong with the files, or with single events.
        is_whole: Whether every file could be read; else what is missing may still be planned.
        files: In which file each training stands, by its identity.
        unread: The files that could not be read, or not to their end.
        has_others: Whether there are events soon that do not look like training.
    """

    sessions: tuple[PlannedSession, ...]
    faults: tuple[CalendarFault, ...]
    is_whole: bool = True
    files: Mapping[str, str] = field(default_factory=dict)
    unread: tuple[str, ...] = ()
    has_others: bool = False


def found_told(found: CalendarFound) -> Json:
    """Return what was found as JSON."""
    return {
        "sessions": [
            {
                "identity": one.identity,
                "day": one.day.isoformat(),
                "starts_at": None if one.starts_at is None else iso(one.starts_at),
                "minutes": one.minutes,
                "title": one.title,
                "is_hard": one.is_hard,
            }
            for one in found.sessions
        ],
        "faults": [
            {"path": one.path, "id": one.reason.id, "values": values_to_json(one.reason.values)} for one in found.faults
        ],
        "is_whole": found.is_whole,
        "files": dict(found.files),
        "unread": [*found.unread],
        "has_others": found.has_others,
    }


def found_in(message: Json) -> CalendarFound:
    """Return what `found_told` was given.

    Raises:
        KeyError, TypeError, ValueError: It is something else.
    """
    sessions = cast("list[Mapping[str, Any]]", message["sessions"])
    faults = cast("list[Mapping[str, Any]]", message["faults"])
    return CalendarFound(
        tuple(
            PlannedSession(
                identity=str(one["identity"]),
                day=date.fromisoformat(one["day"]),
                starts_at=None if one["starts_at"] is None else from_iso(one["starts_at"]),
                minutes=None if one["minutes"] is None else float(one["minutes"]),
                title=str(one["title"]),
                is_hard=one["is_hard"] is True,
            )
            for one in sessions
        ),
        tuple(CalendarFault(str(one["path"]), Line(str(one["id"]), values_from_json(one["values"]))) for one in faults),
        message["is_whole"] is True,
        {str(identity): str(path) for identity, path in cast("Mapping[str, str]", message["files"]).items()},
        tuple(map(str, cast("list[str]", message["unread"]))),
        message["has_others"] is True,
    )
