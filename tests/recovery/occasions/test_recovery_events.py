"""A calendar shows of a recovery what is told of it, and no more."""

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from hersteld.recovery.occasions.recovery_events import RecoveryEvent, recovery_events
from hersteld.recovery.occasions.verdict import Verdict, VerdictName

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
ENDED = datetime(2026, 5, 6, 18, tzinfo=UTC)
NEXT_DAY = datetime(2026, 5, 7, 7, tzinfo=UTC)
THIRD_DAY = datetime(2026, 5, 9, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "told", "shown"),
    [
        ("unknown", {}, []),
        ("ready", {"easy_from": ENDED, "ready_at": ENDED}, []),
        ("rest", {}, [("easy", NEXT_DAY), ("hard", THIRD_DAY)]),
        ("easy", {}, [("easy", NEXT_DAY), ("hard", THIRD_DAY)]),
        ("rest_day", {"ready_at": NEXT_DAY}, [("train", NEXT_DAY)]),
        (
            "rest_day",
            {"easy_from": THIRD_DAY},
            [("rest_day", date(2026, 5, 7)), ("rest_day", date(2026, 5, 8)), ("train", THIRD_DAY)],
        ),
        ("careful", {}, [("easy", NEXT_DAY)]),
        ("careful_now", {}, [("easy", NEXT_DAY)]),
        ("long_run", {}, [("easy_week", NEXT_DAY)]),
        ("easy_week", {}, [("easy_week", NEXT_DAY)]),
        ("muscles", {"ready_other_at": NEXT_DAY}, [("others", NEXT_DAY), ("muscles", THIRD_DAY)]),
        ("muscles_now", {"ready_other_at": NEXT_DAY}, [("others", NEXT_DAY), ("muscles", THIRD_DAY)]),
        ("beginner", {"day": date(2026, 5, 8)}, [("rest_day", date(2026, 5, 7)), ("train", date(2026, 5, 8))]),
        ("beginner_easy", {"day": date(2026, 5, 8)}, [("rest_day", date(2026, 5, 7)), ("begin", date(2026, 5, 8))]),
    ],
)
def test_what_is_told_is_shown(name: VerdictName, told: dict[str, Any], shown: list[tuple[str, Any]]) -> None:
    moments = {} if name == "unknown" else {"easy_from": NEXT_DAY, "ready_at": THIRD_DAY}
    events = recovery_events(Verdict(name, **{**moments, **told}), ENDED, AMSTERDAM)
    assert [(event.kind, event.starts) for event in events] == shown


def test_a_rest_day_is_a_whole_day_where_the_athlete_lives() -> None:
    late = datetime(2026, 5, 6, 22, 30, tzinfo=UTC)  # after midnight in Amsterdam
    told = Verdict("rest_day", THIRD_DAY, THIRD_DAY)
    assert recovery_events(told, late, AMSTERDAM)[0] == RecoveryEvent("rest_day", "rest_day", date(2026, 5, 8))
