"""On a terminal of 80 columns a table can still be read: no word, date or number is broken, and nothing is left out."""

import os
import pty
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
import pytest

from hersteld.daemon.cli.printing.terminal import tell
from hersteld.daemon.database.connection import Store
from hersteld.daemon.outbox.queue import Outbox
from hersteld.daemon.system.paths import database_path
from hersteld.parsers.line import Line
from hersteld.parsers.writing.encode import Recorded, encode_activity
from tests.support.command_line import AMSTERDAM, environment_in, take_in
from tests.support.messages import a_message

NOW = datetime.now(UTC).replace(microsecond=0)
SAID = "de naam van de server kon niet worden opgezocht; is er netwerk?"


def on_terminal(*words: str, home: Path, columns: int) -> list[str]:
    """Return the lines a command writes on a terminal, without their colours."""
    master, slave = pty.openpty()
    environment = {**environment_in(home), "TERM": "xterm", "COLUMNS": str(columns)}
    with subprocess.Popen(
        [sys.executable, "-m", "hersteld", *words], stdout=slave, env=environment, cwd=home
    ) as program:
        os.close(slave)
        written = b""
        try:
            while piece := os.read(master, 65536):
                written += piece
        except OSError:  # how Linux says that nobody writes to a terminal any more
            pass
        finally:
            os.close(master)
    assert program.returncode == 0
    return re.sub(r"\x1b\[[0-9;]*m", "", written.decode()).splitlines()


@pytest.mark.parametrize("columns", [60, 80, 200])
def test_status_breaks_no_word_and_leaves_nothing_out(tmp_path: Path, columns: int) -> None:
    targets = ["phone", "tablet-of-the-living-room"]
    with Store(database_path(environment_in(tmp_path))) as store:
        outbox = Outbox(store)
        letter = a_message("first", "Stevige hardlooptraining, 1 u", "b", NOW, NOW + timedelta(hours=5))
        outbox.queue("a", None, [letter], targets, now=NOW)
        row = outbox.claim("phone", now=NOW)
        assert row is not None
        outbox.record_refused(row.id, Line("delivery.name_unknown"), now=NOW)
    lines = on_terminal("status", "--set", "notify.language=nl", home=tmp_path, columns=columns)
    table = lines[lines.index("Nog te sturen") :]
    assert max(map(len, table)) <= columns
    whole = " ".join(" ".join(table).split())
    assert f"mislukt, {SAID}; opnieuw om" in whole
    for words in (*targets, "hardlooptraining", f"{NOW.astimezone(AMSTERDAM):%Y-%m-%d} "):
        assert words in whole


@pytest.mark.parametrize("columns", [60, 80, 200])
def test_history_breaks_no_date_and_leaves_nothing_out(tmp_path: Path, columns: int) -> None:
    began = NOW - timedelta(hours=2)
    metres = [3.0 * second for second in range(3600)]
    recorded = Recorded(heart_rate_bpm=[165.0] * 3600, distance_m=metres)
    take_in(tmp_path, [("a.fit", encode_activity(began, "running", recorded))], now=NOW)
    lines = on_terminal("history", "--language", "nl", home=tmp_path, columns=columns)
    table = lines[: lines.index("")]
    assert max(map(len, table)) <= columns
    whole = " ".join(" ".join(table).split())
    for words in ("hardlooptraining", "10,8 km", "belasting", "intensiteit"):
        assert words in whole
    assert len(re.findall(r"\d{4}-\d\d-\d\d \d\d:\d\d", whole)) == 2


def test_no_word_of_a_sentence_is_broken_at_the_margin_and_its_indent_stays(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    sentence = "  That cannot be: it must be a number from 20 to 300, and \x1b is none."
    tell(sentence)
    assert capsys.readouterr().out == "  That cannot be: it must be a number from 20 to 300, and \\x1b is none.\n"
    monkeypatch.setenv("COLUMNS", "30")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    tell(sentence)
    tell()
    tell("/a/folder/with/a/name/that/is/longer/than/the/terminal is there")
    assert click.unstyle(capsys.readouterr().out) == (
        "  That cannot be: it must be a\n  number from 20 to 300, and\n  \\x1b is none.\n\n"
        "/a/folder/with/a/name/that/is/longer/than/the/terminal\nis there\n"
    )
