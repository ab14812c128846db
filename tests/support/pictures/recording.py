"""A web server that keeps each request as it was, and answers as a test wants."""

import base64
import json
import threading
from collections.abc import Callable
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

SIGN = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True, slots=True)
class Request:
    """One request.

    Attributes:
        path: With all that stands behind it.
    """

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def parts(self) -> dict[str, bytes]:
        """The parts of a form, by their names; none of another request."""
        head = f"Content-Type: {self.headers.get('Content-Type', '')}\r\n\r\n".encode()
        whole = message_from_bytes(head + self.body, EmailMessage, policy=policy.HTTP)
        if not whole.is_multipart():
            return {}
        return {
            str(part.get_param("name", header="content-disposition")): _bytes_of(part) for part in whole.iter_parts()
        }

    @property
    def picture(self) -> bytes | None:
        """The picture in it: as it is, as a part of a form, or in base64 within JSON; None for none."""
        if self.body.startswith(SIGN):
            return self.body
        for content in self.parts.values():
            if content.startswith(SIGN):
                return content
        if self.body.startswith(b"{"):
            return next(_in_json(json.loads(self.body)), None)
        return None

    def says(self, words: str) -> bool:
        """Return whether these words stand in it, letter by letter or as JSON has them."""
        return words.encode() in self.body or json.dumps(words)[1:-1].encode() in self.body


def _bytes_of(part: Any) -> bytes:
    return bytes(part.get_payload(decode=True))


def _in_json(content: Any) -> Any:
    for value in content.values() if isinstance(content, dict) else content if isinstance(content, list) else ():
        if isinstance(value, str) and len(value) > 1000:
            found = base64.b64decode(value.partition("base64,")[2] or value)
            if found.startswith(SIGN):
                yield found
        else:
            yield from _in_json(value)


Answer = Callable[[Request], tuple[int, dict[str, Any]]]


def accept(request: Request) -> tuple[int, dict[str, Any]]:
    """Take whatever comes."""
    del request
    return 200, {}


class Recorder:
    """The server, while the block runs.

    Args:
        answer: Returns the status and the JSON that a request is answered with.
    """

    def __init__(self, answer: Answer = accept) -> None:
        self.requests: list[Request] = []
        recorder = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                request = Request(self.command, self.path, dict(self.headers), body)
                recorder.requests.append(request)
                status, content = answer(request)
                written = json.dumps(content).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(written)))
                self.end_headers()
                self.wfile.write(written)

            do_GET = do_PUT = do_POST  # noqa: N815 - the base's own names

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base's own name
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def place(self) -> str:
        """Its host and port."""
        return f"127.0.0.1:{self._server.server_port}"

    def with_words(self, words: str) -> list[Request]:
        """Return the requests in which these words stand."""
        return [request for request in self.requests if request.says(words)]

    @property
    def pictures(self) -> list[bytes]:
        """All pictures that came, in order."""
        return [request.picture for request in self.requests if request.picture is not None]
