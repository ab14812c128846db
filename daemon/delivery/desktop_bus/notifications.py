"""How does a message get into a notification bubble on the desktop?

This is the plugin `desktop://` for Apprise. It makes D-Bus calls to the program that shows notifications in this
session, and needs no compiled library. Each message opens a new connection, so that a restart of the bus does no harm;
one with buttons leaves on a connection that stays open, as only that is told which was pressed (`kept_bus`). A bubble
replaces the earlier bubble about the same thing. The caller names that thing in `BUBBLE_TAG` during the call,
because Apprise passes nothing but title and body to a plugin. A picture is a hint: where a program refuses it, it is
asked to show the words alone, and the log of the call has `PICTURE_REFUSED`.
"""

import os
import threading
from collections.abc import Iterable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, replace
from html import escape
from itertools import chain
from typing import Any

from apprise.common import NotifyFormat, NotifyType
from apprise.plugins.base import NotifyBase
from jeepney import DBusAddress, DBusErrorResponse, message_bus, new_method_call
from jeepney.low_level import HeaderFields, Message
from jeepney.wrappers import unwrap_msg

from hersteld.daemon.delivery.desktop_bus.kept_bus import INTERFACE, KeptBus
from hersteld.daemon.delivery.desktop_bus.presses import PRESSES
from hersteld.daemon.delivery.desktop_bus.session_bus import BUS_ERRORS, Bus, Unanswered, connect
from hersteld.daemon.delivery.pictures.pixels import Pixels

BUBBLE_TAG: ContextVar[str] = ContextVar("bubble_tag", default="")
"""What the message is about, "workout-17"; a message with "" replaces nothing."""
BUBBLE_CHOICES: ContextVar[tuple[tuple[str, str], ...]] = ContextVar("bubble_choices", default=())
"""The buttons of the message: what is told when one is pressed, and its label."""
BUBBLE_PICTURE: ContextVar[Pixels | None] = ContextVar("bubble_picture", default=None)
"""The picture beside the words; None for none."""

PICTURE_REFUSED = "delivery.desktop_refused"
"""What the log of a call says of which only the picture was refused."""

_MOST_BUBBLES = 100
_NORMAL_URGENCY = 1
_SERVER_DECIDES = -1
_ICON = "appointment-soon"
_OPAQUE = (False, 8, 3)
"""Whether a picture has transparency, the bits of a colour, and the colours of a point."""
_NOTIFICATIONS = DBusAddress(
    "/org/freedesktop/Notifications",
    bus_name=INTERFACE,
    interface=INTERFACE,
)


@dataclass(frozen=True, slots=True)
class Bubble:
    """A bubble that was shown. Its number is valid for one server on one bus only.

    Attributes:
        bus_id: Name of the running bus, new after each restart.
        server: Unique name of the program that shows notifications, never reused on one bus.
        number: What `Notify` returned.
    """

    bus_id: str
    server: str
    number: int


