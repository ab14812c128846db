"""What does Home Assistant see of an athlete, and in which topics?

Read only: hersteld takes no commands. The words that Home Assistant knows for the kinds of a sensor (device class,
state class, unit) are those of its documentation of MQTT discovery and of sensors.
"""

from dataclasses import dataclass
from typing import Literal

from hersteld.config.settings import HomeAssistant

Platform = Literal["sensor", "binary_sensor"]
StateTopic = Literal["state", "health"]

ONLINE, OFFLINE = "online", "offline"
"""What Home Assistant takes for available or not where nothing else is said; its own birth is the first, too."""


@dataclass(frozen=True, slots=True)
class Sensor:
    """One thing that Home Assistant shows.

    Attributes:
        key: Its name in our payloads.
        name_id: The id of the text that names it.
        icon: Of Material Design Icons; None for that of its device class.
        unit, device_class, state_class, precision: As Home Assistant calls them; None where it has none.
        is_diagnostic: Whether it tells of the service, and not of the athlete.
        topic: In which of our topics its state is.
    """

    key: str
    name_id: str
    icon: str | None = None
    unit: str | None = None
    device_class: str | None = None
    state_class: str | None = None
    precision: int | None = None
    platform: Platform = "sensor"
    is_diagnostic: bool = False
    topic: StateTopic = "state"


def _number(key: str, name_id: str, icon: str, *, precision: int = 0) -> Sensor:
    return Sensor(key, name_id, icon, state_class="measurement", precision=precision)


SENSORS = (
    Sensor("ready_at", "home_assistant.ready_at", "mdi:arm-flex", device_class="timestamp"),
    Sensor("easy_from", "home_assistant.easy_from", "mdi:walk", device_class="timestamp"),
    Sensor(
        *("hours_left", "home_assistant.hours_left", "mdi:timer-sand"),
        unit="h",
        device_class="duration",
        state_class="measurement",
        precision=0,
    ),
    Sensor("last_workout", "home_assistant.last_workout", "mdi:run"),
    _number("last_workout_load", "home_assistant.last_workout_load", "mdi:weight"),
    _number("load_today", "home_assistant.load_today", "mdi:weight"),
    _number("ctl", "home_assistant.ctl", "mdi:trending-up", precision=1),
    _number("atl", "home_assistant.atl", "mdi:sleep", precision=1),
    _number("tsb", "home_assistant.tsb", "mdi:scale-balance", precision=1),
    Sensor(
        *("problem", "home_assistant.problem"),
        device_class="problem",
        platform="binary_sensor",
        is_diagnostic=True,
        topic="health",
    ),
)


@dataclass(frozen=True, slots=True)
class Topics:
    """The topics of one athlete.

    Attributes:
        discovery: Where Home Assistant learns of the device.
        state, health: What the athlete, and the service, is like, as JSON.
        availability: Whether the service runs.
        births: Where Home Assistant says that it has started: in its default topic, and in one below its prefix.
    """

    discovery: str
    state: str
    health: str
    availability: str
    births: tuple[str, ...]


def topics_of(settings: HomeAssistant) -> Topics:
    """Return the topics of the athlete whose settings these are."""
    own = f"hersteld/{settings.node_id}"
    return Topics(
        discovery=f"{settings.discovery_prefix}/device/{settings.node_id}/config",
        state=f"{own}/state",
        health=f"{own}/health",
        availability=f"{own}/availability",
        births=tuple(dict.fromkeys(("homeassistant/status", f"{settings.discovery_prefix}/status"))),
    )
