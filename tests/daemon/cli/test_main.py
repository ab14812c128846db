"""The commands as a whole: documented, and never with a traceback."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from hersteld import __version__
from hersteld.config.texts.catalogue import load_texts
from hersteld.daemon.cli.main import cli, main
from tests.daemon.cli.look.test_plan import ASSESSMENT, SAMPLES, TOP, VENDOR, WORKOUT
from tests.support.command_line import call, call_process, environment_in

DOCS = (Path(__file__).parents[3] / "docs" / "commands.md").read_text(encoding="utf-8")


def commands(group: click.Group, name: str) -> Iterator[tuple[str, click.Command]]:
    """Yield every command below a group with its full name."""
    context = click.Context(group)
    for word in group.list_commands(context):
        command = group.get_command(context, word)
        assert command is not None
        yield f"{name} {word}", command
        if isinstance(command, click.Group):
            yield from commands(command, f"{name} {word}")


def section_of(name: str) -> str:
    """Return the part of the page about a command (of a group, for what is below it)."""
    top = " ".join(name.split()[:2])
    found = re.search(rf"^## {re.escape(top)}$(.*?)(?=^## |\Z)", DOCS, re.MULTILINE | re.DOTALL)
    assert found, f"docs/commands.md has no section {top}"
    return found[1]


ALL = dict(commands(cli, "hersteld"))


@pytest.mark.parametrize("name", ALL)
def test_every_command_and_option_is_documented(name: str) -> None:
    section = section_of(name)
    assert name in DOCS
    for parameter in ALL[name].params:
        if isinstance(parameter, click.Option):
            assert any(f"`{word}" in section for word in parameter.opts), f"{name} {parameter.opts}"


def test_every_option_of_the_whole_is_documented() -> None:
    for parameter in cli.params:
        assert all(word in DOCS for word in parameter.opts), parameter.opts


def test_every_key_of_the_contract_is_documented() -> None:
    section = section_of("hersteld plan")
    keys = TOP | WORKOUT | VENDOR | SAMPLES | ASSESSMENT | {"samples", "text", "values", "reasons", "kind", "source"}
    assert {key for key in keys if f"`{key}`" not in section} == set()


def test_every_phrase_is_used() -> None:
    source = "".join(path.read_text() for path in (Path(__file__).parents[3] / "daemon").rglob("*.py"))
    words = set(re.findall(r"""["'](?:commands\.)?(\w+)["']""", source))
    computed = {f"{prefix}_{word}" for prefix in ("status", "history", "explain") for word in words}
    computed |= {
        "plan_night",
        "plan_scale",
        "plan_ignored",
        "plan_incomplete",
        "plan_rejected",
    }  # the statuses of a file
    phrases = {id_.partition(".")[2] for id_ in load_texts("en").templates if id_.startswith("commands.")}
    assert len(phrases) > 50
    assert phrases - words - computed == set()


def test_version(tmp_path: Path) -> None:
    assert call("--version", home=tmp_path).stdout == f"hersteld {__version__}\n"


def test_an_unknown_command_is_a_usage_error(tmp_path: Path) -> None:
    assert call("recover", home=tmp_path).exit_code == 2


def test_a_state_that_cannot_be_used_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "hersteld.db").write_bytes(b"this is no database" * 100)
    result = call_process("status", home=tmp_path)
    assert result.returncode == 1
    assert result.stderr.startswith("Error: ")
    assert "is damaged" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("command", ["run", "plan", "status", "history", "explain", "notify-test"])
def test_bad_configuration_exits_78_everywhere(command: str, tmp_path: Path) -> None:
    file = tmp_path / "ride.fit"
    file.write_bytes(b"")
    files = [str(file)] if command == "plan" else []
    words = [command, *files, "--set", "athlete.mass_kg=heavy", "--set", "watch.fold=x"]
    result = call_process(*words, home=tmp_path)
    assert result.returncode == 78
    assert "athlete.mass_kg" in result.stderr
    assert "watch.fold" in result.stderr
    assert "2 problems in the configuration; nothing was done." in result.stderr
    assert "Traceback" not in result.stderr


def ended(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    """Run the program in this process and return the number it ends with."""
    monkeypatch.setattr("sys.argv", ["hersteld", *words])
    with pytest.raises(SystemExit) as caught:
        main()
    return int(caught.value.code or 0)


def test_the_program_ends_with_the_number_of_what_happened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in environment_in(tmp_path).items():
        monkeypatch.setenv(name, value)
    assert ended(monkeypatch, "--version") == 0
    assert ended(monkeypatch, "nonsense") == 2
    assert capsys.readouterr().err.endswith("Error: No such command 'nonsense'.\n")
    assert ended(monkeypatch, "plan", str(tmp_path / "none.fit")) == 65


@pytest.mark.parametrize(
    ("fault", "code", "said"),
    [
        (KeyboardInterrupt(), 130, ""),
        (RuntimeError("no\x1b[31m way"), 1, "Error: RuntimeError: no\\x1b[31m way\nThis should not happen."),
        (OSError(5, "Input/output error"), 1, "Error: [Errno 5] Input/output error\nThis should not happen."),
    ],
)
def test_what_nobody_foresaw_is_a_sentence(
    fault: BaseException,
    code: int,
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail(*_words: object, **_named: object) -> None:
        raise fault

    for name, value in environment_in(tmp_path).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(cli, "main", fail)
    assert ended(monkeypatch, "status") == code
    assert capsys.readouterr().err.startswith(said)
