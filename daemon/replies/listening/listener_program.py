"""What does the process do that reads the topics of answers for the service?

It follows each topic by a thread, tells the service of each token that is ours, once, and of what keeps it from
reading. What anybody else writes there ends here. A server that refuses is asked again after an hour, one that asks to
be left alone is, and any other is tried again after pauses that double, spread by chance, as all its readers come back
at the same moment.
"""

import contextlib
import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, cast

from hersteld.daemon.database.line_column import stored
from hersteld.daemon.replies.listening.pace import Pace
from hersteld.daemon.replies.listening.stream import StreamEnded, TopicMessage, read_topic
from hersteld.daemon.replies.tokens import COUNTS_FOR, Tokens, hash_of
from hersteld.daemon.system.channel import Channel, Closed, Json
from hersteld.daemon.system.clock import iso
from hersteld.parsers.line import Line

TELL_AFTER = 2
"""So many failures in a row are worth a word: a connection that a router cuts is there again at once."""

MOST_TOLD = 10
"""Nobody comes back to the same button more often [H]; whoever sends the same ones for ever keeps nobody busy."""


def serve(channel: Channel) -> None:
    """Run in the process that reads: one request, then what is heard; or, for a poll, one answer about each topic."""
    request, _ = channel.receive()
    asked = cast("dict[str, Any]", request)
    if "key" not in asked:
        channel.send({"faults": {topic["name"]: stored(_fault_of(topic)) for topic in asked["topics"]}})
        return
    tokens = Tokens(bytes.fromhex(asked["key"]), asked["identity"])
    lock = threading.Lock()

    def tell(what: Json) -> None:
        with lock:
            channel.send(what)

    followers = [Follower(topic, tokens, Pace(**asked["pace"]), tell) for topic in asked["topics"]]
    threads = [threading.Thread(target=follower.run, daemon=True) for follower in followers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _fault_of(topic: dict[str, Any]) -> Any:
    """Return why a topic cannot be read now, as a part of a sentence; None where it can."""
    try:
        for _ in read_topic(topic["url"], topic["token"], _seconds(), is_poll=True, silent_s=topic["within_s"]):
            pass
    except StreamEnded as ended:
        return ended.reason
    return None


def _seconds(ago_s: float = 0.0) -> str:
    return str(max(1, int(time.time() - ago_s)))  # a board without a clock wakes up in 1970


class Follower:
    """Reads one topic for ever.

    Args:
        topic: Its `name`, `url` and `token`.
        tell: Called with what the service is to hear.
        wait: Waits for some seconds.
        chance: Draws from [0, 1).
    """

    def __init__(
        self,
        topic: dict[str, Any],
        tokens: Tokens,
        pace: Pace,
        tell: Callable[[Json], None],
        *,
        wait: Callable[[float], None] = time.sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._topic = topic
        self._tokens = tokens
        self._pace = pace
        self._tell = tell
        self._wait = wait
        self._chance = chance
        self._last_id: str | None = None
        self._is_told_deaf = False
        self._told: Counter[str] = Counter()
        self._last: dict[int, str] = {}
        self._failures = 0

    def run(self) -> None:
        """Read, and begin again whenever the connection ends; until the service has gone."""
        with contextlib.suppress(Closed):  # the service has gone
            while True:
                self._wait(self.step())

    def step(self) -> float:
        """Read until the connection ends; return how long to wait before the next one, in seconds."""
        began_s = time.monotonic()
        try:
            self._read()
        except Closed:
            raise
        except StreamEnded as ended:
            return self._pause_s(ended, time.monotonic() - began_s)
        except Exception:  # noqa: BLE001 - no memory, say: the next connection may go well
            return self._pause_s(StreamEnded(Line("reasons.unknown")), time.monotonic() - began_s)
        return self._pace.first_s

    def _read(self) -> None:
        # What was sent while nobody read counts as long as its token does; the server keeps it for some hours.
        since = self._last_id or _seconds(COUNTS_FOR.total_seconds())
        for message in read_topic(
            self._topic["url"],
            self._topic["token"],
            since,
            opened=self._opened,
            alive=self._alive,
            silent_s=self._pace.silent_s,
        ):
            self._alive()
            self._hear(message)

    def _pause_s(self, ended: StreamEnded, lasted_s: float) -> float:
        """Tell why a connection has ended, where that is worth a word; return how long to wait before the next."""
        if lasted_s >= self._pace.silent_s:
            self._failures = 0  # it has been read for a while
        pause_s = self._pace.pause_s(self._failures, self._chance, is_refused=ended.is_refused, asked_s=ended.wait_s)
        self._failures += 1
        if ended.is_refused or self._failures >= TELL_AFTER:
            self._is_told_deaf = True
            self._tell({"name": self._topic["name"], "fault": stored(ended.reason)})
        return pause_s

    def _opened(self) -> None:
        # One that broke off before is heard again when it says more than that the connection is open.
        if not self._is_told_deaf:
            self._tell({"name": self._topic["name"], "fault": None})

    def _alive(self) -> None:
        if self._is_told_deaf:
            self._is_told_deaf = False
            self._tell({"name": self._topic["name"], "fault": None})

    def _hear(self, message: TopicMessage) -> None:
        self._last_id = message.id
        reply = self._tokens.read(message.text, datetime.now(UTC))
        if reply is None:
            return
        # There are few: nobody else can make one. The same again is worth a word after another of the same question.
        hash_ = hash_of(message.text)
        if self._last.get(reply.workout_id) != hash_ and self._told[hash_] < MOST_TOLD:
            self._told[hash_] += 1
            self._last[reply.workout_id] = hash_
            self._tell({"name": self._topic["name"], "token": message.text, "sent_at": iso(message.sent_at)})
