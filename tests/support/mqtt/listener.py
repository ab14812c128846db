"""Who listens to a broker as Home Assistant does."""

import json
import threading
from types import TracebackType
from typing import Any, Self

from paho.mqtt import client as mqtt
from paho.mqtt.enums import CallbackAPIVersion

from tests.support.machine.process import PATIENCE_S, wait_until
from tests.support.mqtt.broker import Broker


class Listener:
    """Hears everything that is published from its begin on, and what was kept until then.

    Attributes:
        heard: Topic, payload and whether it was kept from before, in order.
    """

    def __init__(self, broker: Broker, *, user: str | None = None, password: str | None = None) -> None:
        self.heard: list[tuple[str, str, bool]] = []
        self._subscribed = threading.Event()
        self._client = mqtt.Client(CallbackAPIVersion.VERSION2)
        self._client.on_connect = lambda client, *_: client.subscribe("#", qos=1)
        self._client.on_subscribe = lambda *_: self._subscribed.set()
        self._client.on_message = lambda _client, _userdata, message: self.heard.append(
            (message.topic, message.payload.decode(), bool(message.retain))
        )
        if user is not None:
            self._client.username_pw_set(user, password)
        if broker.certificates:
            self._client.tls_set(str(broker.certificates / "ca.pem"))
        self._client.connect("127.0.0.1", broker.port)
        self._client.loop_start()
        assert self._subscribed.wait(PATIENCE_S)

    def say(self, topic: str, payload: str, *, retain: bool = False) -> None:
        """Publish something."""
        self._client.publish(topic, payload, qos=1, retain=retain).wait_for_publish(PATIENCE_S)

    def payloads(self, topic: str) -> list[str]:
        """Return what was heard in a topic, in order."""
        return [payload for where, payload, _ in list(self.heard) if where == topic]

    def last(self, topic: str) -> Any:
        """Return the last message of a topic: from JSON where it is such, else as it is; None where there is none."""
        payloads = self.payloads(topic)
        if not payloads:
            return None
        return json.loads(payloads[-1]) if payloads[-1].startswith("{") else payloads[-1]

    def wait_for(self, topic: str, payload: Any) -> None:
        """Wait until this is the last message of a topic."""
        wait_until(lambda: self.last(topic) == payload, f"{topic} to say {payload}")

    def close(self) -> None:
        """Listen no more."""
        self._client.disconnect()
        self._client.loop_stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self.close()
