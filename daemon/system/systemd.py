"""How does systemd hear that we are ready, alive and about to stop?

The protocol of sd_notify(3): one datagram per word, to the socket that systemd names. Without systemd every call is a
no-op, so the service need not know who started it.
"""

import logging
import os
import socket
from collections.abc import Mapping

from hersteld.daemon.system.errors import reason_of

log = logging.getLogger(__name__)

_PATIENCE_S = 5.0


class Systemd:
    """The service manager that started us, if there is one.

    Args:
        environment: The process's environment, as it was at start.
        patience_s: How long a word may wait for room in the socket.
    """

    def __init__(self, environment: Mapping[str, str], *, patience_s: float = _PATIENCE_S) -> None:
        self._patience_s = patience_s
        self._address = environment.get("NOTIFY_SOCKET", "")
        self._watchdog_period_s = _watchdog_period_s(environment, os.getpid())

    @property
    def watchdog_period_s(self) -> float | None:
        """The seconds between two pings, half of what systemd allows; None when it does not watch us."""
        return self._watchdog_period_s

    def notify_ready(self) -> None:
        """Say that the start is complete."""
        self._send("READY=1")

    def notify_watchdog(self) -> None:
        """Say that we are still alive."""
        self._send("WATCHDOG=1")

    def notify_stopping(self) -> None:
        """Say that the stop has begun."""
        self._send("STOPPING=1")

    def _send(self, word: str) -> None:
        if not self._address.startswith(("/", "@")):  # absent, or a kind of socket that only virtual machines use
            return
        # "@" stands for the NUL byte with which the name of an abstract socket begins.
        address = "\0" + self._address[1:] if self._address.startswith("@") else self._address
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as sender:
                sender.settimeout(self._patience_s)
                # Only a connected socket can be waited for: the kernel calls any other one ready, however full the
                # receiver is, and Python would try again and again until the patience is over.
                sender.connect(address)
                sender.send(word.encode())
        except OSError as error:
            from hersteld.config.texts.speech import say  # noqa: PLC0415 - imports that are seldom needed here

            name = word.partition("=")[0]
            if isinstance(error, TimeoutError):  # nobody emptied the socket
                log.warning("%s", say("system.systemd_full", word=name))
            else:
                log.warning("%s", say("system.systemd_refused", word=name, reason=(reason_of(error),)))


def _watchdog_period_s(environment: Mapping[str, str], pid: int) -> float | None:
    try:
        limit_us = int(environment["WATCHDOG_USEC"])
        meant_for = int(environment.get("WATCHDOG_PID", pid))
    except (KeyError, ValueError):
        return None
    return limit_us / 2e6 if limit_us > 0 and meant_for == pid else None
