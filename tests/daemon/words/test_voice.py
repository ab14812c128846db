"""Commands speak to a user in that user's language, zone and own words."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from hersteld.config.settings import Language, Notify
from hersteld.config.texts.catalogue import TextError
from hersteld.daemon.words.voice import Voice
from hersteld.parsers.line import Line

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NOON = datetime(2026, 5, 6, 12, tzinfo=UTC)


def voice(language: Language = "en", **texts: str) -> Voice:
    return Voice(Notify(language, quiet_hours=None, style="brief", targets=(), texts=texts), AMSTERDAM)


def test_a_sentence_of_the_commands_needs_no_subject_and_one_of_the_messages_neither() -> None:
    assert voice().say("plan_nothing") == "Nothing needs doing."
    assert voice("nl").say("title_evening") == "Vanavond"


def test_a_line_of_any_subject_is_said_with_times_in_the_zone_of_the_user() -> None:
    assert voice("nl").line(Line("files.empty")) == "Het bestand is leeg."
    assert voice().say("when", at=NOON) == "Wed 14:00"
    assert voice("nl").say("when", at=NOON) == "wo 14:00"


def test_the_own_words_of_the_user_are_used_for_messages() -> None:
    assert voice(title_evening="Before bed").say("title_evening") == "Before bed"


def test_a_word_of_a_list_is_said_and_one_that_nobody_translated_reads_as_itself() -> None:
    assert voice("nl").word("sport", "running") != "running"
    assert voice().word("sport", "quidditch_on_ice") == "quidditch on ice"


def test_a_sentence_that_is_none_or_lacks_a_value_is_told_with_its_place() -> None:
    with pytest.raises(TextError, match="nothing_of_the_sort"):
        voice().say("nothing_of_the_sort")
    with pytest.raises(TextError, match=r"commands\.when"):
        voice().say("when")
