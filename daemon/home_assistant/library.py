"""Is the library there that speaks MQTT? It is optional, and imported only where a broker is configured."""

from types import ModuleType

from hersteld.parsers.line import Line

NOT_INSTALLED = Line("home_assistant.not_installed")


class NotInstalled(Exception):  # noqa: N818 - says what is wrong, as in parsers.errors
    """The library is not there, or too old."""


def mqtt_client() -> ModuleType:
    """Return the module `paho.mqtt.client`.

    Raises:
        NotInstalled: It is not there, or older than 2.
    """
    try:
        from paho.mqtt import client  # noqa: PLC0415 - optional, and unneeded by most
    except ImportError as error:
        raise NotInstalled from error
    if not hasattr(client, "CallbackAPIVersion"):
        raise NotInstalled
    return client
