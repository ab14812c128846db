"""The options of many commands choose the settings and the language, and refuse what they cannot use."""

from datetime import UTC
from pathlib import Path

import click
import pytest

from hersteld.config.texts.speech import speak, spoken_language
from hersteld.daemon.cli.options import (
    BadConfig,
    LanguageType,
    PathType,
    WholeNumber,
    in_language,
    read_settings,
    secrets_in,
    workout_number,
)


@pytest.fixture(autouse=True)
def _empty_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("XDG_CONFIG_HOME", "CONFIGURATION_DIRECTORY", "CREDENTIALS_DIRECTORY", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("LC_ALL", "C")


def test_a_process_speaks_the_language_of_its_configuration_from_then_on(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text('[notify]\nlanguage = "nl"\n')
    settings = read_settings(file)
    assert (settings.notify.language, spoken_language()) == ("nl", "nl")
    assert in_language(settings, None) is settings
    assert in_language(settings, "en").notify.language == "en"
    assert spoken_language() == "en"


def test_assignments_win_over_the_file(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text("[athlete]\nmass_kg = 60\n")
    assert read_settings(file, (" athlete.mass_kg = 72 ",)).athlete.mass_kg == 72


@pytest.mark.parametrize("assignment", ["athlete.mass_kg", "=72", " = 72"])
def test_an_assignment_that_is_none_is_refused(assignment: str) -> None:
    with pytest.raises(click.BadParameter, match="must be KEY=VALUE"):
        read_settings(None, (assignment,))


def test_a_bad_configuration_counts_its_problems_in_the_language_of_the_moment(
    capsys: pytest.CaptureFixture[str],
) -> None:
    speak("nl", UTC)
    with pytest.raises(BadConfig) as caught:
        read_settings(None, ("athlete.mass_kg=9", "notify.style=loud"))
    caught.value.show()
    *problems, count = capsys.readouterr().err.splitlines()
    assert problems[0] == "--set: athlete.mass_kg = 9: moet een getal van 20 tot en met 300 zijn"
    assert count == "2 fouten in de configuratie; er is niets gedaan."


def test_of_an_address_everything_that_is_no_word_is_secret(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.touch(mode=0o600)
    file.write_text('[[notify.targets]]\nname = "phone"\nurl = "json://anna:s3cret-9@host.example.org/"\n')
    assert any("s3cret-9" in secret for secret in secrets_in(read_settings(file)))


def test_a_language_is_one_that_is_spoken() -> None:
    assert LanguageType().convert("nl", None, None) == "nl"
    with pytest.raises(click.BadParameter, match="'de' is not one of 'en', 'nl'"):
        LanguageType().convert("de", None, None)


def test_a_whole_number_keeps_to_its_range() -> None:
    number = WholeNumber(1, 9)
    assert (number.convert("1", None, None), number.convert(9, None, None)) == (1, 9)
    for word in ("0", "10", "1.5", "many", "9" * 4400):
        with pytest.raises(click.BadParameter):
            number.convert(word, None, None)


def test_the_id_of_a_workout_is_told_from_the_name_of_a_file() -> None:
    words = ("12", "9" * 18, "last", "", "12.fit", "-1")
    assert [workout_number(word, "WORKOUT") for word in words] == [12, 10**18 - 1, None, None, None, None]
    with pytest.raises(click.BadParameter):
        workout_number("9" * 19, "WORKOUT")


def test_a_path_is_refused_only_for_what_it_is(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    assert PathType().convert(str(file), None, None) == file
    assert PathType(refused="file").convert(str(tmp_path), None, None) == tmp_path
    assert PathType(refused="folder").convert(str(tmp_path / "none"), None, None) == tmp_path / "none"
    for refused, word in (("file", str(file)), ("folder", str(tmp_path)), ("file", "")):
        with pytest.raises(click.BadParameter):
            PathType(refused=refused).convert(word, None, None)


@pytest.mark.parametrize("refused", ["", "file", "folder"])
def test_a_tilde_that_the_shell_has_left_is_spoken_of(
    refused: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(click.BadParameter, match=r"'~/nope' is not there.*\$HOME"):
        PathType(refused).convert("~/nope", None, None)
    if refused != "folder":
        return
    (tmp_path / "~").touch()
    assert PathType(refused).convert("~", None, None) == Path("~")
