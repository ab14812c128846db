"""A web server that means no good: it refuses, resets, sends elsewhere, or answers with all it was told."""

import socket
import struct
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import quote


class HostileServer:
    """Answers each POST in the manner that the first part of its path names: `/reset/...`.

    The manners are accept, refuse, reset, redirect, garbage and echo.

    Attributes:
        heard: Path, headers and body of each request, as bytes.
        sent_on: Of those, the ones that came where `redirect` sends.
    """

    def __init__(self) -> None:
        self.heard: list[bytes] = []
        self.sent_on: list[bytes] = []
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                said = self.path.encode() + b"\n" + bytes(self.headers) + body
                server.heard.append(said)
                self._answer(self.path.split("/")[1], said)

            do_GET = do_POST  # noqa: N815 - the base's own name

            def _answer(self, manner: str, said: bytes) -> None:
                if manner == "sent-on":
                    server.sent_on.append(said)
                if manner == "reset":
                    self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                    self.connection.close()
                    self.close_connection = True
                elif manner == "garbage":
                    self.wfile.write(b"\x00\xff not HTTP " + said)
                    self.close_connection = True
                else:
                    self.send_response({"refuse": 403, "redirect": 307, "echo": 500}.get(manner, 200), "so it is")
                    if manner == "redirect":
                        self.send_header("Location", "/sent-on/" + quote(self.path))
                    answer = said if manner == "echo" else b""
                    self.send_header("Content-Length", str(len(answer)))
                    self.end_headers()
                    self.wfile.write(answer)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's own name
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    @property
    def port(self) -> int:
        """Where it listens, on 127.0.0.1."""
        return int(self._server.server_port)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
