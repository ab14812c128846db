"""A real MQTT broker (mosquitto) on a port of its own."""

import contextlib
import socket
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.support.machine.components import require
from tests.support.machine.process import PATIENCE_S, wait_until


def free_port() -> int:
    """Return a port on which nobody listens now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


class Broker:
    """A mosquitto that can be stopped and started again on the same port; what it keeps survives that.

    Args:
        folder: For its configuration and what it keeps.
        users: Passwords by user; none lets everybody in.
        acl: Lines of its list of who may do what; "" allows everything.
        certificates: Folder with server.pem and server.key; None for connections in the clear.
    """

    def __init__(
        self,
        folder: Path,
        *,
        users: dict[str, str] | None = None,
        acl: str = "",
        certificates: Path | None = None,
    ) -> None:
        self._mosquitto = require("mosquitto")
        self._folder = folder / "broker"
        self._folder.mkdir()
        self.port = free_port()
        self._users = users or {}
        self._process: subprocess.Popen[bytes] | None = None
        self.certificates = certificates
        self._configure(acl)
        self.start()

    def _configure(self, acl: str) -> None:
        lines = [
            f"listener {self.port} 127.0.0.1",
            f"allow_anonymous {'false' if self._users else 'true'}",
            "persistence true",
            f"persistence_location {self._folder}/",
            "autosave_interval 1",
            "autosave_on_changes true",
            "user root",
        ]
        if self._users:
            passwords = self._folder / "passwords"
            passwords.touch(mode=0o600)
            for user, password in self._users.items():
                command = [str(require("mosquitto_passwd")), "-b", str(passwords), user, password]
                subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE_S)
            lines.append(f"password_file {passwords}")
        if acl:
            (self._folder / "acl").write_text(acl)
            (self._folder / "acl").chmod(0o600)
            lines.append(f"acl_file {self._folder / 'acl'}")
        if self.certificates:
            lines += [f"certfile {self.certificates}/server.pem", f"keyfile {self.certificates}/server.key"]
        (self._folder / "mosquitto.conf").write_text("\n".join(lines) + "\n")

    def start(self) -> None:
        """Start it, and wait until it listens."""
        command = [str(self._mosquitto), "-c", str(self._folder / "mosquitto.conf")]
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log)
        wait_until(lambda: self._listens() or self._has_ended(), "the broker to listen")
        assert not self._has_ended(), self.log()

    def stop(self) -> None:
        """Stop it in an orderly way; it keeps what it was told to keep."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(PATIENCE_S)
            self._process = None

    def log(self) -> str:
        """Return what it wrote of connections and refusals."""
        return (self._folder / "log").read_text(errors="replace")

    def _has_ended(self) -> bool:
        return self._process is None or self._process.poll() is not None

    def _listens(self) -> bool:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
            return True
        return False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self.stop()


def certificates_in(folder: Path, *, host: str = "127.0.0.1") -> Path:
    """Make an authority and a certificate of a server that it vouches for; return the folder with both."""
    openssl = str(require("openssl"))
    made = folder / "certificates"
    made.mkdir()

    def call(*words: str) -> None:
        subprocess.run([openssl, *words], cwd=made, check=True, capture_output=True, timeout=PATIENCE_S)

    new = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
    call("req", "-x509", *new, "-keyout", "ca.key", "-out", "ca.pem", "-days", "30", "-subj", "/CN=Home authority")
    call("req", *new, "-keyout", "server.key", "-out", "server.csr", "-subj", "/CN=broker")
    (made / "names").write_text(f"subjectAltName=IP:{host}\n")
    signed = ("-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "30", "-extfile", "names")
    call("x509", "-req", "-in", "server.csr", *signed, "-out", "server.pem")
    return made
