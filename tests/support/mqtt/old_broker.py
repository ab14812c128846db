"""A broker that does not know MQTT 5: it refuses that as the standard of 3.1.1 says, and hands on all else."""

import contextlib
import select
import socket
import threading
from types import TracebackType
from typing import Self

from tests.support.mqtt.broker import Broker

_VERSION_5 = 5
_REFUSED = b"\x20\x02\x00\x01"
"""CONNACK of 3.1.1: unacceptable protocol version."""


class OldBroker:
    """Stands before a broker.

    Attributes:
        refused: How many connections in MQTT 5 were refused.
        certificates: None, as with a broker in the clear.
    """

    def __init__(self, broker: Broker) -> None:
        self._broker = broker
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._server.getsockname()[1])
        self.certificates = None
        self.refused = 0
        self._is_closing = False
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while not self._is_closing:
            with contextlib.suppress(OSError):
                peer, _ = self._server.accept()
                threading.Thread(target=self._relay, args=(peer,), daemon=True).start()

    def _relay(self, peer: socket.socket) -> None:
        with peer, contextlib.suppress(OSError):
            first = peer.recv(65536)
            if first[first.index(b"MQTT") + 4] == _VERSION_5:
                self.refused += 1
                peer.sendall(_REFUSED)
                return
            with socket.create_connection(("127.0.0.1", self._broker.port)) as broker:
                broker.sendall(first)
                while True:
                    for one in select.select([peer, broker], [], [])[0]:
                        if not (said := one.recv(65536)):
                            return
                        (broker if one is peer else peer).sendall(said)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self._is_closing = True
        self._server.close()
