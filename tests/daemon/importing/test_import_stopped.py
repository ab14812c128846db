"""Who stops an import is told what is stored of it, and whether anything is."""

import os
import signal
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from hersteld.config.settings import Language
from hersteld.daemon.cli.run.import_ import _print_summary
from hersteld.daemon.database.connection import Store
from hersteld.daemon.system.paths import database_path
from hersteld.daemon.words.voice import Voice
from tests.daemon.importing.test_importer import DAY, take_history, workers_of
from tests.support.command_line import AMSTERDAM, call, environment_in, settings_in
from tests.support.machine.process import Program
from tests.support.pipeline import NOON, a_file


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A folder with forty workouts: more than are stored at once."""
    folder = tmp_path / "old"
    folder.mkdir()
    for day in range(40):
        (folder / f"{day:02}.fit").write_bytes(a_file(NOON - day * DAY, minutes=10))
    return folder


@pytest.mark.parametrize(
    ("language", "none", "stopped"),
    [
        (
            "en",
            "No new workout.",
            "Stopped while still reading: nothing is stored yet. The same command again begins anew.",
        ),
        (
            "nl",
            "Geen nieuwe training.",
            (
                "Gestopt tijdens het inlezen: er is nog niets opgeslagen."
                " Geef de opdracht nog eens; dan begint het opnieuw."
            ),
        ),
    ],
)
def test_while_it_reads_nothing_is_stored_and_that_is_said(
    language: str, none: str, stopped: str, old: Path, tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "hersteld", "import", str(old), "--language", language]
    with Program(command, environment=environment_in(tmp_path), folder=tmp_path) as program:
        program.wait_for(lambda: workers_of(program.pid), "a process that reads")
        os.kill(workers_of(program.pid)[0], signal.SIGSTOP)  # what it reads first is never read
        assert program.stop(signal.SIGINT) == 130
        assert program.stdout_lines == [none, stopped]
    with Store(database_path(environment_in(tmp_path))) as store:
        assert store.rows("SELECT * FROM workouts") == store.rows("SELECT * FROM files") == []
    assert call("import", old, home=tmp_path).stdout.startswith("40 workouts read")


@pytest.mark.parametrize(
    ("language", "counted", "stopped"),
    [
        (
            "en",
            "32 workouts read, all of 2026.",
            "Stopped before the end. What is counted here is stored; the same command again does the rest.",
        ),
        (
            "nl",
            "32 trainingen ingelezen, allemaal uit 2026.",
            "Gestopt voor het einde. Wat hier geteld is, is opgeslagen; geef de opdracht nog eens voor de rest.",
        ),
    ],
)
def test_once_it_stores_what_is_counted_is_stored_and_that_is_said(
    language: Language,
    counted: str,
    stopped: str,
    old: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def interrupt(step: str, done: int, of: int) -> None:
        del done, of
        if step == "storing":
            raise KeyboardInterrupt

    summary = take_history(tmp_path / "hersteld.db", old, report=interrupt, now=NOON + timedelta(days=3))
    _print_summary(summary, Voice(replace(settings_in(tmp_path).notify, language=language), AMSTERDAM))
    assert capsys.readouterr().out.splitlines() == [counted, stopped]
