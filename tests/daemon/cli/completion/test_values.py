"""What may be typed is what the command would take, wherever it asks for it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
import pytest

from hersteld.daemon.cli.completion.light_commands import light
from hersteld.daemon.cli.completion.shells import completer
from hersteld.daemon.cli.completion.values import SHELLS, values_of
from hersteld.daemon.cli.main import COMMANDS
from hersteld.daemon.cli.outline.commands import stored
from hersteld.recovery.athlete.sport_families import known_sports
from tests.support.command_line import call, environment_in, take_in
from tests.support.languages import speaking
from tests.support.pipeline import a_file

NOW = datetime(2026, 5, 6, 12, 0, tzinfo=UTC)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with two runs, in the environment of this process."""
    take_in(tmp_path, [("b.fit", a_file(NOW - timedelta(days=1))), ("a.fit", a_file(NOW))], now=NOW)
    for name in ("XDG_CONFIG_HOME", "CONFIGURATION_DIRECTORY", "CREDENTIALS_DIRECTORY"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment_in(tmp_path).items():
        monkeypatch.setenv(name, value)
    return tmp_path


def offered(line: str) -> list[str]:
    """Return what may stand in place of the last word of a command line; of files only that they are asked for."""
    *words, last = line.split(" ")
    items = completer("zsh", light(stored()[0])).get_completions(words[1:], last)
    return [item.value if item.type == "plain" else f"<{item.type}>" for item in items]


def described(line: str) -> dict[str, str | None]:
    """Return what may stand in place of the last word, each with what is said of it."""
    *words, last = line.split(" ")
    return {item.value: item.help for item in completer("zsh", light(stored()[0])).get_completions(words[1:], last)}


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("hersteld st", ["status"]),
        ("hersteld config ", ["schema", "show"]),
        ("hersteld forget --", ["--undo", "--list", "--yes", "--language", "--config", "--set", "--help"]),
        ("hersteld forget --undo --u", []),
        ("hersteld --ver", ["--version", "--verbose"]),
        ("hersteld completion ", list(SHELLS)),
        ("hersteld status --language ", ["en", "nl"]),
        ("hersteld status --language=n", ["--language=nl"]),
        ("hersteld init --experience ", ["beginner", "recreational", "trained", "elite"]),
        ("hersteld init --condition heart --condition k", ["kidney"]),
        ("hersteld init --folder ", ["<dir>"]),
        ("hersteld status --config ", ["<file>"]),
        ("hersteld run ", ["<dir>"]),
        ("hersteld run ~/a ", ["<dir>"]),
        ("hersteld plan ", ["<file>"]),
        ("hersteld import a.zip ", ["<file>"]),
        ("hersteld backup ", ["<file>"]),
        ("hersteld history --limit ", []),
        ("hersteld plan --now ", []),
        ("hersteld status nonsense ", []),
    ],
)
def test_commands_options_and_choices(line: str, words: list[str]) -> None:
    assert offered(line) == words


def test_after_a_command_that_there_is_not_the_commands_are_offered() -> None:
    assert offered("hersteld nonsense ") == list(COMMANDS)


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("command", ["explain", "forget", "sport"])
def test_workouts(command: str) -> None:
    assert [word for word in offered(f"hersteld {command} ") if word != "<file>"] == ["last", "2", "1"]
    assert offered(f"hersteld {command} la")[-1] == "last"
    assert described(f"hersteld {command} 2")["2"] == "2026-05-06 13:00 run"
    with speaking("nl"):
        assert described(f"hersteld {command} ")["last"] == "de laatste training"


@pytest.mark.usefixtures("home")
def test_a_workout_or_a_file() -> None:
    # Click's script for bash forgets all that comes before a file.
    assert offered("hersteld explain ") == ["<file>", "last", "2", "1"]


def test_only_what_is_forgotten_can_be_put_back(home: Path) -> None:
    assert offered("hersteld forget --undo ") == ["last"]
    assert call("forget", "1", "--yes", home=home).exit_code == 0
    assert offered("hersteld forget --undo ") == ["last", "1"]
    assert offered("hersteld forget ") == ["last", "2"]


def test_every_sport_that_the_command_knows() -> None:
    assert set(offered("hersteld sport last ")) == set(known_sports())
    assert offered("hersteld sport last RUNN") == ["running"]
    assert offered("hersteld sport last --undo ") == []


@pytest.mark.parametrize(
    ("begun", "words"),
    [
        ("", ["athlete.", "watch.", "notify.", "health.", "plan.", "home_assistant.", "rules."]),
        ("athlete.s", ["athlete.sex="]),
        ("athlete.sex=", ["athlete.sex=male", "athlete.sex=female"]),
        ("athlete.sex=f", ["athlete.sex=female"]),
        ("athlete.mass_kg=", []),
        ("notify.si", ["notify.silence="]),
        ("notify.silence=t", ["notify.silence=true"]),
        ("notify.targets", []),
        ("health.ping_u", []),
        ("rules.hydr", ["rules.hydration."]),
        ("rules.hydration.portion_ml", ["rules.hydration.portion_ml="]),
        ("nonsense", []),
    ],
)
def test_keys_up_to_the_next_dot_and_their_words(begun: str, words: list[str]) -> None:
    assert offered(f"hersteld status --set {begun}") == words
    assert offered(f"hersteld status --json --set={begun}") == [f"--set={word}" for word in words]
    assert offered(f"hersteld status --set a.b=1 --set {begun}") == words


def test_targets_of_the_configuration_that_is_named(home: Path) -> None:
    assert offered("hersteld notify-test ") == []
    file = home / "own.toml"
    file.write_text(
        '[[notify.targets]]\nname = "phone"\nurl = "json://127.0.0.1:9/secret"\n'
        '[[notify.targets]]\nname = "tablet"\nurl = "json://127.0.0.1:9/secret"\n'
    )
    file.chmod(0o600)
    assert offered(f"hersteld notify-test --config {file} ") == ["phone", "tablet"]
    assert offered(f"hersteld notify-test --config {file} phone ") == ["tablet"]
    assert "secret" not in str(described(f"hersteld notify-test --config {file} "))


def test_what_asks_for_nothing_known_has_no_words() -> None:
    context = click.Context(click.Command("x"))
    assert values_of("MOMENT", context, "") == []
    assert values_of("", context, "") == []
