"""The message of discovery, field by field, against Home Assistant's documentation.

Source: home-assistant.io, "MQTT" (discovery topic, device discovery payload, discovery payload, availability), "MQTT
sensor", "MQTT binary sensor", "Sensor" (device classes, state classes) and "Binary sensor" (device classes).
"""

import json
import re
from datetime import UTC
from typing import Any

import pytest

from hersteld.config.languages import LANGUAGES
from hersteld.config.settings import HomeAssistant, Language
from hersteld.config.texts.catalogue import load_texts
from hersteld.daemon.home_assistant.discovery import discovery
from hersteld.daemon.home_assistant.sensors import SENSORS, topics_of
from hersteld.daemon.home_assistant.states import States, health_payload
from hersteld.recovery.occasions.told_moments import ToldMoments
from tests.support.pipeline import NOON

ANNA = HomeAssistant(node_id="hersteld_Anna-2", name="Herstel van Anna")

AT_THE_ROOT = {"device", "origin", "components", "state_topic", "command_topic", "qos", "encoding"}
AVAILABILITY = {"availability_topic", "payload_available", "payload_not_available", "availability_template"}
"""Shared options: "the availability options, origin, command_topic, state_topic, qos, encoding"."""
OF_A_DEVICE = {
    *("configuration_url", "connections", "hw_version", "identifiers", "manufacturer", "model", "model_id", "name"),
    *("serial_number", "suggested_area", "sw_version", "via_device"),
}
OF_AN_ORIGIN = {"name", "sw_version", "support_url"}
OF_ANY_ENTITY = {
    *("platform", "unique_id", "default_entity_id", "name", "icon", "entity_category", "entity_picture"),
    *("enabled_by_default", "state_topic", "value_template", "json_attributes_topic", "json_attributes_template"),
    *("device_class", "expire_after", "force_update", "qos", "encoding"),
}
OF_A = {
    "sensor": OF_ANY_ENTITY
    | {"state_class", "unit_of_measurement", "suggested_display_precision", "options", "last_reset_value_template"},
    "binary_sensor": OF_ANY_ENTITY | {"payload_on", "payload_off", "off_delay"},
}
UNITS: dict[str, set[str | None]] = {"timestamp": {None}, "duration": {"d", "h", "min", "s", "ms", "µs"}}
"""Of the device classes of sensors that we use."""
BINARY_CLASSES = {"problem", "running", "connectivity"}


def announced(settings: HomeAssistant = ANNA, language: Language = "en") -> dict[str, Any]:
    texts = load_texts(language)
    found: dict[str, Any] = json.loads(discovery(settings, lambda line: texts.sentence(line, UTC)))
    return found


COMPONENTS = sorted(announced()["components"])


def component(key: str) -> dict[str, Any]:
    found: dict[str, Any] = announced()["components"][key]
    return found


def test_the_topic_has_the_prefix_the_word_device_and_an_id_of_allowed_characters() -> None:
    assert topics_of(ANNA).discovery == "homeassistant/device/hersteld_Anna-2/config"
    assert re.fullmatch(r"[\w/]+/device/[a-zA-Z0-9_-]+/config", topics_of(ANNA).discovery)


def test_the_root_has_what_is_required_and_nothing_that_is_unknown() -> None:
    payload = announced()
    assert {"device", "origin", "components"} <= set(payload) <= AT_THE_ROOT | AVAILABILITY
    assert payload["qos"] in (0, 1, 2)
    assert "command_topic" not in json.dumps(payload)  # it is read only


def test_the_device_can_be_told_from_others() -> None:
    device = announced()["device"]
    assert set(device) <= OF_A_DEVICE
    assert device["identifiers"] == ["hersteld_hersteld_Anna-2"]
    assert device["name"] == "Herstel van Anna"
    assert device["sw_version"] == announced()["origin"]["sw_version"]


def test_the_origin_is_named() -> None:
    origin = announced()["origin"]
    assert {"name"} <= set(origin) <= OF_AN_ORIGIN
    assert origin["name"] == "hersteld"


