"""How is the receiver told that the service is well, or that it is not?

While all is well, by GET of the address as it is, which healthchecks.io, Uptime Kuma and most others understand. If
not, the id of the trouble is sent by POST to the address with `/fail` behind its path, as healthchecks.io has it. An
address of Uptime Kuma has no such path: there the word `down` and the id stand in the query.
The call is made in a process of its own, which can be ended, and which takes no memory between two pings.
"""

import urllib.error
import urllib.request
from base64 import b64encode
from collections.abc import Callable
from email.message import Message
from http.client import HTTPException
from typing import IO
from urllib.parse import SplitResult, parse_qsl, unquote, urlencode, urlsplit

from hersteld.daemon.database.line_column import line_of, stored
from hersteld.daemon.delivery.failure_reasons import no_answer_within, reason_of
from hersteld.daemon.health.trouble import TroubleId
from hersteld.daemon.system.channel import Channel
from hersteld.daemon.system.child_process import ChildLost, ChildProcess, Limits
from hersteld.parsers.line import Line

PING_TIMEOUT_S = 20.0
_SOCKET_TIMEOUT_S = 10.0
_LIMITS = Limits(data_bytes=128 * 2**20, answer_bytes=2**16)
_OF_KUMA = "/api/push/"
_FAIL = "/fail"


def ping(
    url: str,
    trouble: TroubleId | None,
    *,
    timeout_s: float = PING_TIMEOUT_S,
    begun: Callable[[ChildProcess], None] = lambda _: None,
) -> Line | None:
    """Ping once; return why that failed, as a part of a sentence, or None when it was accepted. Never raise.

    Args:
        trouble: The id of what is wrong; None when all is well.
        begun: Called with the process that calls, for who may have to end it.
    """
    process = None
    try:
        process = ChildProcess(f"{__name__}:serve", limits=_LIMITS, quiet=True)
        begun(process)
        said, _ = process.ask({"url": url, "trouble": trouble}, within_s=timeout_s)
    except ChildLost as lost:
        return no_answer_within(timeout_s) if lost.is_late else Line("delivery.call_broke_off")
    except Exception:  # noqa: BLE001 - no process, no memory: the service goes on without
        return Line("delivery.call_broke_off")
    finally:
        if process is not None:
            process.end()
    return None if said.get("ok") is True else line_of(str(said.get("reason"))) or Line("delivery.without_reason")


def serve(channel: Channel) -> None:
    """Run in the child process: receive an address, call it, and say what became of that."""
    given, _ = channel.receive()
    trouble = given["trouble"]
    reason = _call(_request(str(given["url"]), None if trouble is None else str(trouble)))
    channel.send({"ok": reason is None, "reason": stored(reason)})


def _request(url: str, trouble: str | None) -> urllib.request.Request:
    parts = urlsplit(url)
    body = None
    if trouble is not None and _OF_KUMA in parts.path:
        asked = [(key, value) for key, value in parse_qsl(parts.query) if key not in ("status", "msg", "ping")]
        parts = parts._replace(query=urlencode([*asked, ("status", "down"), ("msg", trouble)]))
    elif trouble is not None:
        parts = parts._replace(path=parts.path.rstrip("/") + _FAIL)
        body = trouble.encode()
    request = urllib.request.Request(_without_login(parts), data=body, headers={"User-Agent": "hersteld"})  # noqa: S310 - checked by the configuration
    if body is not None:
        request.add_header("Content-Type", "text/plain; charset=utf-8")
    if parts.username is not None:
        login = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        request.add_unredirected_header("Authorization", "Basic " + b64encode(login.encode()).decode())
    return request


def _without_login(parts: SplitResult) -> str:
    return parts._replace(netloc=parts.netloc.rpartition("@")[2], fragment="").geturl()


class _NowhereElse(urllib.request.HTTPRedirectHandler):
    """Follows nobody: the ping is for the server in the configuration, and for none that this one names."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> None:
        """Return no other request, so that the answer counts as it is."""
        del req, fp, code, msg, headers, newurl


def _call(request: urllib.request.Request) -> Line | None:
    """Return why the receiver did not accept a request; None when it did. What it writes is not read."""
    try:
        with urllib.request.build_opener(_NowhereElse).open(request, timeout=_SOCKET_TIMEOUT_S):
            return None
    except urllib.error.HTTPError as error:
        return reason_of("", [f"error={error.code}"], _SOCKET_TIMEOUT_S)
    except urllib.error.URLError as error:
        words = f"{type(error.reason).__name__}: {error.reason}"
    except (OSError, HTTPException, ValueError) as error:
        words = f"{type(error).__name__}: {error}"
    return reason_of("", [words], _SOCKET_TIMEOUT_S)
