"""Planned training is named by day and time, the first few alone."""

from datetime import UTC, date, datetime

import pytest

from hersteld.config.languages import Language
from hersteld.config.texts.catalogue import load_texts
from hersteld.daemon.words.planned import planned_lines
from hersteld.parsers.line import Line
from hersteld.recovery.occasions.planned_session import PlannedSession

START = datetime(2026, 11, 28, 18, tzinfo=UTC)
TIMED = PlannedSession("a", START.date(), START, 60, "Secret run", is_hard=True)
ALL_DAY = PlannedSession("b", date(2026, 11, 29), None, None, "Swim", is_hard=False)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Planned training: Saturday 28 Nov 18:00 (hard), Sunday 29 Nov, the whole day."),
        ("nl", "Geplande trainingen: zaterdag 28 nov 18:00 (zwaar), zondag 29 nov, de hele dag."),
    ],
)
def test_day_and_time_are_named_and_no_title(language: Language, said: str) -> None:
    line = Line("commands.status_planned", {"planned": planned_lines([TIMED, ALL_DAY])})
    assert load_texts(language).sentence(line, UTC) == said


def test_of_many_the_first_five_are_named() -> None:
    assert len(planned_lines([TIMED] * 5)) == 5
    assert planned_lines([TIMED] * 9)[-1] == Line("commands.planned_more", {"count": 4})
