"""What does the service hear from outside the process? SIGTERM and SIGINT end it, and SIGUSR1 wakes it."""

import contextlib
import logging
import os
import select
import signal
import threading
import time
from collections.abc import Callable, Iterator
from types import FrameType

from hersteld.config.texts.speech import say
from hersteld.daemon.system.errors import start

log = logging.getLogger(__name__)

_TRY_AGAIN_S = 0.2
_LAST_WORD_S = 1.0  # for closing the database, when all patience is over


@contextlib.contextmanager
def heard(
    *, wake: Callable[[], None], stop: Callable[[], None], patience_s: float, cut_off: Callable[[], str | None]
) -> Iterator[None]:
    """End on SIGTERM and SIGINT, whatever the main thread is busy with; on a second one at once. Wake on SIGUSR1.

    A thread hears of them by a pipe that Python writes to at once, in whichever thread the signal arrives. A handler
    would run in the main thread alone, when that wakes: a signal that reaches another thread, or comes just before the
    main thread falls asleep, would wait for the next scan.
    To exit is safe at any moment: what is not committed is done again at the next start.

    Args:
        wake: Called in that thread for each SIGUSR1.
        stop: Called in that thread for the first of the others.
        patience_s: From then on to the end of the process, whatever is left.
        cut_off: Returns the log line about what the end of patience cuts off; None while the service is leaving.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    ended = threading.Event()

    def handled(number: int, frame: FrameType | None) -> None:
        """Do nothing: only a signal with a handler is written to the pipe."""

    def listen() -> None:
        while _next_in(reader) == signal.SIGUSR1:
            wake()
        if ended.is_set():
            return
        stop()
        if not called_within(patience_s):
            if (line := cut_off()) is not None:
                log.warning(line)
                os._exit(0)
            if not called_within(_LAST_WORD_S):
                os._exit(0)
        if not ended.is_set():
            log.warning(say("service.stopped_at_once"))
            os._exit(0)

    def called_within(timeout_s: float) -> bool:
        until_s = time.monotonic() + timeout_s
        while _has_next(reader, until_s):
            if _next_in(reader) != signal.SIGUSR1:
                return True
        return False

    listener = threading.Thread(target=listen, name="signals", daemon=True)
    start(listener)
    pipe_before = signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
    before = {number: signal.signal(number, handled) for number in (signal.SIGTERM, signal.SIGINT, signal.SIGUSR1)}
    try:
        yield
    finally:
        for number, handler in before.items():
            # A wake-up call that comes after the service has ended must not kill what is left of the process.
            late_wake = number == signal.SIGUSR1 and handler == signal.SIG_DFL
            signal.signal(number, signal.SIG_IGN if late_wake else handler)
        signal.set_wakeup_fd(pipe_before)
        ended.set()
        os.write(writer, b"!")
        listener.join()
        os.close(reader)
        os.close(writer)


def _next_in(pipe: int) -> int:
    """Return the next byte; whatever the machine refuses meanwhile, or nobody could stop the service any more."""
    while True:
        try:
            return os.read(pipe, 1)[0]
        except OSError:
            time.sleep(_TRY_AGAIN_S)


def _has_next(pipe: int, until_s: float) -> bool:
    """Return whether there is another byte before this time."""
    while True:
        try:
            return bool(select.select([pipe], [], [], max(0.0, until_s - time.monotonic()))[0])
        except OSError:  # as above
            time.sleep(_TRY_AGAIN_S)
