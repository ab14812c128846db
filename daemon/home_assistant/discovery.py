"""How does Home Assistant learn of a device and all its sensors? By one message, which the broker keeps.

Source: the documentation of Home Assistant, "MQTT", "Device discovery payload"; since 2024.11.
"""

import json
import re
from collections.abc import Callable
from typing import Any

from hersteld import __version__
from hersteld.config.settings import HomeAssistant
from hersteld.daemon.home_assistant.sensors import OFFLINE, ONLINE, SENSORS, Sensor, topics_of
from hersteld.parsers.line import Line

_BINARY = {"payload_on": "ON", "payload_off": "OFF"}
_ATTRIBUTES = "{{ value_json.attributes | tojson }}"


def discovery(settings: HomeAssistant, name_of: Callable[[Line], str]) -> str:
    """Return the message by which Home Assistant learns of the athlete's device.

    Args:
        name_of: Says the name of a sensor in the athlete's language.
    """
    topics, node = topics_of(settings), settings.node_id
    device = {
        "identifiers": [_own(node)],
        "name": settings.name,
        "manufacturer": "hersteld",
        "sw_version": __version__,
    }
    payload = {
        "device": device,
        "origin": {"name": "hersteld", "sw_version": __version__},
        "components": {sensor.key: _component(sensor, settings, name_of) for sensor in SENSORS},
        "availability_topic": topics.availability,
        "payload_available": ONLINE,
        "payload_not_available": OFFLINE,
        "qos": 1,
    }
    return json.dumps(payload, ensure_ascii=False)


def _component(sensor: Sensor, settings: HomeAssistant, name_of: Callable[[Line], str]) -> dict[str, Any]:
    topics, node = topics_of(settings), settings.node_id
    topic = topics.state if sensor.topic == "state" else topics.health
    said: dict[str, Any] = {
        "platform": sensor.platform,
        "unique_id": f"{_own(node)}_{sensor.key}",
        # The name is in the athlete's language; automations are written once for all.
        "default_entity_id": f"{sensor.platform}.{_slug(node)}_{sensor.key}",
        "name": name_of(Line(sensor.name_id)),
        "state_topic": topic,
        "value_template": f"{{{{ value_json.{sensor.key} }}}}",
        "icon": sensor.icon,
        "device_class": sensor.device_class,
        "state_class": sensor.state_class,
        "unit_of_measurement": sensor.unit,
        "suggested_display_precision": sensor.precision,
        "entity_category": "diagnostic" if sensor.is_diagnostic else None,
    }
    if sensor.platform == "binary_sensor":
        said |= {**_BINARY, "json_attributes_topic": topic, "json_attributes_template": _ATTRIBUTES}
    return {key: value for key, value in said.items() if value is not None}


def _own(node: str) -> str:
    """Return what tells a device apart from those of other programs."""
    return f"hersteld_{node}"


def _slug(node: str) -> str:
    """Return what an id of an entity may be made of: small letters, digits and "_"."""
    return re.sub("[-_]+", "_", node.lower()).strip("_") or "hersteld"
