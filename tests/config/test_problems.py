"""A problem names its place, says what is wrong in the user's language, and shows no secret."""

import errno
from datetime import UTC

from hersteld.config.languages import LANGUAGES
from hersteld.config.problems import ConfigError, Problem, system_reason, unreadable
from hersteld.config.texts.catalogue import load_texts
from hersteld.config.texts.speech import said, speak
from hersteld.parsers.line import Line

UNKNOWN = Line("problems.no_such_key")


def test_it_begins_with_as_much_of_its_place_as_is_known() -> None:
    assert str(Problem("a.toml", "athlete.x", "3", UNKNOWN)) == "a.toml: athlete.x = 3: there is no such key"
    assert str(Problem("", "athlete.x", None, UNKNOWN)) == "athlete.x: there is no such key"
    assert str(Problem("a.toml", "", None, UNKNOWN)) == "a.toml: there is no such key"


def test_it_ends_with_what_was_probably_meant() -> None:
    problem = Problem("", "ulr", None, UNKNOWN, Line("problems.under_targets", {"key": "url"}))
    assert str(problem) == "ulr: there is no such key; did you mean url under [[notify.targets]]?"
    speak("nl", UTC)
    assert str(problem) == "ulr: deze sleutel bestaat niet; bedoelde je url onder [[notify.targets]]?"


def test_an_error_says_every_problem_in_the_language_of_the_moment() -> None:
    error = ConfigError([Problem("", "x", None, UNKNOWN), Problem("", "y", None, UNKNOWN)])
    assert str(error) == "x: there is no such key\ny: there is no such key"
    speak("nl", UTC)
    assert str(error) == "x: deze sleutel bestaat niet\ny: deze sleutel bestaat niet"


def test_the_systems_reason_is_said_in_words_of_ours() -> None:
    assert said(unreadable(OSError(errno.EISDIR, "Is a directory"))) == "cannot be read: is a directory"
    assert system_reason(OSError(errno.EPERM, "x")) == system_reason(OSError(errno.EACCES, "x")) == "EACCES"
    assert system_reason(OSError("no number")) == "unknown"
    for language in LANGUAGES:
        reasons = load_texts(language).words["problems.system"]
        assert {name for name in reasons if name != "unknown"} <= set(errno.errorcode.values())
