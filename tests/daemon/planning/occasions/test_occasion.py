"""What is due is of use for a while, and what it says can be compared."""

from datetime import UTC, datetime, timedelta

from hersteld.daemon.planning.occasions.occasion import Due, Word
from hersteld.parsers.line import Line
from hersteld.recovery.messages.draft import Draft, MessageKind

AT = datetime(2026, 5, 7, 7, 0, tzinfo=UTC)


def test_that_nothing_is_to_be_said_is_final_unless_the_occasion_is_to_be_asked_again() -> None:
    assert Due("2026-05-07", AT, AT + timedelta(hours=4)).settles


def test_words_that_state_the_same_can_differ() -> None:
    drafts = [
        Draft("morning", MessageKind.MORNING, AT, AT, Line("title_ready"), (Line(text),))
        for text in ("ready", "digest")
    ]
    assert Word(drafts[0], "hard").statement == Word(drafts[1], "hard").statement
    assert Word(drafts[0], "hard") != Word(drafts[1], "hard")
