"""The manual page is valid, and says all that `--help` says, in both languages."""

import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hersteld.config.languages import LANGUAGES, Language
from hersteld.config.places import candidates
from hersteld.config.texts.speech import say, text_exists
from hersteld.daemon.cli import exit_codes
from hersteld.daemon.cli.main import cli
from hersteld.daemon.cli.man import page as man
from hersteld.daemon.cli.outline.commands import stored
from hersteld.daemon.cli.outline.from_click import outline_of
from hersteld.daemon.cli.outline.words import in_words, typed
from hersteld.daemon.cli.printing.spoken_click import SpokenContext
from hersteld.daemon.setup.machine.user_unit import user_unit
from hersteld.daemon.system.paths import database_path, recovery_file, reply_key_file
from tests.support.languages import speaking
from tests.support.machine.components import require

ROOT = Path(__file__).parents[4]


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> Language:
    chosen: Language = request.param
    return chosen


@pytest.fixture
def written(language: Language, tmp_path: Path) -> Path:
    """The page of a language, in a file."""
    path = tmp_path / "hersteld.1"
    with speaking("en"):
        path.write_text(man.page(language, stored()[0]), encoding="ascii")
    return path


def shown(page: Path) -> str:
    """Return what mandoc shows of a page, without type faces."""
    command = [str(require("mandoc")), "-T", "utf8", "-O", "width=120", str(page)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    return re.sub(r".\x08", "", done.stdout)


def on_one_line(text: str) -> str:
    return " ".join(text.replace("`", "").split())


def test_mandoc_finds_nothing_wrong(written: Path) -> None:
    command = [str(require("mandoc")), "-T", "lint", "-W", "all", str(written)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_man_and_groff_have_no_warning(written: Path) -> None:
    command = [str(require("man")), "--warnings", "-E", "UTF-8", "-Tutf8", "-l", "-Z", str(written)]
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "MANROFFSEQ": "", "MANWIDTH": "80"}
    done = subprocess.run(command, capture_output=True, check=False, env=environment, timeout=60)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"hersteld" in done.stdout


def test_whatis_finds_the_line_about_it(written: Path, language: Language) -> None:
    command = [str(require("lexgrog")), str(written)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    with speaking(language):
        assert f'"hersteld - {say("man.in_a_line")}"' in done.stdout, done.stderr


def test_every_command_and_option_of_the_help_is_in_it(written: Path, language: Language) -> None:
    page = shown(written)
    everything = on_one_line(page)
    sections = re.split(r"^   (hersteld .*)\n", page, flags=re.MULTILINE)
    about = dict(zip(sections[1::2], sections[2::2], strict=True))
    program = outline_of(SpokenContext(cli, None, "hersteld"))
    with speaking(language):
        for command in program.each():
            assert all(on_one_line(f"{typed(each)} {say(each.text_id)}") in everything for each in command.options)
            if command is program:
                continue
            section = on_one_line(about[" ".join(command.words)])
            assert on_one_line(f"{' '.join(command.words)} {in_words(command.usage)}") in section
            assert on_one_line(say(command.text_id)) in section
            assert not text_exists(command.more_id) or on_one_line(say(command.more_id)) in section
            for option in command.options:
                assert re.search(rf"{option.names[-1]}\b", section), (command.words, option.names)


def test_it_has_the_sections_that_readers_look_for() -> None:
    with speaking("en"):
        page = man.page("en", stored()[0])
    assert re.findall(r'^\.SH "(.*)"$', page, re.MULTILINE) == [
        *("NAME", "SYNOPSIS", "DESCRIPTION", "COMMANDS", "OPTIONS", "EXIT STATUS", "ENVIRONMENT", "FILES", "EXAMPLES"),
        "SEE ALSO",
    ]


def test_each_example_is_a_command_that_there_is() -> None:
    program = stored()[0]
    for line in man.EXAMPLES:
        called, name, *rest = line.split()
        (command,) = (each for each in program.commands if each.name == name)
        options = {name for option in command.options for name in option.names}
        assert called == "hersteld"
        assert {word for word in rest if word.startswith("-")} <= options


def test_it_has_the_exit_codes_of_the_documentation_and_of_the_commands() -> None:
    rows = re.findall(r"^\| (\d+) \|", (ROOT / "docs" / "commands.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert list(man.EXIT_CODES) == rows
    ours = {str(code) for name, code in vars(exit_codes).items() if name.startswith("EXIT_")}
    assert ours <= set(rows)


NOT_FOR_USERS = {
    "HOME",
    "PATH",
    "TERM",
    "NOTIFY_SOCKET",
    "WATCHDOG_USEC",
    "WATCHDOG_PID",
    "JOURNAL_STREAM",
    "_HERSTELD_COMPLETE",
}
"""What every program reads, what systemd says to a service alone, and what a shell says that completes."""


def test_it_names_each_variable_that_is_read() -> None:
    files = (path for layer in ("config", "daemon") for path in (ROOT / layer).rglob("*.py"))
    sources = [path for path in files if path.parent.name not in ("man", "completion")]
    read = re.compile(r'\benviron(?:ment)?(?:\.get\(|\[)"([A-Z_]+)"')
    found = {name for path in sources for name in read.findall(path.read_text(encoding="utf-8"))}
    found -= NOT_FOR_USERS
    assert {"STATE_DIRECTORY", "XDG_STATE_HOME"} <= found
    assert found <= set(man.VARIABLES)
    every = "".join(path.read_text(encoding="utf-8") for path in sources)
    assert [name for name in man.VARIABLES if name not in every and name != "TZ"] == []


def test_it_names_the_files_that_there_are() -> None:
    environment = {"HOME": "/home/anna"}
    database = database_path(environment)
    unit = user_unit(Path("hersteld"), database, environment).path
    ours = [*candidates(environment), database, recovery_file(database), reply_key_file(database), unit]
    assert {str(path).replace("/home/anna", "~") for path in ours} <= set(man.FILES)


def test_the_date_is_that_of_the_sources_where_a_packager_gives_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    with speaking("en"):
        assert man.page("en", stored()[0]).startswith(".TH HERSTELD 1 2023-11-14 ")
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    with speaking("en"):
        assert f".TH HERSTELD 1 {datetime.now(UTC):%Y}" in man.page("en", stored()[0])


def test_it_is_written_where_no_dependency_is_installed(tmp_path: Path) -> None:
    # With -S the folder of installed packages is left out, and with it click.
    command = [sys.executable, "-S", "-m", "hersteld.daemon.cli.man.page", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, timeout=60)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "hersteld.1").read_bytes().startswith(b".TH HERSTELD")
    assert b"NAAM" in (tmp_path / "nl" / "hersteld.1").read_bytes()
