"""Where is it told that the service is well? One secret address, from hersteld.toml or from systemd's credentials."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pydantic import SecretStr

from hersteld.config.file.tables.one_address import read_one_address
from hersteld.config.file.targets import open_to_others
from hersteld.config.problems import Problem
from hersteld.config.settings import Health
from hersteld.parsers.line import Line

CREDENTIAL = "ping_url"
"""Name of the credential that systemd hands over."""
KEY = "health.ping_url"

_ADDRESS = re.compile(r"https?://[\x21-\x7e]+", re.IGNORECASE)
_MOST_CHARACTERS = 2000


def read_health(health: object, source: Path | None, environ: Mapping[str, str]) -> tuple[Health, list[Problem]]:
    """Return what is said of pings, and what is wrong with the address; that of the configuration goes first.

    Args:
        health: The table [health] as read, not checked: what has the wrong type is somebody else's problem.
        source: The file of that table.
    """
    table: Mapping[str, Any] = health if isinstance(health, dict) else {}
    url, every_s = table.get("ping_url"), table.get("ping_every_s")
    problems: list[Problem] = []
    place, key = "", KEY
    if url is None:
        place, url = _credential(environ, problems)
        key = ""
    elif isinstance(url, str) and source:
        problems += open_to_others(source, KEY)
    if isinstance(url, str) and not _is_address(url):
        problems.append(Problem(place, key, None, Line("problems.must_be_web_address")))
    ping_url = SecretStr(url) if isinstance(url, str) and not problems else None
    is_number = isinstance(every_s, int | float) and not isinstance(every_s, bool)
    return (Health(ping_url, float(every_s)) if is_number and every_s is not None else Health(ping_url)), problems


def _credential(environ: Mapping[str, str], problems: list[Problem]) -> tuple[str, str | None]:
    """Return the file of the credential and the address in it, without empty lines and comments.

    None where there is none.
    """
    folder = environ.get("CREDENTIALS_DIRECTORY")
    path = Path(folder) / CREDENTIAL if folder else None
    if path is None or not path.exists():
        return "", None
    return str(path), read_one_address(path, problems)


def _is_address(text: str) -> bool:
    """Return whether a text is a web address that names a server."""
    if len(text) > _MOST_CHARACTERS or not _ADDRESS.fullmatch(text):
        return False
    try:
        parts = urlsplit(text)
        return bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:  # a port that is no number, brackets that are no IPv6 address
        return False
