"""In bash, zsh and fish themselves, with the script installed as it says: Tab completes what was begun."""

import os
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hersteld.daemon.cli.outline.commands import stored
from tests.support.command_line import call, environment_in, take_in
from tests.support.machine.components import missing, require
from tests.support.pipeline import a_file
from tests.support.terminal import screen_of

NOW = datetime(2026, 5, 6, 12, 0, tzinfo=UTC)
BASH_COMPLETION = Path("/usr/share/bash-completion/bash_completion")
INSERT_ALL = "\x1b*"
"""What bash calls insert-completions: all words that may stand here, in the line."""
START, END = "\x01", "\x05"

# How a user's own file of each shell begins, before anything of hersteld stands in it.
OWN_FILES = {
    "bash": (".bashrc", f"PS1='$ '\nbind 'set enable-bracketed-paste off'\n. {BASH_COMPLETION}\n"),
    "zsh": (".zshrc", "PS1='$ '\nbindkey -e\nunset zle_bracketed_paste\n"),
}
COMMANDS = {"bash": ["--noprofile", "-i"], "zsh": ["-i"]}


def environment_of(home: Path) -> dict[str, str]:
    """Return the environment of a shell in this home, in which `hersteld` is found."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return {**environment_in(home), "PATH": path, "TERM": "xterm", "SHELL": "/bin/sh"}


def installed(shell: str, home: Path) -> None:
    """Install completion by the letter of the comment in the script: what is indented there is typed or written."""
    if shell == "bash" and not BASH_COMPLETION.is_file():
        missing("bash-completion is not installed")
    program = require(shell)
    comment = [line for line in call("completion", shell, home=home).stdout.splitlines() if line.startswith("#   ")]
    lines = [line.removeprefix("#   ") for line in comment]
    typed = [line for line in lines if line.startswith(("mkdir ", "hersteld "))]
    assert len(typed) == 2
    command = [str(program), "-c", " && ".join(typed) if shell != "fish" else "; and ".join(typed)]
    done = subprocess.run(command, env=environment_of(home), cwd=home, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    if shell in OWN_FILES:
        name, begin = OWN_FILES[shell]
        rest = [line for line in lines if line not in typed] if shell == "zsh" else []
        (home / name).write_text(begin + "\n".join([*rest, ""]))


def line_after(shell: str, keys: str, home: Path) -> str:
    """Return the command line after some keys at a prompt, with an @ where the cursor stands then."""
    # The line becomes the argument of a command that prints it, whose name the screen does not show before.
    wrapped = f"{keys}@{START}printf '<%s%s>' TO \"LD {END}\"\r"
    command = [str(require(shell)), *COMMANDS[shell]]
    screen = screen_of(command, wrapped, until="@>", environment=environment_of(home), folder=home)
    found = re.search(r"<TOLD (.*@)>", screen)
    assert found, screen
    return found[1]


def offered_by_fish(line: str, home: Path) -> dict[str, str]:
    """Return what fish offers for the last word of a line, in its order, each with what it says of it."""
    command = [str(require("fish")), "-c", "complete -C $argv[1]", "--", line]
    done = subprocess.run(
        command, env=environment_of(home), cwd=home, capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stderr) == (0, "")
    return dict(row.partition("\t")[::2] for row in done.stdout.splitlines())


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with two runs and a file, in which completion is installed in every shell that is there."""
    home = tmp_path_factory.mktemp("home")
    take_in(home, [("b.fit", a_file(NOW - timedelta(days=1))), ("a.fit", a_file(NOW))], now=NOW)
    (home / "ride of may.fit").write_bytes(b"")
    (home / "Workouts" / "May").mkdir(parents=True)
    return home


@pytest.fixture(scope="module", params=["bash", "zsh"])
def at(request: pytest.FixtureRequest, filled: Path) -> tuple[str, Path]:
    """A shell with completion, and its home."""
    installed(request.param, filled)
    return request.param, filled


@pytest.fixture(scope="module")
def fish(filled: Path) -> Path:
    """The home, with completion installed in fish."""
    installed("fish", filled)
    return filled


