"""The language is that of --language, else of the configuration, else of the system; to find it never fails."""

from pathlib import Path

import pytest

from hersteld.config.languages import as_language, language_before_settings, language_of
from tests.config.conftest import Write


@pytest.mark.parametrize(
    ("environ", "language"),
    [
        ({}, "en"),
        ({"LANG": "nl_NL.UTF-8"}, "nl"),
        ({"LANG": "nl_BE.UTF-8", "LC_ALL": ""}, "nl"),
        ({"LANG": "nl_NL.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "de_DE.UTF-8", "LC_MESSAGES": "nl_NL"}, "nl"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
    ],
)
def test_the_language_is_that_of_the_locale(environ: dict[str, str], language: str) -> None:
    assert language_of(environ) == language


def test_a_word_is_a_language_only_if_it_is_spoken() -> None:
    assert (as_language("nl"), as_language("de"), as_language(None), as_language(["nl"])) == ("nl", None, None, None)


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ([], "en"),
        (["plan", "--language", "nl", "--help"], "nl"),
        (["plan", "--language=nl"], "nl"),
        (["plan", "--language"], "en"),
        (["plan", "--language", "de"], "en"),
        (["plan", "--", "--language", "nl"], "en"),
        (["plan", "--set", "notify.language=nl"], "nl"),
        (["plan", "--set", 'notify.language = "nl"'], "nl"),
        (["plan", "--set", "notify.language=de"], "en"),
        (["plan", "--set", "athlete.sex=nl"], "en"),
    ],
)
def test_the_command_line_chooses_first(words: list[str], language: str, environ: dict[str, str]) -> None:
    assert language_before_settings(words, environ) == language


@pytest.mark.parametrize(
    "text",
    [
        '[notify]\nlanguage = "nl"',
        'notify.language = "nl"',
        'notify = { language = "nl" }',
        '[notify]\nlanguage = "nl"\nstyle = 3\n[nonsense]\n',
        "[notify]\nlanguage = 'nl'\nstyle = \n",  # not valid TOML
        '[notify]\nlanguage = "nl" # caf\xe9',
    ],
)
def test_a_configuration_with_mistakes_still_chooses(text: str, write: Write, environ: dict[str, str]) -> None:
    path = write(text)
    assert language_before_settings(["plan", "--config", str(path)], environ) == "nl"
    write(text, "home/.config/hersteld/hersteld.toml")
    assert language_before_settings(["plan"], environ) == "nl"
    assert language_before_settings(["plan", "--language", "en"], environ) == "en"


@pytest.mark.parametrize("text", ["", "[notify]\nlanguage = 3", "notify = 3", "[watch]\nlanguag = 'nl'\nx", "\xff"])
def test_a_configuration_without_a_language_leaves_it_to_the_system(
    text: str, write: Write, environ: dict[str, str]
) -> None:
    path = write(text)
    environ["LANG"] = "nl_NL"
    assert language_before_settings(["--config", str(path)], environ) == "nl"


def test_a_configuration_that_cannot_be_read_leaves_it_to_the_system(tmp_path: Path, environ: dict[str, str]) -> None:
    assert language_before_settings(["--config", str(tmp_path)], environ) == "en"
    assert language_before_settings(["--config", str(tmp_path / "none")], environ | {"LANG": "nl"}) == "nl"
