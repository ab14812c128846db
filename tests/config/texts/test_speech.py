"""A process speaks one language, which it is told once."""

import subprocess
import sys
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from hersteld.config.languages import Language
from hersteld.config.texts.catalogue import TextError
from hersteld.config.texts.speech import read_all_texts, said, say, speak, speak_when_needed, spoken_language, word
from hersteld.parsers.line import Line


def test_it_speaks_english_until_told_otherwise() -> None:
    assert spoken_language() == "en"
    assert say("title_ready") == "Recovered"
    speak("nl", UTC)
    assert spoken_language() == "nl"
    assert said(Line("title_ready")) == "Hersteld"


def test_every_subject_can_be_said_and_times_are_those_of_the_reader() -> None:
    at = datetime(2026, 5, 6, 15, 15, tzinfo=UTC)
    speak("nl", ZoneInfo("Europe/Amsterdam"))
    assert say("commands.when", at=at) == "wo 17:15"


@pytest.mark.parametrize("id_", ["nothing", "nothing.here", "commands.nothing"])
def test_a_text_that_is_not_there_is_named(id_: str) -> None:
    with pytest.raises(TextError, match=f"there is no text {id_}"):
        say(id_)


@pytest.mark.parametrize(("language", "reason"), [("en", "too many open files"), ("nl", "te veel open bestanden")])
def test_what_is_wrong_can_be_said_when_no_file_can_be_opened_any_more(language: str, reason: str) -> None:
    program = f"""
import resource
from datetime import UTC
from hersteld.config.texts.speech import read_all_texts, say, speak
speak("{language}", UTC)
read_all_texts()
resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
print(say("system.os_error", reason="EMFILE"))
print(say("database.busy", path="/x", seconds=1.5))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.startswith(f"{reason}\n/x: ")


def test_the_language_is_asked_for_once_and_only_when_something_is_said() -> None:
    asked: list[str] = []

    def find() -> Language:
        asked.append("asked")
        return "nl"

    speak_when_needed(find)
    assert asked == []
    assert (say("title_ready"), word("muscle", "calves")) == ("Hersteld", "kuiten")
    assert asked == ["asked"]


def test_a_word_that_is_in_no_list_reads_as_itself() -> None:
    assert word("muscle", "upper_arm") == "upper arm"


def test_every_text_is_read_in_the_language_that_is_found_when_needed() -> None:
    speak_when_needed(lambda: "nl")
    read_all_texts()
    assert spoken_language() == "nl"
    assert say("title_ready") == "Hersteld"
