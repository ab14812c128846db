"""The command line as a user calls it, with a home, a state and a time zone of the test's own."""

import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from click.testing import CliRunner, Result

from hersteld.config.file.load import load_settings
from hersteld.config.settings import Settings
from hersteld.daemon.cli.main import cli
from hersteld.daemon.database.connection import Store
from hersteld.daemon.ingest.one_file import Ingest
from hersteld.daemon.system.clock import ManualClock
from hersteld.daemon.system.paths import database_path

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
PATIENCE_S = 120


def environment_in(home: Path) -> dict[str, str]:
    """Return the environment of somebody whose home is this folder, with nothing configured and no desktop."""
    return {
        "HOME": str(home),
        "PATH": os.environ.get("PATH", ""),
        "STATE_DIRECTORY": str(home / "state"),
        "TZ": "Europe/Amsterdam",
        "LC_ALL": "C.UTF-8",
    }


def call(*words: str | Path, home: Path, extra: Mapping[str, str] | None = None) -> Result:
    """Run a command in this process."""
    hidden = dict.fromkeys(("XDG_CONFIG_HOME", "CONFIGURATION_DIRECTORY", "CREDENTIALS_DIRECTORY"))
    hidden |= dict.fromkeys(("DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR"))
    return CliRunner().invoke(
        cli, [str(word) for word in words], env={**hidden, **environment_in(home), **(extra or {})}
    )


def call_process(
    *words: str | Path, home: Path, extra: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a command as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "hersteld", *map(str, words)],
        capture_output=True,
        text=True,
        env={**environment_in(home), **(extra or {})},
        cwd=home,
        timeout=PATIENCE_S,
        check=False,
    )


def settings_in(home: Path, **overrides: str) -> Settings:
    """Return the default settings of this home, with single keys set: `athlete__experience="trained"`."""
    dotted = {name.replace("__", "."): value for name, value in overrides.items()}
    return load_settings(None, overrides=dotted, environ=environment_in(home))


def take_in(
    home: Path,
    files: Iterable[tuple[str, bytes]],
    *,
    now: datetime,
    targets: tuple[str, ...] = ("phone",),
    experience: str = "trained",
) -> None:
    """Put files through ingest at a moment, into the store of this home."""
    inbox = home / "inbox"
    inbox.mkdir(exist_ok=True)
    clock = ManualClock(now.astimezone(UTC), zone=AMSTERDAM)
    settings = settings_in(home, athlete__experience=experience, athlete__max_hr="188", athlete__mass_kg="70")
    with Store(database_path(environment_in(home))) as store:
        ingest = Ingest(store, settings, targets, clock)
        for name, content in files:
            path = inbox / name
            path.write_bytes(content)
            ingest.take(path)
