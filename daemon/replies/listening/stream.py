"""How is a topic of ntfy read, whatever its server does?

One connection that we open stays open, and the server writes a line of JSON for each event: `open` at its begin,
`keepalive` about every 45 s, and `message`. A connection on which nothing came for twice that time is dead, though
nobody said so. A line is bounded, a redirection is not followed, and nothing may be cached on the way. The calls are
made with the library that Apprise sends with, so that proxies and authorities of one's own hold for both
(`REQUESTS_CA_BUNDLE`).

Source: docs.ntfy.sh/subscribe/api.
"""

import json
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import requests
import urllib3

from hersteld.daemon.delivery.failure_reasons import no_answer_within, reason_of
from hersteld.daemon.replies.listening.pace import KEEPALIVE_S
from hersteld.parsers.line import Line

LONGEST_LINE = 2**15
"""In bytes; a message of ntfy has 4,096, and every letter of it may be spelt with six."""
_CONNECT_S = 10.0
_LONGEST_WAIT_S = 3600.0
_TOO_MANY = 429
_REFUSALS = (401, 403)
_CHUNK = 2**14
_ID = re.compile("[A-Za-z0-9]{1,64}")
"""What may stand in the address of a later request; an id of ntfy has twelve letters."""


@dataclass(frozen=True, slots=True)
class TopicMessage:
    """One message of a topic.

    Attributes:
        id: Of the message, for the `since` of a later connection.
        sent_at: When the server took it, aware UTC.
        text: What was sent.
    """

    id: str
    sent_at: datetime
    text: str


class StreamEnded(Exception):  # noqa: N818 - says what happened
    """A topic is not read any more.

    Attributes:
        reason: Why, as a part of a sentence, without a word of the address.
        is_refused: Whether the server lets nobody read there with this token.
        wait_s: How long the server asks to be left alone; None where it does not say.
    """

    def __init__(self, reason: Line, *, is_refused: bool = False, wait_s: float | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.is_refused = is_refused
        self.wait_s = wait_s


def read_topic(
    url: str,
    token: str | None,
    since: str,
    *,
    opened: Callable[[], None] = lambda: None,
    alive: Callable[[], None] = lambda: None,
    is_poll: bool = False,
    silent_s: float = 2 * KEEPALIVE_S,
) -> Iterator[TopicMessage]:
    """Yield the messages of a topic as they come; end only after a poll.

    Args:
        url: Of the topic, a web address.
        token: With which it is read; None for a topic that anybody may read.
        since: From where on: the id of a message, or seconds since 1970.
        opened: Called when the server lets us read.
        alive: Called when it says later that it is there, or anything else.
        is_poll: Whether only what is there now is wanted.
        silent_s: How long nothing may come before the connection is given up.

    Raises:
        StreamEnded: The server cannot be reached, refuses, or has fallen silent, or the connection has ended.
    """
    asked = {"since": since, **({"poll": "1"} if is_poll else {})}
    headers = {"User-Agent": "hersteld", "Accept-Encoding": "identity", "Cache-Control": "no-cache, no-store"}
    try:
        with (
            requests.Session() as session,
            session.get(
                f"{url}/json",
                params=asked,
                headers=headers,
                auth=_Bearer(token),
                timeout=(_CONNECT_S, silent_s),
                stream=True,
                allow_redirects=False,
            ) as response,
        ):
            if response.status_code != requests.codes.ok:
                raise _refusal(response)
            opened()
            for number, line in enumerate(_lines(response, silent_s)):
                if number:  # the first only says that the connection is open
                    alive()
                if (message := _message_of(line)) is not None:
                    yield message
    except (requests.RequestException, urllib3.exceptions.HTTPError, OSError, ValueError) as error:
        words = f"{type(error).__name__}: {error}"
        is_late = isinstance(error, requests.Timeout | urllib3.exceptions.TimeoutError | TimeoutError)
        reason = no_answer_within(silent_s) if is_late else reason_of("", [words], silent_s)
        raise StreamEnded(reason) from None  # the words of the error hold the address
    if not is_poll:
        raise StreamEnded(Line("delivery.broken_off"))


class _Bearer(requests.auth.AuthBase):
    """Puts the token into a request, and nothing of a .netrc, which `requests` would look into otherwise."""

    def __init__(self, token: str | None) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        if self._token is not None:
            request.headers["Authorization"] = f"Bearer {self._token}"
        return request


def _refusal(response: requests.Response) -> StreamEnded:
    """Return what follows from an answer that is no stream. What the server writes beside it is not read."""
    code = response.status_code
    reason = reason_of("", [f"error={code}"], _CONNECT_S)
    wait_s = _retry_after_s(response.headers.get("Retry-After", "")) if code in (_TOO_MANY, 503) else None
    return StreamEnded(reason, is_refused=code in _REFUSALS, wait_s=wait_s)


def _retry_after_s(text: str) -> float | None:
    """Return how long a server asks to be left alone, 1 s to an hour: in seconds, or until a moment."""
    try:
        seconds = float(text) if text.strip().isdecimal() else None
        if seconds is None:
            until = parsedate_to_datetime(text)
            seconds = (until.replace(tzinfo=until.tzinfo or UTC) - datetime.now(UTC)).total_seconds()
    except (TypeError, ValueError, OverflowError):
        return None
    return min(_LONGEST_WAIT_S, max(1.0, seconds))


def _lines(response: requests.Response, silent_s: float) -> Iterator[bytes]:
    """Yield the lines of a stream; one that is too long is left out.

    Raises:
        TimeoutError: No line ended for too long, though single bytes may have come.
    """
    kept = b""
    is_too_long = False
    until_s = time.monotonic() + silent_s
    while chunk := response.raw.read1(_CHUNK):
        *ended, rest = chunk.split(b"\n")
        for part in ended:
            line, kept = kept + part, b""
            if not is_too_long and len(line) <= LONGEST_LINE:
                yield line
            is_too_long = False
        kept += rest
        if len(kept) > LONGEST_LINE:
            kept, is_too_long = b"", True
        now_s = time.monotonic()
        if ended:
            until_s = now_s + silent_s
        elif now_s > until_s:
            raise TimeoutError


def _message_of(line: bytes) -> TopicMessage | None:
    """Return the message in a line; None for what is none."""
    try:
        event: Any = json.loads(line)
        if event["event"] != "message":
            return None
        id_, at_s, text = event["id"], event["time"], event["message"]
        if not (isinstance(id_, str) and _ID.fullmatch(id_) and isinstance(text, str)):
            return None
        return TopicMessage(id_, datetime.fromtimestamp(at_s, UTC), text)
    except (ValueError, KeyError, TypeError, RecursionError, OverflowError, OSError):
        return None