LINES = [
    ("hersteld expl", "hersteld explain @"),
    ("hersteld config sh", "hersteld config show @"),
    ("hersteld forget --un", "hersteld forget --undo @"),
    ("hersteld explain la", "hersteld explain last @"),
    ("hersteld sport 2 indoor_cy", "hersteld sport 2 indoor_cycling @"),
    ("hersteld status --language n", "hersteld status --language nl @"),
    ("hersteld status --language=n", "hersteld status --language=nl @"),
    ("hersteld status --set athlete.se", "hersteld status --set athlete.sex=@"),
    ("hersteld status --set ath", "hersteld status --set athlete.@"),
    ("hersteld status --set athlete.sex=f", "hersteld status --set athlete.sex=female @"),
    ("hersteld status --set=notify.sty", "hersteld status --set=notify.style=@"),
    ("hersteld status --set=notify.style=c", "hersteld status --set=notify.style=coach @"),
    ("hersteld plan ride", r"hersteld plan ride\ of\ may.fit @"),
    ("hersteld status --config=ride", r"hersteld status --config=ride\ of\ may.fit @"),
    ("hersteld completion f", "hersteld completion fish @"),
    ("hersteld nonsense --x", "hersteld nonsense --x@"),
    ("hersteld history --limit 3", "hersteld history --limit 3@"),
]


@pytest.mark.parametrize(("begun", "line"), LINES, ids=[begun for begun, _line in LINES])
def test_tab_completes_what_was_begun(begun: str, line: str, at: tuple[str, Path]) -> None:
    shell, home = at
    # Within the quotes of the command that prints it, a backslash before a space stays.
    assert line_after(shell, begun + "\t", home) == line


def test_bash_offers_every_command_and_the_workouts_newest_first(filled: Path) -> None:
    installed("bash", filled)
    commands = " ".join(command.name for command in stored()[0].commands)
    assert line_after("bash", f"hersteld {INSERT_ALL}", filled) == f"hersteld {commands} @"
    assert line_after("bash", f"hersteld forget {INSERT_ALL}", filled) == "hersteld forget last 2 1 @"
    assert line_after("bash", f"hersteld forget --undo {INSERT_ALL}", filled) == "hersteld forget --undo last @"


def test_zsh_shows_what_each_command_does(filled: Path) -> None:
    installed("zsh", filled)
    command = [str(require("zsh")), *COMMANDS["zsh"]]
    keys = {"hersteld \t": "Take old files into your history", "hersteld forget \t": "2026-05-06 13:00 run"}
    for typed, shown in keys.items():
        screen = screen_of(command, typed, until=shown, environment=environment_of(filled), folder=filled)
        assert "command not found" not in screen


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("hersteld forget ", {"last": "the latest workout", "2": "2026-05-06 13:00 run", "1": "2026-05-05 13:00 run"}),
        ("hersteld expl", {"explain": "Print every rule, whether it applied, and its numbers."}),
        ("hersteld status --language=", {"--language=en": "", "--language=nl": ""}),
        ("hersteld status --set athlete.se", {"athlete.sex=": ""}),
        ("hersteld status --set=athlete.sex=f", {"--set=athlete.sex=female": ""}),
        ("hersteld plan ri", {"ride of may.fit": ""}),
        ("hersteld status --config ri", {"ride of may.fit": ""}),
        ("hersteld status --config=ri", {"--config=ride of may.fit": ""}),
        ("hersteld status --config=./ri", {"--config=./ride of may.fit": ""}),
        ("hersteld run Workouts/Ma", {"Workouts/May/": "Directory"}),
        ("hersteld init --folder=Workouts/", {"--folder=Workouts/May/": "Directory"}),
        ("hersteld completion ", {"bash": "", "zsh": "", "fish": ""}),
        ("hersteld history --limit ", {}),
    ],
)
def test_fish_offers_what_may_stand_here(line: str, words: dict[str, str], fish: Path) -> None:
    offered = offered_by_fish(line, fish)
    assert offered == words
    assert "forget" not in line or list(offered) == list(words)


def test_every_command_is_offered_by_fish_with_what_it_does(fish: Path) -> None:
    assert set(offered_by_fish("hersteld ", fish)) == {command.name for command in stored()[0].commands}


def test_the_programs_own_options_come_before_a_command(fish: Path) -> None:
    assert list(offered_by_fish("hersteld --", fish)) == ["--version", "--verbose", "--help"]
