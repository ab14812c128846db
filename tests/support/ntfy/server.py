"""A real web server that behaves as ntfy does towards who publishes and who subscribes.

By docs.ntfy.sh: publishing as JSON at the root, as text at a topic, or as a file whose words stand in headers or in the
address, the header `X-Actions`, reading by
`GET /topic/json` with `since` and `poll`, the events `open`, `keepalive` and `message`, chunked as Go writes them, and
access by topic: a token that is none is 401, one without the right is 403.
"""

import json
import secrets
import ssl
import string
import threading
import time
from dataclasses import dataclass, field
from email.header import decode_header, make_header
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

MOST_ACTIONS = 3
_LETTERS = string.ascii_letters + string.digits


@dataclass(frozen=True, slots=True)
class Published:
    """One message as the server took it."""

    id: str
    at_s: int
    topic: str
    title: str
    body: str
    actions: list[dict[str, Any]]
    file: bytes | None = None


@dataclass(slots=True)
class Asked:
    """One request to read a topic."""

    topic: str
    query: dict[str, str]
    headers: dict[str, str]


@dataclass(slots=True)
class NtfyServer:
    """It can refuse, fall silent, go down, and come back up on its port.

    Attributes:
        readers: The token that may read a topic; who is not here may be read by anybody. All may write.
        caches: Whether messages are kept for who comes later.
        keepalive_s: The time between two words on an open connection; None for a server that falls silent.
        refusals: What the next requests to read are answered with: a status and headers.
        breaks_off: Whether a connection ends as soon as it has begun.
        raw: Bytes that are written into each open connection after its begin.
        takes_files: Whether it takes attachments; what it answers otherwise, where that is not what ntfy does.
        published: What was sent, by anybody, in order.
        addresses: Of each request to publish, the path with all that stands behind it.
        asked: Who asked to read.
    """

    certificate: Path | None = None
    readers: dict[str, str] = field(default_factory=dict)
    caches: bool = True
    keepalive_s: float | None = 0.5
    refusals: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    breaks_off: bool = False
    raw: bytes = b""
    takes_files: bool | int = True
    published: list[Published] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    port: int = 0
    _news: threading.Condition = field(default_factory=threading.Condition)
    _server: ThreadingHTTPServer | None = None
    _thread: threading.Thread | None = None
    _life: int = 0

    def __enter__(self) -> Self:
        self.up()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.down()

    @property
    def url(self) -> str:
        """Its web address."""
        return f"{'https' if self.certificate else 'http'}://127.0.0.1:{self.port}"

    def target(self, topic: str) -> str:
        """Return the Apprise address of a topic."""
        return f"{'ntfys' if self.certificate else 'ntfy'}://127.0.0.1:{self.port}/{topic}"

    def of(self, topic: str) -> list[Published]:
        """Return what was published to a topic."""
        return [one for one in self.published if one.topic == topic]

    def publish(
        self, topic: str, text: str, *, title: str = "", actions: Any = None, file: bytes | None = None
    ) -> Published:
        """Take a message."""
        with self._news:
            id_ = "".join(secrets.choice(_LETTERS) for _ in range(12))
            one = Published(id_, int(time.time()), topic, title, text, actions or [], file)
            self.published.append(one)
            self._news.notify_all()
            return one

    def cut(self) -> None:
        """End all open connections."""
        with self._news:
            self._life += 1
            self._news.notify_all()

    def down(self) -> None:
        """Stop listening, and end all open connections, as a server that was switched off."""
        self.cut()
        if self._server is not None and self._thread is not None:
            self._server.shutdown()
            self._thread.join()
            self._server.server_close()
            self._server = None

    def up(self) -> None:
        """Listen, on the same port as before."""
        ntfy = self

        class Handler(_Handler):
            server_of_ntfy = ntfy

        server = ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        server.daemon_threads = True
        if self.certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(self.certificate)
            server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        self._server, self.port = server, server.server_port
        self._thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()

    def stream(self, handler: "_Handler", topic: str, since: str | None, *, is_poll: bool) -> None:
        """Write what a reader is to read, until somebody has enough."""
        with self._news:
            life, seen = self._life, self._begin(topic, since)
        if not is_poll:
            handler.say({"id": "open12345678", "time": int(time.time()), "event": "open", "topic": topic})
            handler.chunk(self.raw)
        if self.breaks_off:
            return
        while True:
            with self._news:
                new, seen = self.published[seen:], len(self.published)
            for one in new:
                if one.topic == topic:
                    handler.say(
                        {"id": one.id, "time": one.at_s, "event": "message", "topic": topic, "message": one.body}
                    )
            if is_poll:
                return
            with self._news:
                is_over = self._news.wait_for(partial(self._has_news, seen, life), self.keepalive_s)
                if self._life != life:
                    return
            if not is_over:
                handler.say({"id": "keep12345678", "time": int(time.time()), "event": "keepalive", "topic": topic})

    def _has_news(self, seen: int, life: int) -> bool:
        return len(self.published) > seen or self._life != life

    def _begin(self, topic: str, since: str | None) -> int:
        """Return the place among the published from which on a reader is told."""
        if since is None or not self.caches:
            return len(self.published)
        if since == "all":
            return 0
        if since.isdecimal() and len(since) != 12:
            return next((i for i, one in enumerate(self.published) if one.at_s >= int(since)), len(self.published))
        known = [number for number, one in enumerate(self.published) if one.topic == topic and one.id == since]
        return known[0] + 1 if known else 0  # of an id that nobody knows, all is told


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_of_ntfy: NtfyServer

    def do_POST(self) -> None:
        """Publish: JSON at the root, text or a file at a topic."""
        body, file = self.rfile.read(int(self.headers.get("Content-Length", 0))), None
        self.server_of_ntfy.addresses.append(self.path)
        topic, title = urlsplit(self.path).path.strip("/"), self._given("title")
        if not topic:
            content = json.loads(body)
            topic, title, text = content["topic"], content.get("title", ""), content.get("message", "triggered")
        elif self._given("filename"):
            takes = self.server_of_ntfy.takes_files
            if takes is not True:
                error = {"code": 40014, "http": 400, "error": "invalid request: attachments not allowed"}
                self._answer(takes or 400, error if takes is False else {"code": takes * 100, "http": takes})
                return
            text, file = self._given("message") or f"You received a file: {self._given('filename')}", body
        else:
            text = body.decode()
        # Go hands over the bytes of a header; ntfy takes them for UTF-8.
        written = self.headers.get("X-Actions", "").encode("latin-1").decode("utf-8", "replace")
        try:
            actions = _actions(written)
        except ValueError:
            self._answer(400, {"code": 40018, "http": 400, "error": "invalid request: actions invalid"})
            return
        one = self.server_of_ntfy.publish(topic, text, title=title, actions=actions, file=file)
        self._answer(200, {"id": one.id, "time": one.at_s, "event": "message", "topic": topic, "message": text})

    do_PUT = do_POST  # noqa: N815 - the base's own name

    def do_GET(self) -> None:
        """Subscribe to a topic, or poll it."""
        parts = urlsplit(self.path)
        topic, _, form = parts.path.strip("/").rpartition("/")
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        ntfy = self.server_of_ntfy
        ntfy.asked.append(Asked(topic, query, dict(self.headers)))
        if ntfy.refusals:
            status, headers = ntfy.refusals.pop(0)
            self._answer(status, {"http": status, "error": "so it is"}, **headers)
            return
        token = self.headers.get("Authorization", "").removeprefix("Bearer ")
        may_read = ntfy.readers.get(topic)
        if token and token not in ntfy.readers.values():
            self._answer(401, {"code": 40101, "http": 401, "error": "unauthorized"})
        elif may_read is not None and token != may_read:
            self._answer(403, {"code": 40301, "http": 403, "error": "forbidden"})
        elif form != "json":
            self._answer(404, {"code": 40401, "http": 404, "error": "page not found"})
        else:
            self.send_response(200)
            self.send_header("Content-Type", "application/x-ndjson; charset=utf-8")
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            try:
                ntfy.stream(self, topic, query.get("since"), is_poll="poll" in query)
                self.wfile.write(b"0\r\n\r\n")
            except OSError:  # the reader has gone
                pass
            self.close_connection = True

    def _given(self, name: str) -> str:
        """Return what a header says, or else the address."""
        if written := self.headers.get(f"X-{name.capitalize()}"):
            return str(make_header(decode_header(written)))
        return parse_qs(urlsplit(self.path).query).get(name, [""])[0]

    def say(self, event: dict[str, Any]) -> None:
        """Write one line of a stream."""
        self.chunk(json.dumps(event).encode() + b"\n")

    def chunk(self, part: bytes) -> None:
        """Write a part of a stream."""
        if part:
            self.wfile.write(b"%x\r\n%s\r\n" % (len(part), part))
            self.wfile.flush()

    def _answer(self, status: int, content: dict[str, Any], **headers: str) -> None:
        body = json.dumps(content).encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base's own name
        """Say nothing."""


def _actions(written: str) -> list[dict[str, Any]]:
    """Return the buttons that a header describes as JSON.

    Raises:
        ValueError: It is none that ntfy would take.
    """
    if not written:
        return []
    actions = json.loads(written)
    if not isinstance(actions, list) or len(actions) > MOST_ACTIONS:
        raise ValueError("too many")
    for action in actions:
        if action["action"] not in ("view", "broadcast", "http") or not action.get("label"):
            raise ValueError("no action")
        if action["action"] == "http" and not action.get("url"):
            raise ValueError("no url")
    return actions
