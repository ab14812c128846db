"""A receiver whose books are exact: it says when all that was sent to it is in them."""

import json
import threading
import urllib.request
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, HTTPServer
from types import TracebackType
from typing import Any, Self

from tests.support.machine.process import PATIENCE_S
from tests.support.receivers import Received


class Witness:
    """A web server that accepts one message after the other and keeps them.

    Attributes:
        on_receipt: Called when a message was accepted and not yet answered.
    """

    def __init__(self) -> None:
        self.received: list[Received] = []
        self.on_receipt: Callable[[], None] = lambda: None
        witness = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                content: dict[str, Any] = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                witness.received.append(Received(content["title"], content["message"]))
                witness.on_receipt()
                self.do_GET()

            def do_GET(self) -> None:
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def handle(self) -> None:
                try:
                    super().handle()
                except (ConnectionError, ValueError):  # whoever called was killed in the middle of it
                    self.close_connection = True

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base's own name
                """Say nothing."""

        self._server = HTTPServer(("127.0.0.1", 0), Handler)
        self._server.request_queue_size = 64
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def url(self) -> str:
        """Its Apprise address."""
        return f"json://127.0.0.1:{self._server.server_port}/"

    def is_idle(self) -> None:
        """Return when all messages sent before are kept: callers are served one by one, in order."""
        urllib.request.urlopen(f"http://127.0.0.1:{self._server.server_port}/", timeout=PATIENCE_S).close()
