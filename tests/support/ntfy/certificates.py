"""An authority of one's own, and a certificate for this machine that it vouches for."""

import subprocess
from pathlib import Path

from tests.support.machine.components import require

_DAYS = "3650"


def authority_and_server(folder: Path) -> tuple[Path, Path]:
    """Return the certificate of an authority, and that of a server at 127.0.0.1 together with its key."""
    openssl = str(require("openssl"))
    key, authority, server = folder / "authority.key", folder / "authority.pem", folder / "server.pem"
    new = ["-newkey", "rsa:2048", "-nodes", "-days", _DAYS]
    _run(openssl, "req", "-x509", *new, "-keyout", key, "-out", authority, "-subj", "/CN=An authority of our own")
    request, extension = folder / "server.csr", folder / "server.ext"
    extension.write_text("subjectAltName=IP:127.0.0.1\n")
    own = folder / "server.key"
    _run(openssl, "req", *new[:3], "-keyout", own, "-out", request, "-subj", "/CN=127.0.0.1")
    signed = folder / "server.crt"
    _run(
        *(openssl, "x509", "-req", "-in", request, "-CA", authority, "-CAkey", key, "-CAcreateserial"),
        *("-days", _DAYS, "-extfile", extension, "-out", signed),
    )
    server.write_bytes(own.read_bytes() + signed.read_bytes())
    return authority, server


def _run(*words: str | Path) -> None:
    subprocess.run([str(word) for word in words], check=True, capture_output=True)
