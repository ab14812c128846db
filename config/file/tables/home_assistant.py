"""Where is the MQTT broker of Home Assistant, and what is the athlete called there?

The address of the broker may hold a password. It stands in hersteld.toml, in a file of its own, or in systemd's
credentials; the first that is there counts.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from pydantic import SecretStr

from hersteld.config.file.tables.one_address import read_one_address
from hersteld.config.file.targets import open_to_others
from hersteld.config.places import expand
from hersteld.config.problems import Problem
from hersteld.config.settings import HomeAssistant
from hersteld.config.showable import looks_secret
from hersteld.parsers.line import Line

CREDENTIAL = "mqtt_broker"
"""Name of the credential that systemd hands over."""
KEYS = ("broker", "broker_file")
"""Those whose value is secret, or may be where somebody mixes them up."""

_TABLE = "home_assistant"
_ADDRESS = re.compile(r"mqtts?://[\x21-\x7e]+", re.IGNORECASE)
_MOST_CHARACTERS = 2000
_NODE_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
"""Home Assistant allows no other characters in a topic of discovery."""
_PREFIX = re.compile(r"(?!\$)[^\s/#+\x00-\x1f\x7f]+(/[^\s/#+\x00-\x1f\x7f]+)*")
_LONGEST_PREFIX = 100
_NAME = re.compile(r"[^\x00-\x1f\x7f]{1,60}")


def read_home_assistant(
    table: object, source: Path | None, environ: Mapping[str, str]
) -> tuple[HomeAssistant, list[Problem]]:
    """Return what is said of Home Assistant, and what is wrong with it.

    Args:
        table: The table [home_assistant] as read, not checked: what has the wrong type is somebody else's problem.
        source: The file of that table.
    """
    said: Mapping[str, Any] = table if isinstance(table, dict) else {}
    problems: list[Problem] = []
    broker, file = _broker(said, source, environ, problems)
    default = HomeAssistant()
    node_id = _word(said, "node_id", default.node_id, problems)
    settings = HomeAssistant(
        broker=SecretStr(broker) if broker else None,
        ca_file=_ca_file(said, broker, environ, problems),
        discovery_prefix=_word(said, "discovery_prefix", default.discovery_prefix, problems),
        node_id=node_id,
        name=_word(said, "name", node_id, problems),
        file=file,
    )
    return settings, problems


def broker_of(address: str) -> SplitResult | None:
    """Return the parts of the address of a broker: scheme, host, port, user and password; None where it is none."""
    if len(address) > _MOST_CHARACTERS or not _ADDRESS.fullmatch(address):
        return None
    try:
        parts = urlsplit(address)
        has_port = parts.port is None or parts.port > 0
    except ValueError:  # a port that is no number, brackets that are no IPv6 address
        return None
    login = (parts.username, parts.password)
    has_user = bool(parts.username) or login == (None, None)
    has_more = parts.path not in ("", "/") or parts.query or parts.fragment
    may_be_sent = all("\0" not in unquote(word) for word in login if word)
    return parts if parts.hostname and has_port and has_user and not has_more and may_be_sent else None


def _broker(
    said: Mapping[str, Any], source: Path | None, environ: Mapping[str, str], problems: list[Problem]
) -> tuple[str | None, str]:
    """Return the address of the broker and the file in which it stands; None where there is none, or none that is."""
    address, named = said.get("broker"), said.get("broker_file")
    place, key, file = "", f"{_TABLE}.broker", str(source or "")
    folder = environ.get("CREDENTIALS_DIRECTORY")
    if address is not None:
        if named is not None:
            problems.append(Problem("", f"{_TABLE}.broker_file", None, Line("problems.broker_twice")))
        if isinstance(address, str) and source and "@" in address:
            problems += open_to_others(source, key)
    elif isinstance(named, str):
        if "://" in named or "\0" in named or not named:
            problems.append(Problem("", f"{_TABLE}.broker_file", None, Line("problems.broker_file_is_address")))
            return None, ""
        path = expand(named, environ)
        path = source.parent / path if source else path
        address = read_one_address(path, problems, f"{_TABLE}.broker_file")
        problems += open_to_others(path, "")
        place, key, file = str(path), "", str(path)
        if address is None and not problems:
            address = ""  # a file that is to hold one and does not
    elif folder and (credential := Path(folder) / CREDENTIAL).exists():
        address = read_one_address(credential, problems)
        place, key, file = str(credential), "", str(credential)
    if not isinstance(address, str):
        return None, ""
    if broker_of(address) is None:
        problems.append(Problem(place, key, None, Line("problems.must_be_broker")))
        return None, ""
    return address, file


def _ca_file(
    said: Mapping[str, Any], broker: str | None, environ: Mapping[str, str], problems: list[Problem]
) -> Path | None:
    named = said.get("ca_file")
    if not isinstance(named, str):
        return None
    path = expand(named, environ)
    if not path.is_absolute() or "://" in named or "\0" in named:
        problems.append(Problem("", f"{_TABLE}.ca_file", None, Line("problems.must_be_file")))
    elif broker is not None and not broker.lower().startswith("mqtts:"):
        problems.append(Problem("", f"{_TABLE}.ca_file", None, Line("problems.ca_needs_mqtts")))
    return path


def _word(said: Mapping[str, Any], key: str, default: str, problems: list[Problem]) -> str:
    """Return a word that Home Assistant gets to see; one that cannot be, or may be a secret, is not repeated."""
    value = said.get(key)
    if not isinstance(value, str):
        return default
    allowed, line_id = {
        "node_id": (_NODE_ID, "problems.must_be_node_id"),
        "discovery_prefix": (_PREFIX, "problems.must_be_topic"),
        "name": (_NAME, "problems.must_be_device_name"),
    }[key]
    is_long = key == "discovery_prefix" and len(value) > _LONGEST_PREFIX
    if is_long or not allowed.fullmatch(value) or not value.strip() or looks_secret(value):
        problems.append(Problem("", f"{_TABLE}.{key}", None, Line(line_id)))
    return value
