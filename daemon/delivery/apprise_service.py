"""How does Apprise send a message to one service?

This happens in the process of `call_process`, or for the desktop in that of the daemon.
"""

import logging
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

from hersteld.daemon.delivery.failure_reasons import UNANSWERED_IDS, reason_of
from hersteld.daemon.delivery.message import ANSWER_TIMEOUT_S, Message, SendResult
from hersteld.daemon.delivery.pictures.attached import attachment_of
from hersteld.daemon.delivery.pictures.pixels import Pixels
from hersteld.parsers.line import Line

if TYPE_CHECKING:  # Apprise is slow to import, and needed by `run` and `notify-test` alone
    from apprise import Apprise
    from apprise.plugins.base import NotifyBase

_CONNECT_TIMEOUT_S = 10.0
_NEVER_S = 86_400
"""Longer than any call."""
_PORTS = range(1, 2**16)


def service_of(url: str, answer_timeout_s: float = ANSWER_TIMEOUT_S, actions: str = "") -> "Apprise | None":
    """Return an Apprise object with the service of an address, or None when Apprise cannot use the address.

    Args:
        url: The address.
        answer_timeout_s: How long its answer is waited for, whatever the address says.
        actions: Buttons of ntfy, as JSON in ASCII; "" for those that the address names, if any.
    """
    from apprise import Apprise, AppriseAsset  # noqa: PLC0415 - slow
    from apprise.plugins import url_to_dict  # noqa: PLC0415

    from hersteld.daemon.delivery.apprise_plugins import make_known  # noqa: PLC0415 - imports Apprise

    # No picture from the web: a phone that fetched it would tell a stranger when its owner trains.
    asset = AppriseAsset(app_id="hersteld", app_desc="hersteld", app_url="", image_url_mask="", image_url_logo="")
    make_known(url.partition("://")[0].strip().lower())
    try:
        # Not in the address, where each percent sign of theirs would be read twice.
        found = url_to_dict(url) if actions else None
        plugin = Apprise.instantiate({**found, "actions": actions} if found else url, asset=asset)
    except Exception:  # noqa: BLE001 - a plugin may raise anything, and its words may hold the address
        plugin = None
    if plugin is None or not plugin.enabled:
        return None
    # The outbox retries, and "optional" would call a failure a success.
    plugin.retry, plugin.optional = 0, False
    # The message and its token are for the server in the configuration, and for none that this one names.
    plugin.redirects = False
    # Apprise would sleep up to 5.5 s before it sends the second of two messages. A daemon that is stopped in that time
    # could not note the message as sent, and would send it again. A few messages a day need no pause between them.
    plugin.request_rate_per_sec = 0
    plugin.socket_connect_timeout = min(plugin.socket_connect_timeout, _CONNECT_TIMEOUT_S)
    plugin.socket_read_timeout = answer_timeout_s
    if hasattr(plugin, "qos"):  # MQTT: at 0 whatever was written to a socket counts as sent
        plugin.qos = max(1, plugin.qos)
        client: Any = plugin.__dict__["client"]
        client.reconnect_delay_set(_NEVER_S, _NEVER_S)  # it would send again what may have arrived, at once
    service = Apprise(asset=asset)
    service.add(plugin)
    return service


def fault_of_address(service: "Apprise") -> str | None:
    """Return why nothing can ever be sent to an address that Apprise takes, as the id of a problem; None for no reason.

    Apprise notices it no sooner than with the first message, if at all.
    """
    plugin: Any = service[0]
    if isinstance(plugin.port, int) and plugin.port not in _PORTS:
        return "problems.address_port"
    receivers = getattr(plugin, "topics", getattr(plugin, "targets", None))
    if len(plugin) == 0 or (receivers == [] and _needs_receivers(plugin)):
        return "problems.address_nobody"
    return None


def _needs_receivers(plugin: Any) -> bool:
    """Return whether every address of a plugin's service names who or what gets the message.

    An address of mail need not, but where it names somebody who is none, nobody is left.
    """
    names = [name for name, token in plugin.template_tokens.items() if "targets" in (name, token.get("map_to"))]
    is_mail = "mailto" in (plugin.protocol or ())
    return is_mail or all(any(f"{{{name}}}" in form for name in names) for form in plugin.templates)


def put(
    service: "Apprise", message: Message, png: bytes = b"", *, timeout_s: float = 0, pixels: Pixels | None = None
) -> SendResult:
    """Send a message to the one service of an Apprise object, shortened at a line end to what the service takes.

    Never raises.

    Args:
        png: The picture that goes with it; b"" for none.
        timeout_s: How long the call is waited for, while it goes on in a thread; 0 for as long as it takes.
        pixels: The same for the desktop; None for none.
    """
    from hersteld.daemon.delivery.desktop_bus import notifications  # noqa: PLC0415 - imports Apprise

    title, body = fitted(message.title, message.body, service[0])
    tag = notifications.BUBBLE_TAG.set(message.tag)
    choices = notifications.BUBBLE_CHOICES.set(message.choices)
    picture = notifications.BUBBLE_PICTURE.set(pixels)
    try:
        with attachment_of(png) if png else nullcontext() as attach:
            result = service.notify(
                body=body, title=title, attach=attach, body_format="text", timeout=timeout_s, log_level=logging.DEBUG
            )
    except Exception:  # noqa: BLE001 - a plugin may raise anything, and its words may hold the address
        return SendResult(ok=False, reason=Line("delivery.plugin_failed"))
    finally:
        notifications.BUBBLE_TAG.reset(tag)
        notifications.BUBBLE_CHOICES.reset(choices)
        notifications.BUBBLE_PICTURE.reset(picture)
    if result and pixels is None:
        return SendResult(ok=True)
    log_lines = [entry.message for call in result.results for entry in call.logs()]
    if result:
        is_refused = notifications.PICTURE_REFUSED in log_lines
        return SendResult(ok=True, picture_refused=Line(notifications.PICTURE_REFUSED) if is_refused else None)
    reason = reason_of(result.status.name, log_lines, timeout_s)
    return SendResult(ok=False, reason=reason, may_have_arrived=reason.id in UNANSWERED_IDS)


def fitted(title: str, body: str, plugin: "NotifyBase") -> tuple[str, str]:
    """Return title and body shortened to what a plugin's service takes, so that Apprise neither cuts nor splits."""
    if plugin.title_maxlen > 0:
        return shortened(title, plugin.title_maxlen), shortened(body, plugin.body_maxlen, plugin.body_max_line_count)
    # Such a service has no title: Apprise puts ours on a line of its own before the body, with "\r\n" between.
    title = shortened(title, plugin.body_maxlen // 2)
    return title, shortened(body, plugin.body_maxlen - len(title) - 2, max(0, plugin.body_max_line_count - 1))


def shortened(text: str, limit: int, most_lines: int = 0) -> str:
    """Return as many whole lines as fit; of a first line that does not, as many whole words.

    Args:
        text: Any text.
        limit: Characters, 1 or more.
        most_lines: 0 is any number.
    """
    lines = text.split("\n")
    if most_lines:
        lines = lines[:most_lines]
    while len(lines) > 1 and len("\n".join(lines)) > limit:
        lines.pop()
    kept = "\n".join(lines).rstrip()
    if len(kept) <= limit:
        return kept
    cut = kept[: limit - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut).rstrip(" ,;:") + "…"
