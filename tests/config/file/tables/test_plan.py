"""A calendar is a file of this machine, and nothing that may be a secret among the words about it is repeated."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from hersteld.config.file.load import load_settings
from hersteld.config.problems import ConfigError
from tests.config.conftest import Write


def problems_of(path: Path | None, environ: Mapping[str, str], **overrides: str) -> list[str]:
    """Return the problems as the user reads them, without the name of the file."""
    given = {key.replace("__", "."): value for key, value in overrides.items()}
    with pytest.raises(ConfigError) as caught:
        load_settings(path, overrides=given, environ=environ, this_year=2026)
    return [str(problem).removeprefix(f"{path}: ") for problem in caught.value.problems]


@pytest.mark.parametrize("mail", ["annadevries85@example.org", "a.b+2026@mail.example.org", "anna@localhost"])
def test_any_mail_address_may_be_that_of_the_calendar(mail: str, environ: dict[str, str]) -> None:
    settings = load_settings(None, overrides={"plan.attendee": f'"{mail}"'}, environ=environ)
    assert settings.planned.attendee == mail


@pytest.mark.parametrize("word", ["Anna de Vries", "anna", "anna@home@office"])
def test_what_is_no_mail_address_is_told_what_belongs_there_and_is_not_repeated(
    word: str, environ: dict[str, str]
) -> None:
    (problem,) = problems_of(None, environ, plan__attendee=f'"{word}"')
    assert problem.endswith("must be your mail address as it stands in the calendar, such as anna@example.org")
    assert word not in problem.replace("anna@example.org", "")


def test_the_calendar_is_a_file_or_a_folder_of_this_machine(environ: dict[str, str]) -> None:
    settings = load_settings(None, overrides={"plan.calendar": "~/training.ics"}, environ=environ)
    assert settings.planned.calendar == Path(environ["HOME"]) / "training.ics"
    assert load_settings(None, environ=environ).planned.calendar is None


def test_an_address_of_a_calendar_is_refused_and_not_repeated(write: Write, environ: dict[str, str]) -> None:
    for named in ("https://cloud.example.org/s3cret/training.ics", "training.ics"):
        (problem,) = problems_of(write(f'[plan]\ncalendar = "{named}"\n'), environ)
        must_be = "plan.calendar: must be a file or a folder of this machine, beginning with / or ~/"
        assert problem == f"{must_be}; sync or export a web calendar to one"


@pytest.mark.parametrize("word", ["https://example.org/x", "tk_9f8e7d6c5b4a39281706", "abc123def456"])
@pytest.mark.parametrize("key", ["training_words", "training_categories", "hard_words"])
def test_what_may_be_a_secret_among_the_words_of_a_calendar_is_not_repeated(
    key: str, word: str, write: Write, environ: dict[str, str]
) -> None:
    (problem,) = problems_of(write(f'[plan]\n{key} = ["run", "{word}"]\n'), environ)
    assert problem.startswith(f"plan.{key}: has a web address or a token in it")
    assert word not in problem
