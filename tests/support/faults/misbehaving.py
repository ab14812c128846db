"""Servers that do what no server should: hang, drip, hang up, gush, send their clients elsewhere."""

import contextlib
import shutil
import socket
import ssl
import struct
import subprocess
import threading
from collections.abc import Callable
from http.client import responses
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.support.receivers import SECRETS

Behaviour = Callable[["Misbehaving", socket.socket], None]


class Misbehaving:
    """Listens on the loopback, reads each request whole, and then does as it was told.

    Args:
        behaviour: What it does with a connection once the request is read.
        certificate: Folder for a certificate that nobody signed, to speak TLS with.
    """

    def __init__(self, behaviour: Behaviour, *, certificate: Path | None = None) -> None:
        self.bodies: list[bytes] = []
        self.open = 0
        self.closing = threading.Event()
        self._behaviour = behaviour
        self._tls = None if certificate is None else _self_signed(certificate)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.closing.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()

    @property
    def url(self) -> str:
        """Its Apprise address, with a secret in each place."""
        password, path, token = SECRETS
        scheme = "jsons" if self._tls else "json"
        return f"{scheme}://anna:{password}@127.0.0.1:{self.port}/{path}?-token={token}"

    def _listen(self) -> None:
        while not self.closing.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError), connection:
            if self._tls is not None:
                connection = self._tls.wrap_socket(connection, server_side=True)
            self.bodies.append(_request_body(connection))
            self.open += 1
            try:
                self._behaviour(self, connection)
            finally:
                self.open -= 1


def hang(server: Misbehaving, connection: socket.socket) -> None:
    """Never answer; notice when the client gives up."""
    connection.settimeout(0.1)
    while not server.closing.is_set():
        with contextlib.suppress(TimeoutError):
            if not connection.recv(1):
                return


def drip(server: Misbehaving, connection: socket.socket) -> None:
    """Answer a byte per second, for ever: no pause is long enough to be a timeout."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n")
    while not server.closing.wait(1.0):
        connection.sendall(b".")


def gush(server: Misbehaving, connection: socket.socket) -> None:
    """Answer without end, as fast as it is taken."""
    connection.sendall(b"HTTP/1.1 500 Oops\r\nContent-Type: text/plain\r\n\r\n")
    while not server.closing.is_set():
        connection.sendall(b"x" * 2**20)


def reset(server: Misbehaving, connection: socket.socket) -> None:
    """Break the connection off in place of an answer."""
    del server
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def answer(status: int, *headers: str, body: bytes = b"") -> Behaviour:
    """Return the behaviour of a server that answers."""

    def reply(server: Misbehaving, connection: socket.socket) -> None:
        del server
        lines = [
            f"HTTP/1.1 {status} {responses[status]}",
            *headers,
            f"Content-Length: {len(body)}",
            "Connection: close",
        ]
        connection.sendall("\r\n".join((*lines, "", "")).encode() + body)

    return reply


def redirect_to_itself(server: Misbehaving, connection: socket.socket) -> None:
    """Send the client round and round."""
    answer(307, f"Location: http://127.0.0.1:{server.port}/again")(server, connection)


def _request_body(connection: socket.socket) -> bytes:
    received = b""
    while b"\r\n\r\n" not in received:
        part = connection.recv(65536)
        if not part:
            return b""
        received += part
    head, _, body = received.partition(b"\r\n\r\n")
    lengths = [line.split(b":")[1] for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    while lengths and len(body) < int(lengths[0]):
        part = connection.recv(65536)
        if not part:
            break
        body += part
    return body


def _self_signed(folder: Path) -> ssl.SSLContext:
    openssl = shutil.which("openssl")
    assert openssl, "openssl is not installed"
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    words = f"req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 -keyout {key} -out {certificate}"
    subprocess.run([openssl, *words.split()], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context
