"""Real receivers on this machine: a web server for `json://`, one for pings, a mail server for `mailto://`."""

import json
import socket
import threading
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

SECRETS = ("b3fluisterd-w8woord", "geheim-pad-9f31c2", "tok-77aa41ee90")
"""What must never be seen: password, path and query value of every address that `HttpReceiver.url` gives."""


@dataclass(frozen=True, slots=True)
class Received:
    """One message as a receiver got it."""

    title: str
    body: str


def free_port() -> int:
    """Return a port of the loopback that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class HttpReceiver:
    """Accepts POSTs of JSON and keeps them. It can refuse them, go down, and come back up on its port."""

    def __init__(self) -> None:
        self.received: list[Received] = []
        self.attempts = 0
        self.status = 200
        self._server: ThreadingHTTPServer | None = None
        self._thread: threading.Thread | None = None
        self._port = 0
        self.up()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.down()

    @property
    def url(self) -> str:
        """The Apprise address of this receiver, with a secret in each of its places."""
        password, path, token = SECRETS
        return f"json://anna:{password}@127.0.0.1:{self._port}/{path}?-token={token}"

    @property
    def port(self) -> int:
        """The port of the loopback at which it listens."""
        return self._port

    def down(self) -> None:
        """Stop listening, as a server that was switched off."""
        if self._server is not None and self._thread is not None:
            self._server.shutdown()
            self._thread.join()
            self._server.server_close()
            self._server = None

    def up(self) -> None:
        """Listen, on the same port as before."""
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                content: dict[str, Any] = self._words() if body.startswith(b"\x89PNG") else json.loads(body)
                receiver.attempts += 1
                if receiver.status == 200:
                    receiver.received.append(Received(content["title"], content["message"]))
                self.send_response(receiver.status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def _words(self) -> dict[str, Any]:
                """Return the words beside a picture, as ntfy reads them."""
                names = {"title": "X-Title", "message": "X-Message"}
                return {name: str(make_header(decode_header(self.headers[header]))) for name, header in names.items()}

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base's own name
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", self._port), Handler)
        self._port = self._server.server_port
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()


class PingReceiver:
    """Accepts whatever calls it.

    Attributes:
        heard: Of each call its method, its path and its body.
        logins: The `Authorization` of each call that had one.
        status: What it answers.
    """

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.logins: list[str] = []
        self.status = 200
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
                receiver.logins += filter(None, [self.headers["Authorization"]])
                receiver.heard.append(f"{self.command} {self.path} {body}".strip())
                self.send_response(receiver.status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            do_GET = do_POST  # noqa: N815 - the base's own name

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base's own name
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = int(self._server.server_port)
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


class SmtpReceiver:
    """Accepts mail from whoever knows the password, and keeps it. It can refuse each mail, or each that is large."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.reply = "250 OK"
        self.most_bytes = 2**20
        self.logins = 0

        def authenticated(*given: Any) -> AuthResult:
            self.logins += 1
            return _authenticated(*given)

        self._controller = Controller(
            self,
            hostname="127.0.0.1",
            port=free_port(),
            server_hostname="localhost",  # else each connection first waits for the name service
            authenticator=authenticated,
            auth_require_tls=False,
        )

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._controller.stop()

    @property
    def url(self) -> str:
        """The Apprise address of this receiver, with its password."""
        place = f"anna:{SECRETS[0]}@127.0.0.1:{self._controller.port}"
        return f"mailto://{place}?mode=insecure&from=hersteld@example.org&to=anna.de.vries@example.org"

    @property
    def received(self) -> list[Received]:
        """Subject and text of each mail, without what is attached, the line ends as the sender wrote them."""
        return [
            Received(str(mail["subject"]), text.get_content().replace("\r\n", "\n").removesuffix("\n"))
            for mail in self.mails
            if (text := mail.get_body(("plain",))) is not None
        ]

    async def handle_DATA(self, server: object, session: object, envelope: Any) -> str:  # noqa: ARG002, N802 - aiosmtpd's
        """Keep one mail; aiosmtpd calls this by name."""
        if len(envelope.content) > self.most_bytes:
            return "552 message size exceeds fixed maximum message size"
        if self.reply.startswith("250"):
            self.mails.append(message_from_bytes(envelope.content, EmailMessage, policy=policy.default))
        return self.reply


def _authenticated(server: object, session: object, envelope: object, mechanism: str, given: object) -> AuthResult:  # noqa: ARG001 - aiosmtpd's
    """Tell whether these are the user and password of the address."""
    known = isinstance(given, LoginPassword) and (given.login, given.password) == (b"anna", SECRETS[0].encode())
    return AuthResult(success=known, handled=False)  # so aiosmtpd itself gives the answer
