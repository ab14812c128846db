"""Brokers, and settings that name them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from hersteld.config.settings import HomeAssistant
from tests.support.mqtt.broker import Broker
from tests.support.mqtt.old_broker import OldBroker


def settings_for(broker: Broker | OldBroker, login: str = "", **more: object) -> HomeAssistant:
    """Return settings of Home Assistant with this broker.

    Args:
        login: User and password as in an address, "anna:secret@".
    """
    scheme = "mqtts" if broker.certificates else "mqtt"
    address = SecretStr(f"{scheme}://{login}127.0.0.1:{broker.port}")
    return HomeAssistant(broker=address, **more)  # type: ignore[arg-type]


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Broker]:
    """A broker that lets everybody in."""
    with Broker(tmp_path) as made:
        yield made