class NotifyDesktop(NotifyBase):
    """`desktop://`: org.freedesktop.Notifications on the session bus."""

    # Apprise gives each of these a default of None or (), and its types with it.
    service_name = "Desktop"  # type: ignore[assignment]
    service_url = "https://specifications.freedesktop.org/notification-spec/"  # type: ignore[assignment]
    protocol = "desktop"  # type: ignore[assignment]
    notify_format = NotifyFormat.TEXT
    request_rate_per_sec = 0
    url_identifier = False  # type: ignore[assignment]  # one session, one desktop
    templates = ("{schema}://",)  # type: ignore[assignment]

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._bubbles: dict[str, Bubble] = {}
        self._kept: KeptBus | None = None
        self._offered: dict[int, frozenset[str]] = {}
        self._lock = threading.Lock()

    def send(self, body: str, title: str = "", notify_type: NotifyType = NotifyType.INFO, **_: Any) -> bool:
        """Show the message; a failure is logged, as Apprise's plugins do, by the id of its reason."""
        del notify_type  # no message of ours is an alarm
        tag, choices = BUBBLE_TAG.get(), BUBBLE_CHOICES.get()
        content = _Content(title, body, choices, BUBBLE_PICTURE.get())
        try:
            if choices:
                bubble = self._show(self._kept_bus(), content)
                self._offer(bubble.number, choices)
            else:
                with connect(os.environ) as bus:
                    bubble = self._show(bus, content)
        except Unanswered:
            self._fail("delivery.desktop_unanswered")
        except DBusErrorResponse as error:
            unknown = error.name.endswith((".ServiceUnknown", ".NameHasNoOwner", ".NoReply")) or ".Spawn." in error.name
            self._fail("delivery.desktop_nobody_shows" if unknown else "delivery.desktop_refused")
        except TimeoutError:
            self._fail("delivery.desktop_no_answer")
        except BUS_ERRORS:
            self._fail("delivery.desktop_no_bus")
        else:
            if tag:
                self._remember(tag, bubble)
            return True
        return False

    def _show(self, bus: Bus | KeptBus, content: "_Content") -> Bubble:
        bus_id: str = unwrap_msg(bus.send_and_get_reply(message_bus.GetId()))[0]
        # This first call also starts a server that D-Bus starts on demand.
        reply = bus.send_and_get_reply(new_method_call(_NOTIFICATIONS, "GetCapabilities"))
        capabilities: list[str] = unwrap_msg(reply)[0]
        server = reply.header.fields.get(HeaderFields.sender, "")
        earlier = self._bubbles.get(BUBBLE_TAG.get())
        ours = earlier is not None and (earlier.bus_id, earlier.server) == (bus_id, server)
        replaced = earlier.number if earlier is not None and ours else 0
        try:
            shown = unwrap_msg(bus.send_and_wait(_call(content, capabilities, replaced)))
        except DBusErrorResponse:
            if content.picture is None:
                raise
            shown = unwrap_msg(bus.send_and_wait(_call(replace(content, picture=None), capabilities, replaced)))
            self._fail(PICTURE_REFUSED)
        return Bubble(bus_id, server, shown[0] if shown and isinstance(shown[0], int) else 0)

    def _kept_bus(self) -> KeptBus:
        """Return the connection that hears of presses, opened anew where the bus has ended it."""
        with self._lock:
            if self._kept is None or not self._kept.is_open:
                self._offered.clear()  # numbers of another bus
                self._kept = KeptBus(connect(os.environ), self._pressed)
            return self._kept

    def _offer(self, number: int, choices: Iterable[tuple[str, str]]) -> None:
        with self._lock:
            self._offered[number] = frozenset(choice for choice, _ in choices)
            while len(self._offered) > _MOST_BUBBLES:
                del self._offered[next(iter(self._offered))]

    def _pressed(self, number: int, button: str) -> None:
        """Tell of a button that this bubble has; whoever is on the bus may name any other."""
        with self._lock:
            is_offered = button in self._offered.get(number, ())
        if is_offered:
            PRESSES.put(button)

    def _fail(self, id_: str) -> None:
        self.logger.warning(id_)  # one of `failure_reasons.DESKTOP_IDS`

    def _remember(self, tag: str, bubble: Bubble) -> None:
        self._bubbles.pop(tag, None)  # the latest goes to the end
        self._bubbles[tag] = bubble
        while len(self._bubbles) > _MOST_BUBBLES:
            del self._bubbles[next(iter(self._bubbles))]

    def url(self, privacy: bool = False, *args: Any, **kwargs: Any) -> str:
        """Return the address of this target, as Apprise asks of every plugin."""
        return f"desktop://?{self.urlencode(self.url_parameters(*args, privacy=privacy, **kwargs))}"

    @staticmethod
    def parse_url(url: str) -> dict[str, Any] | None:  # type: ignore[override]
        """Accept `desktop://` with nothing behind it but Apprise's own options."""
        found: dict[str, Any] | None = NotifyBase.parse_url(url, verify_host=False)
        return found


@dataclass(frozen=True, slots=True)
class _Content:
    """What stands in a bubble."""

    title: str
    body: str
    choices: Sequence[tuple[str, str]]
    picture: Pixels | None


def _call(content: _Content, capabilities: Sequence[str], replaced: int) -> Message:
    hints: dict[str, tuple[str, object]] = {"urgency": ("y", _NORMAL_URGENCY)}
    if (picture := content.picture) is not None:
        row_bytes = len(picture.rgb) // picture.height_px
        hints["image-data"] = ("(iiibiiay)", (picture.width_px, picture.height_px, row_bytes, *_OPAQUE, picture.rgb))
    call: Message = new_method_call(
        _NOTIFICATIONS,
        "Notify",
        "susssasa{sv}i",
        (
            "hersteld",
            replaced,
            _ICON,
            content.title,
            escape(content.body, quote=False) if "body-markup" in capabilities else content.body,
            list(chain.from_iterable(content.choices)) if "actions" in capabilities else [],
            hints,
            _SERVER_DECIDES,
        ),
    )
    return call
