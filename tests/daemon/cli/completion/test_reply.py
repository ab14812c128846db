"""Whoever presses Tab is answered at once or not at all: never with an error, and nothing is written."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hersteld.daemon.cli.completion.reply import reply
from hersteld.daemon.cli.completion.shells import OF_SHELL, VARIABLE
from hersteld.daemon.cli.outline import commands
from tests.support.command_line import PATIENCE_S, environment_in

SLOW = ("numpy", "apprise", "pydantic", "sqlite_utils", "babel", "rich", "fitparse", "watchdog", "yaml", "icalendar")
"""What commands import and completion has no use for."""
WORDS = st.text(alphabet=st.sampled_from("hersteld -='\"\\$`é\n\t~*{}[]()<>|&;#%0123.abc\x1b\udcff"), max_size=30)


def asked(
    line: str, *, home: Path, shell: str = "zsh", python: tuple[str, ...] = (), stdout: int = subprocess.PIPE
) -> subprocess.CompletedProcess[bytes]:
    """Ask as a shell does what may stand in place of the last word of a line."""
    words = line.split(" ")
    environment = {
        **environment_in(home),
        VARIABLE: f"{shell}_complete",
        "COMP_WORDS": line,
        "COMP_CWORD": words[-1] if shell == "fish" else str(len(words) - 1),
    }
    command = [sys.executable, *python, "-m", "hersteld"]
    return subprocess.run(
        command, env=environment, stdout=stdout, stderr=subprocess.PIPE, cwd=home, check=False, timeout=PATIENCE_S
    )


@pytest.mark.parametrize(
    "line",
    [
        "hersteld ",
        "hersteld explain ",
        "hersteld forget --undo ",
        "hersteld sport last ",
        "hersteld status --set athlete.",
        "hersteld status --set rules.",
        "hersteld config show --",
        "hersteld run --",
        "hersteld demo --language ",
    ],
)
def test_nothing_that_is_slow_is_imported(line: str, tmp_path: Path) -> None:
    done = asked(line, home=tmp_path, python=("-X", "importtime"))
    assert done.returncode == 0
    assert done.stdout.strip()
    imported = {row.rpartition("|")[2].strip() for row in done.stderr.decode().splitlines() if row.startswith("import")}
    assert "click.shell_completion" in imported
    assert {name.partition(".")[0] for name in imported} & set(SLOW) == set()


@pytest.mark.parametrize("shell", OF_SHELL)
def test_an_answer_in_an_empty_home_leaves_it_empty(shell: str, tmp_path: Path) -> None:
    done = asked("hersteld explain ", home=tmp_path, shell=shell)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"last" in done.stdout
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "config",
    [b"x = ", b"\xff\xfe", b'[notify]\nlanguage = "de"\ntargets = 3', b'[[notify.targets]]\nname = 3\nurl = ["x"]'],
)
def test_a_configuration_with_mistakes_is_no_matter(config: bytes, tmp_path: Path) -> None:
    file = tmp_path / ".config" / "hersteld" / "hersteld.toml"
    file.parent.mkdir(parents=True)
    file.write_bytes(config)
    for line in ("hersteld st", "hersteld notify-test ", "hersteld status --config none.toml --set athlete.s"):
        assert asked(line, home=tmp_path).stderr == b""
    assert b"status" in asked("hersteld st", home=tmp_path).stdout


def test_the_language_is_that_of_the_configuration(tmp_path: Path) -> None:
    file = tmp_path / ".config" / "hersteld" / "hersteld.toml"
    file.parent.mkdir(parents=True)
    file.write_text('[notify]\nlanguage = "nl"\n')
    assert "Lees bestanden opnieuw die opzijgezet zijn." in asked("hersteld ret", home=tmp_path).stdout.decode()


@pytest.mark.parametrize("device", ["/dev/full", "closed"])
def test_who_does_not_read_the_answer_gets_no_complaint(device: str, tmp_path: Path) -> None:
    if device == "closed":
        reading, stdout = os.pipe()
        os.close(reading)
    else:
        stdout = os.open(device, os.O_WRONLY)
    done = asked("hersteld ", home=tmp_path, stdout=stdout)
    os.close(stdout)
    assert (done.returncode, done.stderr) == (1, b"")


def test_where_there_is_no_stdout_at_all_there_is_no_complaint(tmp_path: Path) -> None:
    environment = {**environment_in(tmp_path), VARIABLE: "bash_complete", "COMP_WORDS": "hersteld", "COMP_CWORD": "1"}
    command = ["/bin/sh", "-c", f'exec "{sys.executable}" -m hersteld >&-']
    done = subprocess.run(command, env=environment, capture_output=True, check=False, timeout=PATIENCE_S)
    assert done.stderr == b""


@pytest.mark.parametrize(
    "question", ["", "bash", "bash_", "bash_nonsense", "tcsh_complete", "_complete", "powershell_complete"]
)
def test_a_question_that_no_script_asks_has_no_answer(question: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert reply(question, {}) == 1
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("shell", OF_SHELL)
@pytest.mark.parametrize("number", ["", "x", "-1", "1000000", "1.5"])
def test_a_number_of_the_word_that_is_none_is_no_matter(
    shell: str, number: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COMP_WORDS", "hersteld 'status")
    monkeypatch.setenv("COMP_CWORD", number)
    assert reply(f"{shell}_complete", os.environ) in (0, 1)
    monkeypatch.delenv("COMP_WORDS")
    assert reply(f"{shell}_complete", os.environ) == 1
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("content", [None, "", "{}", '{"program": 3, "keys": {}}'])
def test_an_installation_that_lacks_a_part_has_no_answer(
    content: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "commands.json"
    if content is not None:
        file.write_text(content)
    monkeypatch.setattr(commands, "FILE", file)
    monkeypatch.setenv("COMP_WORDS", "hersteld ")
    monkeypatch.setenv("COMP_CWORD", "1")
    commands.stored.cache_clear()
    try:
        assert reply("bash_complete", os.environ) == 1
    finally:
        commands.stored.cache_clear()
    assert capsys.readouterr() == ("", "")


@given(line=WORDS, shell=st.sampled_from(list(OF_SHELL)), number=st.integers(0, 5))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_typed_there_is_no_error(
    line: str,
    shell: str,
    number: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name, value in environment_in(tmp_path).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("COMP_WORDS", f"hersteld {line}")
    monkeypatch.setenv("COMP_CWORD", line.rsplit(" ", maxsplit=1)[-1] if shell == "fish" else str(number))
    assert reply(f"{shell}_complete", os.environ) in (0, 1)
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("shell", OF_SHELL)
def test_the_script_that_click_would_print_is_ours(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert reply(f"{shell}_source", {}) == 0
    assert f"hersteld completion {shell}" in capsys.readouterr().out
