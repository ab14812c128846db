"""What can a process in the place of the service do? It tries, and writes down what came of each attempt.

Started by systemd under `hersteld@eva.service` with another ExecStart: all else is the unit's own. Stands alone.
"""

import errno
import json
import os
import socket
from collections.abc import Callable
from pathlib import Path

HOME = Path("/home/eva")
FOLDER = HOME / "Workouts"


def attempt(deed: Callable[[], object]) -> str:
    """Do it; return "done" or the name of the error."""
    try:
        deed()
    except OSError as error:
        return errno.errorcode.get(error.errno or 0, "unknown")
    return "done"


def _list(place: str) -> list[str]:
    return [entry.name for entry in Path(place).iterdir()]


def _foreign_environment() -> None:
    others = [pid for pid in _list("/proc") if pid.isdigit() and int(pid) != os.getpid()]
    if not others:
        raise OSError(errno.ENOENT, "nobody else is there")
    Path("/proc", others[0], "environ").read_bytes()


ATTEMPTS: dict[str, Callable[[], object]] = {
    "read the watched folder": (FOLDER / "a.fit").read_bytes,
    "make a file in the watched folder": lambda: (FOLDER / "new").write_text("x"),
    "change a file in the watched folder": lambda: (FOLDER / "a.fit").write_text("x"),
    "rename a file in the watched folder": lambda: (FOLDER / "a.fit").rename(FOLDER / "b.fit"),
    "delete a file in the watched folder": (FOLDER / "a.fit").unlink,
    "change the mode of a file in the watched folder": lambda: (FOLDER / "a.fit").chmod(0o666),
    "write in the own home": lambda: (HOME / "new").write_text("x"),
    "list another home that is open to all": lambda: _list("/home/open"),
    "read a file of all in another home": lambda: Path("/home/open/letter").read_bytes(),
    "list the home of root": lambda: _list("/root/letters"),
    "list the runtime folders of users": lambda: _list("/run/user/other"),
    "list the state of another athlete": lambda: _list("/var/lib/hersteld/anna"),
    "read the credential of another athlete": lambda: Path(
        "/run/credentials/hersteld@anna.service/apprise"
    ).read_text(),
    "read the credential store": lambda: Path("/etc/credstore/hersteld.anna").read_text(),
    "write in /etc": lambda: Path("/etc/new").write_text("x"),
    "write in the installation": lambda: Path("/opt/hersteld/new").write_text("x"),
    "see the temporary files of others": lambda: Path("/tmp/of-another").read_bytes(),
    "see the processes of others": _foreign_environment,
    "open a raw socket": lambda: socket.socket(socket.AF_PACKET, socket.SOCK_RAW).close(),
    "make a device": lambda: os.mknod(HOME / "device", 0o020666, os.makedev(1, 3)),
    "read the disk below": lambda: os.open("/dev/vda", os.O_RDONLY),
    "write in the own state": lambda: Path(os.environ["STATE_DIRECTORY"], "new").write_text("x"),
    "read the own credential": lambda: Path(os.environ["CREDENTIALS_DIRECTORY"], "apprise").read_text(),
}

if __name__ == "__main__":
    found = {name: attempt(deed) for name, deed in ATTEMPTS.items()}
    Path(os.environ["STATE_DIRECTORY"], "probe.json").write_text(json.dumps(found))
