"""What may be typed is what the command would take, wherever it asks for it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
import pytest

from hersteld.config.file.load import SettingsError, load_settings
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


COMPLETE = {
    "plan": "x.fit",
    "import": "x.fit",
    "backup": "x.db",
    "retry": "",
    "sport": "last running",
    "forget": "last",
    "rpe": "8",
    "weigh": "72",
    "drank": "500ml",
    "done": "drink",
    "tqr": "13",
    "resting-hr": "50",
    "pause": "ill",
    "card": "-o ride.svg",
}
"""What else is to be typed for commands that need more."""
KEYS = {"athlete.": "athlete.sex=male", "notify.": "notify.style=brief", "rules.": "rules.hydration.portion_ml=200"}
REFUSED = (
    "problems.secret_here",
    "problems.broker_here",
    "problems.no_such_key",
    "problems.no_such_key_of",
    "problems.no_such_number",
)
"""What is wrong with a key whatever its value is, where it is given with --set."""
TAKES_KEYS = [
    " ".join(command.words)
    for command in stored()[0].each()
    if any("--set" in option.names for option in command.options)
]


@pytest.mark.parametrize("line", [*TAKES_KEYS, "hersteld learned --forget"])
def test_only_keys_that_the_command_takes_are_offered(line: str, home: Path) -> None:
    """A second key, which there is not, keeps each command from doing anything."""
    words = line.split()[1:]
    takes = set()
    for table, key in KEYS.items():
        done = call(*words, *COMPLETE.get(words[0], "").split(), "--set", key, "--set", "watch.no_such=1", home=home)
        assert "there is no such key" in done.output or "of your whole history" in done.output, done.output
        if "there is no such key" in done.output:
            takes.add(table)
    assert KEYS.keys() & set(offered(f"{line} --set ")) == takes


def test_every_word_that_is_offered_for_a_key_is_one_of_it(home: Path) -> None:
    words = {f"{key}={word}" for key, words in stored()[1].items() for word in words}
    assert len(words) >= 10
    with pytest.raises(SettingsError) as wrong:  # a number is no value of most
        load_settings(None, overrides=dict.fromkeys(stored()[1], "1.5"), environ=environment_in(home))
    assert {problem.line.id for problem in wrong.value.problems} & {*REFUSED} == set()
    for word in words:
        assert word in offered(f"hersteld config show --set {word[:-1]}")
        assert call("config", "show", "--set", word, home=home).exit_code == 0, word


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
