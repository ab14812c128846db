"""Which receivers get a picture, and does it travel with the words or after them?

Apprise knows which of its plugins take an attachment. Of each of these this table says how it sends words and a
picture, as read in its source:

- `WITH_WORDS`: in one request, or the picture is uploaded first and the request with the words names it. Where the
  picture is refused, no words have arrived, and they can leave at once without it.
- `AFTER_WORDS`: the words in a request of their own, before the picture. Apprise calls it a failure if only the picture
  was refused, and whoever then sends the message again repeats the words. So the words leave alone, and the picture
  after them, once, whatever becomes of it.

A plugin that is not in the table gets no picture. A test fails where the installed Apprise has one of which the table
says nothing.
"""

from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:  # Apprise is slow to import
    from apprise.plugins.base import NotifyBase


class Way(StrEnum):
    """How a picture travels."""

    NONE = "none"
    WITH_WORDS = "with"
    AFTER_WORDS = "after"


WITH_WORDS: Final = frozenset(
    {
        # One request. Telegram puts words of less than 1024 letters into the caption, and ours are shorter.
        *("ntfy", "pushover", "telegram", "signal_api", "pushsafer", "webexteams"),
        *("custom_json", "custom_xml", "custom_form", "apprise_api"),
        # Mail, and services that send it.
        *("email", "mailgun", "sendgrid", "ses", "smtp2go", "sparkpost", "postmark", "resend", "mailersend"),
        *("brevo", "sendpulse", "office365", "acs", "groundmail"),
        # Uploaded first.
        *("mattermost", "groupme", "simplepush", "awswhatsapp"),
        # Only if asked for; see below.
        *("serwersms", "notifyre", "ringcentral", "smsc", "smseagle", "eight00com"),
        *("twitter", "mastodon", "bluesky", "nostr"),
    }
)
AFTER_WORDS: Final = frozenset(
    {"discord", "slack", "matrix", "pushbullet", "fluxer", "kook", "whapi", "bale", "onebot"}
)
NEVER: Final = frozenset({"instagram", "dot", "humhub"})
"""These publish pictures alone, show only one thing at a time, or make a page of each."""
ONLY_IF_ASKED: Final = frozenset(
    {
        # A text message with a picture costs several times as much as one without.
        *("serwersms", "notifyre", "ringcentral", "smsc", "smseagle", "eight00com"),
        # What stands there is mostly for everybody to read.
        *("twitter", "mastodon", "bluesky", "nostr"),
    }
)
_CANNOT_BE_EMPTY: Final = frozenset({"slack", "matrix", "kook"})
"""These send a message also where there are no words, which would be empty, or refused."""
_MODES: Final = {"slack": "bot", "matrix": "off", "webexteams": "bot"}
"""The mode in which a plugin sends attachments at all; in any other it only warns that it does not."""
_PUBLIC: Final = frozenset(
    {
        *("ntfy.sh", "ntfy.tedomum.net", "ntfy.jae.fi", "ntfy.adminforge.de", "ntfy.envs.net", "ntfy.mzte.de"),
        *("ntfy.hostux.net", "ntfy.fossman.de"),
    }
)
"""Servers of ntfy that anybody may use. Source: docs.ntfy.sh/integrations/#alternative-ntfy-servers."""


def way_of(plugin: "NotifyBase", *, wanted: bool | None, otherwise: bool) -> Way:
    """Return how a picture gets to the service of an address.

    Args:
        wanted: What the configuration says of this target; None where it says nothing.
        otherwise: What it says of all targets.
    """
    name = name_of(plugin)
    if wanted is None:
        wanted = otherwise and name not in ONLY_IF_ASKED and not is_public(plugin)
    if not wanted:
        return Way.NONE
    if name == "desktop":
        return Way.WITH_WORDS
    if not plugin.attachment_support or (name in _MODES and getattr(plugin, "mode", None) != _MODES[name]):
        return Way.NONE
    if name in WITH_WORDS:
        return Way.WITH_WORDS
    return Way.AFTER_WORDS if name in AFTER_WORDS else Way.NONE


def is_public(plugin: "NotifyBase") -> bool:
    """Return whether an address is one of a server that anybody may use, where a picture would lie for hours."""
    if name_of(plugin) != "ntfy":
        return False
    known: Any = plugin
    return known.mode == "cloud" or str(known.host).lower().rstrip(".") in _PUBLIC


def words_beside_picture(plugin: "NotifyBase", title: str) -> str:
    """Return what is said beside a picture that travels alone; "" for nothing, where that can be."""
    return title if name_of(plugin) in _CANNOT_BE_EMPTY else ""


def name_of(plugin: "NotifyBase") -> str:
    """Return the name of the file or the folder of a plugin among those of Apprise; "desktop" for our own."""
    parts = type(plugin).__module__.split(".")
    return parts[2] if parts[:2] == ["apprise", "plugins"] else "desktop"
