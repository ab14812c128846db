"""Each sensor is one of its own, and each athlete has topics of their own."""

from hersteld.config.settings import HomeAssistant
from hersteld.daemon.home_assistant.sensors import SENSORS, topics_of


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
