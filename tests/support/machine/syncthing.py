"""Two real Syncthings on this machine that know nobody but each other."""

import json
import os
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.support.machine.components import require
from tests.support.machine.process import PATIENCE_S, Program
from tests.support.receivers import free_port

FOLDER = "workouts"
_KEY = "loopback"
_CONFIG = """\
<configuration version="35">
  <folder id="{folder_id}" path="{folder}" type="sendreceive" rescanIntervalS="3600" fsWatcherEnabled="true"
      fsWatcherDelayS="1">
    <device id="{own_id}"/><device id="{other_id}"/><maxConflicts>10</maxConflicts>
  </folder>
  <device id="{own_id}" name="own"><address>dynamic</address></device>
  <device id="{other_id}" name="other"><address>tcp://127.0.0.1:{other_port}</address></device>
  <gui enabled="true" tls="false"><address>127.0.0.1:{rest_port}</address><apikey>{key}</apikey></gui>
  <options>
    <listenAddress>tcp://127.0.0.1:{own_port}</listenAddress>
    <globalAnnounceEnabled>false</globalAnnounceEnabled>
    <localAnnounceEnabled>false</localAnnounceEnabled>
    <relaysEnabled>false</relaysEnabled>
    <natEnabled>false</natEnabled>
    <reconnectionIntervalS>1</reconnectionIntervalS>
    <startBrowser>false</startBrowser>
    <urAccepted>-1</urAccepted>
    <crashReportingEnabled>false</crashReportingEnabled>
    <autoUpgradeIntervalH>0</autoUpgradeIntervalH>
  </options>
</configuration>
"""


@dataclass(frozen=True, slots=True)
class Syncthing:
    """One of the two.

    Attributes:
        folder: What it shares with the other.
        program: Its process.
    """

    folder: Path
    program: Program
    rest_port: int
    other_id: str

    def ask(self, path: str, *, post: bool = False) -> Any:
        """Use its REST interface; None when it gives no answer."""
        address = f"http://127.0.0.1:{self.rest_port}/rest/{path}"
        request = urllib.request.Request(address, headers={"X-API-Key": _KEY}, method="POST" if post else "GET")
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE_S) as answer:
                content = answer.read()
        except OSError:
            return None
        return json.loads(content) if content.strip() else {}

    def look(self) -> None:
        """Have it see what changed in its folder, now."""
        self.ask(f"db/scan?folder={FOLDER}", post=True)

    @property
    def is_connected(self) -> bool:
        """Whether it talks with the other."""
        answer = self.ask("system/connections")
        return bool(answer and answer["connections"].get(self.other_id, {}).get("connected"))

    def wait_until_connected(self) -> None:
        """Wait until it talks with the other."""
        self.program.wait_for(lambda: self.is_connected, "the two to be connected")

    def pause(self) -> None:
        """Talk with the other no more."""
        self.ask(f"system/pause?device={self.other_id}", post=True)

    def resume(self) -> None:
        """Talk again."""
        self.ask(f"system/resume?device={self.other_id}", post=True)


@contextmanager
def two_syncthings(home: Path, *folders: Path) -> Iterator[tuple[Syncthing, Syncthing]]:
    """Keep two folders alike until the block ends; it begins when the two are connected."""
    program = require("syncthing")
    homes = [home / f"syncthing {number}" for number in (1, 2)]
    ports = [(free_port(), free_port()) for _ in homes]
    environment = {"HOME": str(home), "PATH": os.environ["PATH"], "STNOUPGRADE": "1", "GOMAXPROCS": "1"}
    ids: list[str] = []
    for own in homes:
        make: list[str | Path] = [program, "generate", f"--home={own}", "--no-default-folder"]
        subprocess.run(make, env=environment, check=True, timeout=PATIENCE_S, capture_output=True)
        ask: list[str | Path] = [program, "serve", f"--home={own}", "--device-id"]
        answer = subprocess.run(ask, env=environment, check=True, timeout=PATIENCE_S, capture_output=True, text=True)
        ids.append(answer.stdout.strip())
    with ExitStack() as stack:
        made: list[Syncthing] = []
        for index, other in ((0, 1), (1, 0)):
            content = _CONFIG.format(
                folder_id=FOLDER,
                folder=folders[index],
                own_id=ids[index],
                other_id=ids[other],
                own_port=ports[index][0],
                other_port=ports[other][0],
                rest_port=ports[index][1],
                key=_KEY,
            )
            (homes[index] / "config.xml").write_text(content, encoding="utf-8")
            (folders[index] / ".stfolder").mkdir(exist_ok=True)
            words: list[str | Path] = [program, "serve", f"--home={homes[index]}", "--no-browser", "--no-restart"]
            running = stack.enter_context(Program(words, environment=environment, folder=home))
            made.append(Syncthing(folders[index], running, ports[index][1], ids[other]))
        for each in made:
            each.wait_until_connected()
        yield made[0], made[1]
