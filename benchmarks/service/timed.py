"""The real `hersteld run`, which notes when it does what, on the clock that does not jump.

Its notes are lines of a file that HERSTELD_NOTES names: the moment, how long the thread has computed, and what has
happened then.
"""

import functools
import os
import time
from collections.abc import Callable
from typing import Any

from hersteld.daemon.cli.main import main
from hersteld.daemon.delivery.call_process import CallProcess
from hersteld.daemon.inbox.scan import Inbox
from hersteld.daemon.ingest.from_inbox import InboxIngest
from hersteld.daemon.reading.reader import ReaderProcess

_NOTES = os.open(os.environ.get("HERSTELD_NOTES", os.devnull), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)


def note(what: str) -> None:
    """Note that something happens now."""
    os.write(_NOTES, f"{time.monotonic():.6f} {time.thread_time():.6f} {what}\n".encode())


def noted(kind: type, method: str, before: str = "", after: str = "") -> None:
    """Have a method of a class noted, when it is called and when it returns."""
    original: Callable[..., Any] = getattr(kind, method)

    @functools.wraps(original)
    def noting(*arguments: Any, **named: Any) -> Any:
        if before:
            note(before)
        result = original(*arguments, **named)
        if after:
            note(after)
        return result

    setattr(kind, method, noting)


if __name__ == "__main__":
    noted(Inbox, "scan", "scan", "scanned")
    noted(Inbox, "check", "read")
    noted(ReaderProcess, "start", "noticed")
    noted(InboxIngest, "_watched", "found")
    noted(InboxIngest, "_take_open", after="decoded")
    noted(InboxIngest, "look", after="stored")
    noted(CallProcess, "call", "call")
    main()
