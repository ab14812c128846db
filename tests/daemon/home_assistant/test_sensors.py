"""Each sensor is one of its own, each athlete has topics of their own, and the page in docs/ says what there is."""

import re
from pathlib import Path

import pytest
import yaml

from hersteld.config.file.load import load_settings
from hersteld.config.settings import HomeAssistant
from hersteld.daemon.home_assistant.sensors import SENSORS, topics_of

PAGE = (Path(__file__).parents[3] / "docs" / "home-assistant.md").read_text(encoding="utf-8")


def test_no_two_sensors_are_one() -> None:
    assert len({sensor.key for sensor in SENSORS}) == len(SENSORS) == len({sensor.name_id for sensor in SENSORS})


def test_what_the_issue_asks_for_is_shown() -> None:
    asked = {"ready_at", "easy_from", "hours_left", "load_today", "ctl", "atl", "tsb", "last_workout", "problem"}
    assert asked <= {sensor.key for sensor in SENSORS}


def test_the_topics_of_two_athletes_have_nothing_in_common_but_the_birth_of_home_assistant() -> None:
    anna, bob = topics_of(HomeAssistant(node_id="anna")), topics_of(HomeAssistant(node_id="bob"))
    own = [{one.discovery, one.state, one.health, one.availability} for one in (anna, bob)]
    assert len(own[0] | own[1]) == 8
    assert anna.births == bob.births == ("homeassistant/status",)


def test_another_prefix_moves_what_home_assistant_looks_for_and_the_default_birth_is_heard_still() -> None:
    topics = topics_of(HomeAssistant(discovery_prefix="home/ha"))
    assert topics.discovery == "home/ha/device/hersteld/config"
    assert topics.births == ("homeassistant/status", "home/ha/status")
    assert topics.state == "hersteld/hersteld/state"


def test_every_sensor_and_every_topic_stands_on_the_page() -> None:
    rows = re.findall(r"^\| `(?:binary_)?sensor\.hersteld_(.*?)` \|", PAGE, re.MULTILINE)
    named = {name.strip("_") for row in rows for name in re.split(r"`, `", row)}
    assert named == {sensor.key for sensor in SENSORS}
    topics = topics_of(HomeAssistant(node_id="anna"))
    for topic in (topics.discovery, topics.state, topics.health, topics.availability):
        assert f"| `{topic}` |" in PAGE


@pytest.mark.parametrize("block", re.findall(r"^ *```toml\n(.*?)```", PAGE, re.DOTALL | re.MULTILINE))
def test_each_configuration_of_the_page_is_accepted(block: str, tmp_path: Path) -> None:
    file = tmp_path / "hersteld.toml"
    file.touch(mode=0o600)
    file.write_text(re.sub("^   ", "", block, flags=re.MULTILINE), encoding="utf-8")
    assert load_settings(file, environ={"HOME": str(tmp_path)}).home_assistant.broker is not None


def test_each_automation_of_the_page_names_sensors_that_there_are() -> None:
    blocks = re.findall(r"```yaml\n(automation:\n.*?)```", PAGE, re.DOTALL)
    assert len(blocks) == 2
    entities = {f"{sensor.platform}.hersteld_{sensor.key}" for sensor in SENSORS}
    for block in blocks:
        (automation,) = yaml.safe_load(block)["automation"]
        assert {"alias", "triggers", "actions"} == set(automation)
        named = set(re.findall(r"\b(?:binary_)?sensor\.\w+", block))
        assert named
        assert named <= entities
