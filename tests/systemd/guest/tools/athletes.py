"""Who lives on the guest, and what does each one's service need?"""

import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

SHORT_WATCHDOG = "[Service]\nWatchdogSec=15\n"
CONFIGURATION = '[notify]\nquiet_hours = ""\nlanguage = "en"\n'


@dataclass(frozen=True, slots=True)
class Athlete:
    """An account, and an instance of the system unit.

    Attributes:
        port: Where the athlete's receiver listens.
        drop_in: What is changed in the unit, as `systemctl edit` does.
        secrets_file: Where the address of the receiver stands.
    """

    name: str
    port: int
    drop_in: str = ""
    secrets_file: str = ""

    @property
    def unit(self) -> str:
        return f"hersteld@{self.name}.service"

    @property
    def home(self) -> Path:
        return Path("/home", self.name)

    @property
    def folder(self) -> Path:
        return self.home / "Workouts"

    @property
    def state(self) -> Path:
        return Path("/var/lib/hersteld", self.name)

    @property
    def secrets(self) -> tuple[str, str]:
        """Password and path of the receiver's address: what must never be seen."""
        return f"w8woord-van-{self.name}", f"geheim-pad-{self.name}-9f31c2"

    def install(self, root: Path = Path("/")) -> None:
        """Write configuration, address and drop-in, as the administrator does."""
        password, path = self.secrets
        address = f"phone=json://{self.name}:{password}@127.0.0.1:{self.port}/{path}\n"
        credential = self.secrets_file or f"/etc/credstore/hersteld.{self.name}"
        _write(root, credential, address, 0o600)
        _write(root, f"/etc/hersteld/{self.name}/hersteld.toml", CONFIGURATION, 0o644)
        if self.drop_in:
            _write(root, f"/etc/systemd/system/{self.unit}.d/override.conf", self.drop_in, 0o644)

    def make_folder(self) -> None:
        """Make the folder that is watched, as the athlete does."""
        self.folder.mkdir()
        shutil.chown(self.folder, self.name, self.name)

    def drop(self, name: str, *, minutes_ago: int = 3, sport: str = "running") -> None:
        """Let a new workout arrive: written under another name, then renamed, as Syncthing does."""
        from hersteld.parsers.writing.encode import Recorded, encode_activity

        started_at = (datetime.now(UTC) - timedelta(minutes=minutes_ago + 30)).replace(microsecond=0)
        heart_rate = [150 + second % 20 for second in range(30 * 60)]
        hidden = self.folder / f".{name}.tmp"
        hidden.write_bytes(encode_activity(started_at, sport, Recorded(heart_rate_bpm=heart_rate)))
        shutil.chown(hidden, self.name, self.name)
        hidden.rename(self.folder / name)


_CREDENTIAL_OF_DORA = "/etc/addresses/dora"

ANNA = Athlete("anna", 8001)  # all as the papers say
BERT = Athlete("bert", 8002, SHORT_WATCHDOG)  # enabled before the first boot; a delivery thread hangs
CEES = Athlete("cees", 8003, SHORT_WATCHDOG)  # the main loop hangs
# No folder at first, a slow receiver, and a credential by its path.
DORA = Athlete(
    "dora",
    8004,
    f"[Service]\nLoadCredential=\nLoadCredential=apprise:{_CREDENTIAL_OF_DORA}\n",
    secrets_file=_CREDENTIAL_OF_DORA,
)
_PROBE = "/opt/hersteld/bin/python -B /checks/guest/tools/probe.py"
EVA = Athlete(  # the same unit, with a probe in the place of hersteld
    "eva", 8005, f"[Service]\nType=oneshot\nRestart=no\nWatchdogSec=0\nExecStart=\nExecStart={_PROBE}\n"
)
CARLA = Athlete("carla", 8006)  # the user unit
FRITS = Athlete("frits", 8007, "[Service]\nMemoryMax=300M\n")  # as the page on security advises for a small machine
GERDA = Athlete("gerda", 8008)  # what starting again does not mend
# Ends at once. To save time it is started fewer times and with a shorter pause than the unit says.
HUGO = Athlete(
    "hugo", 8009, "[Unit]\nStartLimitBurst=15\n[Service]\nExecStart=\nExecStart=/bin/false\nRestartSec=1ms\n"
)
ATHLETES = (ANNA, BERT, CEES, DORA, EVA, FRITS, GERDA, HUGO)


def _write(root: Path, place: str, text: str, mode: int) -> None:
    path = root / place.lstrip("/")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    os.chmod(path, mode)  # noqa: PTH101 - whatever the umask
