"""Who gets the messages: a topic of ntfy that nobody guesses, this desktop, or an address that the user has?

Whoever knows a topic of a public server can read what is sent to it and send to it as well, so the topic is a password.
"""

import base64
import re
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlsplit

from pydantic import SecretStr

from hersteld.config.file.models import REPLY_PATTERN
from hersteld.config.settings import Target
from hersteld.config.texts.speech import say
from hersteld.daemon.setup.document import NewTarget

_RANDOM_BYTES = 15
_PREFIX = "hersteld-"
_SCHEMES = {"https": "ntfys", "http": "ntfy"}


@dataclass(frozen=True, slots=True)
class NtfyTopic:
    """A topic on a server.

    Attributes:
        web: What a browser or a phone opens, without user and password.
        address: What Apprise sends to. A secret, as the topic is.
        server: Of the web address, to be typed in the app.
        name: Of the topic.
    """

    web: str
    address: str
    server: str
    name: str


class NotServer(Exception):  # noqa: N818 - says what is wrong, as in parsers.errors
    """A text names no ntfy server."""


def new_topic_name() -> str:
    """Return a name that nobody guesses (120 bits) and that can be typed on a phone: small letters and digits."""
    return _PREFIX + base64.b32encode(secrets.token_bytes(_RANDOM_BYTES)).decode().lower()


def topic_on(server: str, name: str | None = None) -> NtfyTopic:
    """Return a topic on a server.

    Args:
        server: "https://ntfy.example.org" or a host alone; user and password, or a token, may stand before the host.
        name: Of the topic; None for a new one.

    Raises:
        NotServer: It is none, or lies below a path, which Apprise does not reach.
    """
    text = server.strip().removesuffix("/")
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
        host, port = parts.hostname, parts.port
    except ValueError as error:  # a port that is none, brackets that do not pair
        raise NotServer from error
    is_odd = parts.path or parts.query or parts.fragment or parts.scheme not in _SCHEMES
    # A number alone is the answer to another question, and no name of a server.
    if not host or is_odd or host.isdecimal() or any(letter.isspace() or not letter.isprintable() for letter in text):
        raise NotServer
    place = f"[{host}]" if ":" in host else host
    place += f":{port}" if port else ""
    login, at, _ = parts.netloc.rpartition("@")
    name = name or new_topic_name()
    address = f"{_SCHEMES[parts.scheme]}://{login}{at}{place}/{name}"
    return NtfyTopic(f"{parts.scheme}://{place}/{name}", address, f"{parts.scheme}://{place}", name)


def has_login(server: str) -> bool:
    """Return whether a text holds a user, a password or a token, which may not stand on a command line."""
    return "@" in server


def is_on_server_of(topic: NtfyTopic, url: str) -> bool:
    """Return whether an Apprise address is a topic on the same server, whoever logs in there."""
    server, _, _name = topic.address.rpartition("/")
    scheme, _, place = server.partition("://")
    found = re.match(r"([a-z]+)://(?:[^/@]*@)?([^/?]+)", url, re.IGNORECASE)
    return found is not None and (found[1].lower(), found[2].lower()) == (scheme, place.rpartition("@")[2])


def can_answer(topic: NtfyTopic) -> bool:
    """Return whether buttons can answer on the server of a topic as it is.

    A server that asks for a login wants a topic to which everybody may write, and a token with which we read it: only
    whoever runs it can give these. docs/answers.md says how.
    """
    return not has_login(topic.address) and re.match(REPLY_PATTERN, topic.web) is not None


def ntfy_target(topic: NtfyTopic, taken: Collection[str], *, has_buttons: bool = False) -> NewTarget:
    """Return a topic as a receiver.

    Args:
        taken: Names that others have.
        has_buttons: Whether its messages have buttons, which answer on a further topic of the same server; see
            `can_answer`.
    """
    name, url, comment = _free("phone", taken), SecretStr(topic.address), say("setup.comment_ntfy")
    if not has_buttons:
        return NewTarget(name, url, comment)
    return NewTarget(name, url, comment, SecretStr(topic_on(topic.server).web), say("setup.comment_reply"))


def desktop_target() -> NewTarget:
    """Return the bubble of this desktop as a receiver."""
    return NewTarget("desktop", SecretStr("desktop://"), say("setup.comment_desktop"))


def other_target(url: str, taken: Collection[str]) -> NewTarget:
    """Return an Apprise address that the user has as a receiver."""
    return NewTarget(_free("phone", taken), SecretStr(url), say("setup.comment_target"))


def as_configured(target: NewTarget) -> Target:
    """Return a receiver as it will be when the configuration is read."""
    return Target(target.name, target.url, reply=target.reply)


def _free(name: str, taken: Collection[str]) -> str:
    """Return a name that nobody has yet."""
    names = [name, *(f"{name}-{number}" for number in range(2, len(taken) + 3))]
    return next(one for one in names if one not in taken)
