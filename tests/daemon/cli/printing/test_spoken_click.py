"""A command line that is wrong is answered in the user's language, with how it is used, and exits 2."""

from pathlib import Path

import pytest

from tests.support.command_line import call

WRONG = [
    ("nonsense", "No such command 'nonsense'."),
    ("stat", "No such command 'stat'. Did you mean 'status'?"),
    ("plan --nonsense", "No such option '--nonsense'."),
    ("status --languag", "No such option '--languag'. Did you mean '--language'?"),
    ("plan", "Missing argument 'FILE...'."),
    ("run --config", "Option '--config' requires an argument."),
    ("status --all=3", "Option '--all' does not take a value."),
    ("check much more", "Got unexpected extra arguments (much more)"),
    ("check more", "Got unexpected extra argument (more)"),
    ("history --limit many", "Invalid value for '--limit': 'many' is not a whole number."),
    ("history --limit 0", "Invalid value for '--limit': 0 is not in the range 1 to 1000000."),
    ("demo --language de", "Invalid value for '--language': 'de' is not one of 'en', 'nl'."),
    ("status --config /", "Invalid value for '--config': File '/' is a directory."),
    ("run /dev/null/x /etc/hostname", "Invalid value for '[FOLDER]...': Directory '/etc/hostname' is a file."),
    ("status --set mass", "Invalid value for --set: it must be KEY=VALUE, like athlete.mass_kg=72"),
    ("status --set x://secret", "Invalid value for --set: it must be KEY=VALUE, like athlete.mass_kg=72"),
    ("notify-test telephone", "Invalid value: there is no target 'telephone'; there are: log"),
    ("-v", "Missing command."),
    ("config nonsense", "No such command 'nonsense'."),
]


@pytest.mark.parametrize(("words", "message"), WRONG)
def test_each_mistake_is_named_with_how_the_command_is_used(words: str, message: str, tmp_path: Path) -> None:
    result = call(*words.split(), home=tmp_path)
    assert result.exit_code == 2
    usage, hint, blank, error = result.stderr.splitlines()
    assert usage.startswith("Usage: hersteld")
    assert hint.startswith("Try 'hersteld")
    assert (blank, error) == ("", f"Error: {message}")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["plan", "--nonsense", "--language", "nl"], "Fout: De optie '--nonsense' bestaat niet."),
        (["plan", "--set", "notify.language=nl"], "Fout: 'BESTAND...' ontbreekt."),
        (["run", "--config"], "Fout: Bij de optie '--config' hoort een waarde."),
    ],
)
def test_it_is_said_in_the_language_of_the_command_line_or_the_configuration(
    words: list[str], message: str, tmp_path: Path
) -> None:
    file = tmp_path / ".config" / "hersteld" / "hersteld.toml"
    file.parent.mkdir(parents=True)
    file.write_text('[notify]\nlanguage = "nl"\n')
    result = call(*words, home=tmp_path)
    assert result.stderr.startswith("Gebruik: hersteld")
    assert result.stderr.splitlines()[-1] == message


def test_no_words_at_all_are_answered_with_the_help(tmp_path: Path) -> None:
    result = call(home=tmp_path)
    assert result.exit_code == 2
    assert result.output.startswith("Usage: hersteld [OPTIONS] COMMAND [ARGS]...")