def test_whether_the_service_is_there_is_told_once_for_all() -> None:
    payload = announced()
    assert payload["availability_topic"] == "hersteld/hersteld_Anna-2/availability"
    assert (payload["payload_available"], payload["payload_not_available"]) == ("online", "offline")


@pytest.mark.parametrize("key", COMPONENTS)
def test_a_component_has_what_is_required_and_nothing_that_is_unknown(key: str) -> None:
    found = component(key)
    assert {"platform", "unique_id", "state_topic", "name"} <= set(found) <= OF_A[found["platform"]]
    assert found.get("entity_category") in (None, "diagnostic")
    assert re.fullmatch(r"mdi:[a-z-]+", found.get("icon", "mdi:x"))


@pytest.mark.parametrize("key", COMPONENTS)
def test_the_classes_and_the_unit_of_a_component_fit_each_other(key: str) -> None:
    found = component(key)
    if found["platform"] == "binary_sensor":
        assert found["device_class"] in BINARY_CLASSES
        return
    device_class, state_class, unit = (found.get(one) for one in ("device_class", "state_class", "unit_of_measurement"))
    assert device_class in (None, *UNITS)
    if device_class is not None:
        assert unit in UNITS[device_class]
    if device_class == "timestamp" or key == "last_workout":  # no numbers
        assert (state_class, unit, found.get("suggested_display_precision")) == (None, None, None)
    else:
        assert state_class == "measurement"
        assert isinstance(found["suggested_display_precision"], int)


def test_what_tells_entities_apart_is_unique_on_the_whole_broker() -> None:
    bob = announced(HomeAssistant(node_id="bob"))["components"]
    ids = [one["unique_id"] for one in (*announced()["components"].values(), *bob.values())]
    assert len(set(ids)) == len(ids) == 2 * len(SENSORS)


@pytest.mark.parametrize(
    ("node_id", "entity"),
    [
        ("hersteld", "sensor.hersteld_ready_at"),
        ("hersteld_Anna-2", "sensor.hersteld_anna_2_ready_at"),
        ("_-__", "sensor.hersteld_ready_at"),
        ("A--b", "sensor.a_b_ready_at"),
    ],
)
def test_the_ids_of_entities_are_the_same_in_every_language_and_of_allowed_characters(
    node_id: str, entity: str
) -> None:
    for language in LANGUAGES:
        components = announced(HomeAssistant(node_id=node_id), language)["components"]
        assert components["ready_at"]["default_entity_id"] == entity
        for one in components.values():
            # As `valid_entity_id` of Home Assistant has it.
            assert re.fullmatch(r"(?!.+__)(?!_)[\da-z_]+(?<!_)\.(?!_)[\da-z_]+(?<!_)", one["default_entity_id"])


def test_the_names_are_in_the_language_of_the_athlete() -> None:
    assert announced(language="en")["components"]["easy_from"]["name"] == "Easy from"
    assert announced(language="nl")["components"]["easy_from"]["name"] == "Rustig vanaf"


@pytest.mark.parametrize("key", COMPONENTS)
def test_each_template_finds_its_value_in_what_is_told(key: str) -> None:
    found = component(key)
    states = States(ToldMoments(NOON, NOON), "Run, 1 h", 50.4, 50.4, 40.0, 50.0, -10.0)
    told = {
        "hersteld/hersteld_Anna-2/state": json.loads(states.payload(NOON)),
        "hersteld/hersteld_Anna-2/health": json.loads(health_payload("no_memory")),
    }[found["state_topic"]]
    match = re.fullmatch(r"\{\{ value_json\.(\w+) \}\}", found["value_template"])
    assert match is not None
    value = told[match[1]]
    if found["platform"] == "binary_sensor":
        assert value == found["payload_on"]
        assert found["json_attributes_topic"] == found["state_topic"]
        assert found["json_attributes_template"] == "{{ value_json.attributes | tojson }}"
        assert told["attributes"] == {"trouble": "no_memory"}
    elif found.get("device_class") == "timestamp":
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", value)  # ISO 8601 with its zone
    elif found.get("state_class") is not None:
        assert isinstance(value, int | float)
    else:
        assert isinstance(value, str)
        assert len(value) <= 255
