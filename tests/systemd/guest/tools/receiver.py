"""A receiver of `json://` on the guest's loopback that can take its time."""

import contextlib
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Receiver:
    """Keeps what it accepted. While `drips` is set, an answer is begun, and not ended; while `refuses` is, it is a no.

    Attributes:
        heard: The titles of the messages that it has whole and did not refuse, also while no answer has ended.
    """

    def __init__(self, port: int) -> None:
        self.accepted: list[tuple[str, str]] = []
        self.begun = 0
        self.heard: list[str] = []
        self.drips = threading.Event()
        self.refuses = threading.Event()
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                content: dict[str, Any] = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                if receiver.refuses.is_set():
                    self.send_error(503)
                    return
                receiver.heard.append(content["title"])
                receiver.begun += 1
                with contextlib.suppress(ConnectionError):
                    self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
                    while receiver.drips.is_set():
                        self.wfile.write(b".")
                        threading.Event().wait(0.3)
                    self.wfile.write(b"\r\nContent-Length: 0\r\n\r\n")
                    receiver.accepted.append((self.path, content["title"]))

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        threading.Thread(target=self._server.serve_forever, args=(0.1,), daemon=True).start()
