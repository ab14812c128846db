"""How is a call to a service ended that does not end by itself?

A server may send one byte per second for ever, or an answer without an end. No plugin of Apprise guards against both,
and a thread cannot be ended. So the calls to each target are made in a process of their own, which can be ended when
its time is over, and whose memory is limited. The process stays for a while after a message, since often another
follows, and ends when the daemon has ended, in whatever way. It gets the address by a socket, because other users of
the machine may read the arguments of a process.
"""

import contextlib
import os
import resource
import select
import signal
import socket
import subprocess
import sys
import threading
import weakref
from multiprocessing.connection import Connection

from hersteld.daemon.delivery.failure_reasons import no_answer_within
from hersteld.daemon.delivery.message import Message, SendResult
from hersteld.daemon.system.logs import quieten_libraries
from hersteld.parsers.line import Line

CALL_TIMEOUT_S = 30.0
_IDLE_S = 20.0
"""How long a process waits for another message. It takes some 60 MB, which is much on a small machine."""
_MEMORY_BYTES = 192 * 2**20
"""Limit of the memory of a call; a usual call uses some 60 MB."""


class CallProcess:
    """Calls one service in a process of its own, one call at a time.

    Args:
        url: The address of the service, which Apprise is known to understand.
        timeout_s: A call that takes longer is ended.
        idle_s: How long after its last message the process is ended.
    """

    def __init__(self, url: str, *, timeout_s: float = CALL_TIMEOUT_S, idle_s: float = _IDLE_S) -> None:
        self._url = url
        self._timeout_s = timeout_s
        self._idle_s = idle_s
        self._process: _Child | None = None
        self._turn = threading.Lock()
        self._idle = threading.Timer(0, self._leave)

    def call(self, message: Message) -> SendResult:
        """Send a message, and return in time what became of it; never raise."""
        with self._turn:
            self._idle.cancel()
            try:
                process = self._ready()
                process.connection.send(message)
                if process.connection.poll(self._timeout_s):
                    result: SendResult = process.connection.recv()
                    if result.ok:
                        self._leave_later()
                    else:  # MQTT's client would go on trying by itself, beside the outbox
                        self._end()
                    return result
                reason = no_answer_within(self._timeout_s)
            except (OSError, EOFError):
                reason = Line("delivery.call_broke_off")
            self._end()
            return SendResult(ok=False, reason=reason)

    def _end(self) -> None:
        """End the process, if there is one, with everything it started."""
        process, self._process = self._process, None
        if process is not None:
            process.end()

    def _leave_later(self) -> None:
        """End the process when no message has come for a while, or now where no timer can be started; never raise.

        It is ended by this process, because one that ended by itself would stay in the list of its children. The
        receiver has just accepted a message: an error here would be taken for a failure, and the message sent again.
        """
        try:
            self._idle = threading.Timer(self._idle_s, self._leave)
            self._idle.daemon = True
            self._idle.start()
        except Exception:  # noqa: BLE001 - no thread or no memory is left, and the reason changes nothing
            with contextlib.suppress(Exception):  # what cannot be ended ends by itself, as its connection is closed
                self._end()

    def _leave(self) -> None:
        with self._turn:
            self._end()

    def _ready(self) -> "_Child":
        """Return a process that waits for a message.

        Raises:
            OSError: None can be started.
        """
        if self._process is None:
            self._process = _Child()
            self._process.connection.send(self._url)
        return self._process


class _Child:
    """The child process that calls, and the connection to it."""

    def __init__(self) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                process = subprocess.Popen(  # noqa: S603 - ourselves
                    [sys.executable, "-P", "-c", f"from {__name__} import serve; serve({theirs.fileno()})"],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,  # what a library prints may hold the address
                    pass_fds=[theirs.fileno()],
                    process_group=0,  # Ctrl-C is the daemon's to answer
                )
            except OSError:
                ours.close()
                raise
        self.connection = Connection(ours.detach())
        self.end = weakref.finalize(self, _end, process, self.connection)
        """Ends the process with everything it started. It is called too when this object is garbage."""


def _end(process: subprocess.Popen[bytes], connection: Connection) -> None:
    connection.close()
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)  # before `wait`: until then no other process gets this number
    process.wait()


def serve(descriptor: int) -> None:
    """Run as the child process: receive the address, then one message after the other."""
    # A stop of the whole unit must not break off a message on its way: the daemon decides how long to wait for it.
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    threading.Thread(target=_leave_with_daemon, args=(descriptor,), daemon=True).start()
    allowed = resource.getrlimit(resource.RLIMIT_DATA)[1]
    memory = _MEMORY_BYTES if allowed == resource.RLIM_INFINITY else min(_MEMORY_BYTES, allowed)
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # an image of the memory would hold the address
    connection = Connection(descriptor)
    with contextlib.suppress(EOFError, ConnectionError):
        from hersteld.daemon.delivery.apprise_service import put, service_of  # noqa: PLC0415 - only here

        quieten_libraries()
        service = service_of(connection.recv())
        while True:
            message = connection.recv()
            connection.send(
                SendResult(ok=False, reason=Line("delivery.plugin_failed"))
                if service is None
                else put(service, message)
            )
    os._exit(0)  # without waiting for a thread of a plugin's


def _leave_with_daemon(descriptor: int) -> None:
    """End at once when the daemon has ended, also during a call, since the next daemon sends the message again."""
    poll = select.poll()
    poll.register(descriptor, select.POLLRDHUP | select.POLLHUP)
    poll.poll()
    os._exit(0)
