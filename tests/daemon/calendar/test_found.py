"""What was found comes over from the other process as it was."""

from datetime import UTC, date, datetime

import pytest

from hersteld.daemon.calendar.found import CalendarFault, CalendarFound, found_in, found_told
from hersteld.parsers.line import Line
from hersteld.recovery.occasions.planned_session import PlannedSession

AT = datetime(2026, 11, 28, 18, tzinfo=UTC)
TIMED = PlannedSession("a1", date(2026, 11, 28), AT, 90.0, "Run \ud800", is_hard=True)
ALL_DAY = PlannedSession("b2", date(2026, 11, 29), None, None, "", is_hard=False)
FAULT = CalendarFault("/a.ics", Line("calendar.too_large", {"most_mib": 32}))
NOT_WHOLE = CalendarFound((TIMED,), (FAULT, FAULT), is_whole=False, files={"a1": "/b.ics"}, unread=("/a.ics",))
WITH_OTHERS = CalendarFound((), (), has_others=True)


@pytest.mark.parametrize(
    "found", [CalendarFound((), ()), CalendarFound((TIMED, ALL_DAY), (FAULT,)), NOT_WHOLE, WITH_OTHERS]
)
def test_what_was_found_comes_back_as_it_was(found: CalendarFound) -> None:
    assert found_in(found_told(found)) == found


@pytest.mark.parametrize(
    "message",
    [{}, {"sessions": 1}, {"sessions": [{}], "faults": [], "is_whole": True}, {"sessions": [], "faults": [1]}],
)
def test_something_else_is_refused(message: dict[str, object]) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        found_in(message)
