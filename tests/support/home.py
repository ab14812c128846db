"""Somebody's home, in which the installed `hersteld` is configured, run and asked."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.support.hours import noon_zone
from tests.support.machine.process import PATIENCE_S, Program
from tests.support.pipeline import a_file

HERSTELD = Path(sys.executable).with_name("hersteld")


class Home:
    """A home with a watched folder, a state folder and one receiver.

    Args:
        folder: Where it is.
        url: Address of the receiver.
        inbox: Name of the watched folder.
    """

    def __init__(self, folder: Path, url: str, *, inbox: str = "Workouts") -> None:
        folder.mkdir(exist_ok=True)
        self.folder = folder
        self.inbox = folder / inbox
        self.inbox.mkdir()
        self.config = folder / "hersteld.toml"
        self.database = folder / "state" / "hersteld.db"
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "LANG": "C.UTF-8",
            "TZ": noon_zone(),  # no quiet hours, no evening
            "STATE_DIRECTORY": str(self.database.parent),
        }
        self.words = ["run", "--config", str(self.config)]
        self._url = url
        self._now = datetime.now(UTC).replace(microsecond=0)

    def configure(self, **athlete: object) -> None:
        """Write the configuration anew, with this athlete."""
        self.config.touch(mode=0o600)
        keys = "".join(f"{name} = {json.dumps(value)}\n" for name, value in athlete.items())
        self.config.write_text(
            f'[athlete]\n{keys}[watch]\nfolders = ["{self.inbox}"]\n[notify]\nlanguage = "en"\nquiet_hours = ""\n'
            f'[[notify.targets]]\nname = "phone"\nurl = "{self._url}"\n',
            encoding="utf-8",
        )

    def workout(self, *, ended_ago: timedelta = timedelta(minutes=2), minutes: int = 70, bpm: float = 170) -> bytes:
        """Return the file of a run."""
        return a_file(self._now - ended_ago, minutes=minutes, bpm=bpm)

    def daemon(self) -> Program:
        """Start the service."""
        return Program([HERSTELD, *self.words], environment=self.environment, folder=self.folder)

    def call(self, *words: str | Path) -> str:
        """Run a command that succeeds; return what it printed."""
        command = [str(HERSTELD), *map(str, words), "--config", str(self.config)]
        done = subprocess.run(
            command, env=self.environment, capture_output=True, text=True, timeout=PATIENCE_S, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def ask(self, *words: str | Path) -> dict[str, Any]:
        """Run a command with --json; return the object that it printed."""
        answer: dict[str, Any] = json.loads(self.call(*words, "--json"))
        return answer
