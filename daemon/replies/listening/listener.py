"""How does the service hear of taps, without waiting for any server?

A thread waits for what the process says that reads the topics (`listener_program`), and wakes the main loop, which
takes the taps when it likes. Where the process ends, another is started, after pauses that double. What keeps a topic
from being read is said once in the log, as is that it can be read again; nothing else of the service depends on it.
"""

import contextlib
import logging
import os
import select
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from hersteld.config.settings import Target
from hersteld.config.texts.speech import say
from hersteld.daemon.database.line_column import line_of
from hersteld.daemon.reading.os_reasons import why_refused
from hersteld.daemon.replies.listening.pace import Pace, restart_s
from hersteld.daemon.system.channel import Json
from hersteld.daemon.system.child_process import ChildLost, ChildProcess, Limits
from hersteld.daemon.system.clock import from_iso
from hersteld.daemon.system.errors import start
from hersteld.parsers.line import Line

log = logging.getLogger(__name__)

LIMITS = Limits(data_bytes=2**28, answer_bytes=2**12)
"""The process needs some 30 MB, and room for the stacks of its threads, of which it uses little."""
CHECK_S = 20.0
_TAKE_S = 10.0
_MOST_KEPT = 1000
_PROGRAM = "hersteld.daemon.replies.listening.listener_program:serve"


@dataclass(frozen=True, slots=True)
class Tap:
    """What a tap sent.

    Attributes:
        token: One of ours, by its signature.
        sent_at: When the server took it, aware UTC.
    """

    token: str
    sent_at: datetime


class ReplyListener:
    """Hears of taps on the buttons of messages.

    Args:
        targets: Those whose `reply` names a topic.
        key, identity: With which the tokens are signed.
        wake: Called in a thread of ours when there is a tap to take.
    """

    def __init__(
        self,
        targets: Sequence[Target],
        key: bytes,
        identity: str,
        wake: Callable[[], None],
        *,
        pace: Pace | None = None,
    ) -> None:
        self._names = [target.name for target in targets if target.reply is not None]
        self._request: Json = {
            "topics": topics_of(targets),
            "key": key.hex(),
            "identity": identity,
            "pace": asdict(pace or Pace()),
        }
        self._wake = wake
        self._taps: list[Tap] = []
        self._lock = threading.Lock()
        self._faults: dict[str, Line] = {}
        self._heard: set[str] = set()
        self._stop_reader, self._stop_writer = os.pipe()
        self._thread = threading.Thread(target=self._run, name="replies", daemon=True)

    def start(self) -> None:
        """Begin to listen.

        Raises:
            NoThread: The machine gives us no thread.
        """
        start(self._thread)

    def close(self) -> None:
        """Stop listening, and end the process."""
        with contextlib.suppress(OSError):
            os.write(self._stop_writer, b"!")
        if self._thread.is_alive():
            self._thread.join(_TAKE_S)
        if not self._thread.is_alive():
            os.close(self._stop_reader)
            os.close(self._stop_writer)

    def first(self) -> Tap | None:
        """Return the tap that came first of those that are not done; None where there is none."""
        with self._lock:
            return self._taps[0] if self._taps else None

    def done(self, tap: Tap) -> None:
        """Forget a tap, as what it says is stored."""
        with self._lock:
            self._taps.remove(tap)

    def _run(self) -> None:
        pause_s = 0.0
        while True:
            began_s = time.monotonic()
            try:
                child = ChildProcess(_PROGRAM, limits=LIMITS, heeds_stop=False, quiet=True)
                try:
                    child.tell(self._request, within_s=_TAKE_S)
                    while not self._is_stopped(child):
                        said, _ = child.answer(within_s=_TAKE_S)
                        self._hear(said)
                    return
                finally:
                    child.end()
            except ChildLost as lost:
                reason = lost.reason
            except OSError as error:
                reason = why_refused(error)
            except Exception:  # noqa: BLE001 - no memory, say: answers can wait
                reason = Line("reasons.unknown")
            with contextlib.suppress(Exception):
                for name in self._names:
                    self._say(name, reason)
            pause_s = restart_s(pause_s, lived_s=time.monotonic() - began_s)
            if self._is_stopped(within_s=pause_s):
                return

    def _is_stopped(self, child: ChildProcess | None = None, *, within_s: float | None = None) -> bool:
        """Wait until the process says something, or for some time; return whether we are to stop."""
        poll = select.poll()
        poll.register(self._stop_reader, select.POLLIN)
        if child is not None:
            poll.register(child, select.POLLIN)
        ready = poll.poll(None if within_s is None else 1000 * within_s)
        return any(descriptor == self._stop_reader for descriptor, _ in ready)

    def _hear(self, said: Json) -> None:
        if "token" in said:
            with self._lock:
                if len(self._taps) < _MOST_KEPT:
                    self._taps.append(Tap(str(said["token"]), from_iso(str(said["sent_at"]))))
            self._wake()
            return
        fault = said.get("fault")
        self._say(str(said["name"]), line_of(str(fault)) if fault else None)

    def _say(self, name: str, fault: Line | None) -> None:
        """Say what keeps a topic from being read, once, and that it is over."""
        before = self._faults.get(name)
        if fault is None:
            if name not in self._heard or before is not None:
                log.info("%s", say("replies.listens" if before is None else "replies.listens_again", target=name))
            self._heard.add(name)
            self._faults.pop(name, None)
        elif fault != before:
            self._faults[name] = fault
            log.warning("%s", say("replies.deaf", target=name, reason=(fault,)))


def topics_of(targets: Sequence[Target], **more: object) -> list[dict[str, Any]]:
    """Return the topics of targets as the process is told of them."""
    return [
        {
            "name": target.name,
            "url": target.reply.get_secret_value(),
            "token": target.reply_token.get_secret_value() if target.reply_token else None,
            **more,
        }
        for target in targets
        if target.reply is not None
    ]


def faults_of(targets: Sequence[Target], *, within_s: float = CHECK_S) -> Mapping[str, Line | None]:
    """Return of each target whose `reply` names a topic why that cannot be read now; None where it can.

    Args:
        within_s: How long a server may take.
    """
    topics = topics_of(targets, within_s=within_s / 2)
    names = [topic["name"] for topic in topics]
    child = None
    try:
        child = ChildProcess(_PROGRAM, limits=LIMITS, quiet=True)
        said, _ = child.ask({"topics": topics}, within_s=within_s * max(1, len(topics)))
        told: Any = said["faults"]
        return {name: line_of(str(told[name])) if told[name] else None for name in names}
    except ChildLost as lost:
        return dict.fromkeys(names, lost.reason)
    except (OSError, KeyError, TypeError) as error:
        reason = why_refused(error) if isinstance(error, OSError) else Line("reasons.child_garbled")
        return dict.fromkeys(names, reason)
    finally:
        if child is not None:
            child.end()
