"""While an import runs it shows how far it is: a bar on a terminal, lines where there is none."""

import os
import pty
import re
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from hersteld.config.settings import Language
from hersteld.daemon.cli.printing.import_progress import showing_progress
from hersteld.daemon.database.connection import Store
from hersteld.daemon.importing.importer import Import
from hersteld.daemon.system.clock import ManualClock
from hersteld.daemon.words.voice import Voice
from tests.support.command_line import AMSTERDAM, call_process, environment_in, settings_in
from tests.support.pipeline import NOON, a_file

WORDS = [("en", "Reading", "Storing", "a second"), ("nl", "Inlezen", "Opslaan", "per seconde")]


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A folder with three workouts."""
    folder = tmp_path / "old"
    folder.mkdir()
    for day in range(3):
        (folder / f"{day}.fit").write_bytes(a_file(NOON - timedelta(days=day), minutes=10))
    return folder


def shown_on_terminal(*words: str | Path, home: Path) -> tuple[str, str]:
    """Return what a command prints while its stderr is a terminal, and what that showed."""
    master, slave = pty.openpty()
    environment = {**environment_in(home), "TERM": "xterm", "COLUMNS": "100"}
    command = [sys.executable, "-m", "hersteld", *map(str, words)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=slave, env=environment, cwd=home) as program:
        os.close(slave)
        shown = b""
        try:
            while piece := os.read(master, 65536):
                shown += piece
        except OSError:  # how Linux says that nobody writes to a terminal any more
            pass
        finally:
            os.close(master)
        assert program.stdout is not None
        printed = program.stdout.read().decode()
    assert program.returncode == 0, shown.decode()
    return printed, shown.decode()


def frames_of(shown: str) -> list[str]:
    """Return the lines a terminal was given, one after the other, without colours and moves."""
    return re.split(r"[\r\n]+", re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", shown))


@pytest.mark.parametrize(("language", "reading", "storing", "rate"), WORDS)
def test_on_a_terminal_each_step_has_a_bar_that_ends_full(
    language: str, reading: str, storing: str, rate: str, old: Path, tmp_path: Path
) -> None:
    printed, shown = shown_on_terminal("import", old, "--language", language, home=tmp_path)
    frames = frames_of(shown)
    for step in (reading, storing):
        *_, last = [frame for frame in frames if frame.startswith(step)]
        assert re.fullmatch(rf"{step} ━+ +3/3 +\d+ {rate} +[\d:]+ *", last), last
    assert len(printed.splitlines()) == 1, "the bar is not part of what is printed"


@pytest.mark.parametrize(("language", "reading", "storing", "rate"), WORDS)
def test_without_a_terminal_lines_say_how_far_it_is(
    language: Language,
    reading: str,
    storing: str,
    rate: str,
    old: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    import_showing_lines(old, tmp_path, language, line_every_s=0.0)
    said = capsys.readouterr()
    lines = said.err.splitlines()
    assert [re.sub(r"\d+(?= \D)", "N", line) for line in lines] == [
        *(f"{reading}: {done}/3, N {rate}" for done in (1, 2, 3)),
        f"{storing}: 3/3, N {rate}",
    ]
    assert said.out == ""


def test_what_is_done_before_it_is_time_for_a_line_has_none(
    old: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import_showing_lines(old, tmp_path, "en", line_every_s=3600.0)
    assert capsys.readouterr().err == ""


def test_no_bar_is_written_where_there_is_no_terminal(old: Path, tmp_path: Path) -> None:
    result = call_process("import", old, home=tmp_path)
    assert result.returncode == 0
    assert "━" not in result.stderr
    assert "\x1b" not in result.stderr


def import_showing_lines(old: Path, home: Path, language: Language, *, line_every_s: float) -> None:
    """Import a folder, and say how far it is where pytest looks, which is no terminal."""
    settings = settings_in(home, athlete__experience="trained")
    voice = Voice(replace(settings.notify, language=language), AMSTERDAM)
    clock = ManualClock(NOON + timedelta(days=1), zone=AMSTERDAM)
    with Store(home / "state" / "hersteld.db") as store, showing_progress(voice, line_every_s=line_every_s) as report:
        Import(store, settings, clock, report=report, workers=2).run([old])
