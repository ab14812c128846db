"""What becomes of a message whose picture is refused?

Its words leave at once without the picture, in the same attempt, where it is certain that nothing has arrived: the
receiver has refused whatever held the words. Where a part of several receivers has it, or nobody knows, the attempt has
failed as any other, and the next one carries no picture.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from hersteld.daemon.delivery.failure_reasons import UNANSWERED, may_be_of_picture
from hersteld.daemon.delivery.message import Message, SendResult
from hersteld.daemon.delivery.on_the_wire import Wire
from hersteld.daemon.delivery.pictures.ways import words_beside_picture
from hersteld.parsers.line import Line

if TYPE_CHECKING:  # Apprise is slow to import
    from apprise.plugins.base import NotifyBase

Put = Callable[[Message, bytes], SendResult]
"""Sends a message once, with this picture, or without for b""."""
NOT_DRAWN = SendResult(ok=False, reason=Line("delivery.picture_not_drawn"))


def send(put: Put, plugin: "NotifyBase", wire: Wire, message: Message, png: bytes = b"") -> SendResult:
    """Send a message with its picture, or without it where that is refused; never raise.

    Args:
        put: Makes one call to the service of the plugin.
        wire: Sees what leaves this process.
        message: Without a body it is a picture alone, that of a message whose words have arrived.
        png: Its picture; b"" for none, or where it cannot be drawn.
    """
    if not message.body and message.picture is not None:
        words = replace(message, title="", body=words_beside_picture(plugin, message.title))
        return _picture_alone(put, wire, words, png) if png else NOT_DRAWN
    result = _once(put, wire, message, png)
    if not png or result.ok or result.may_have_arrived or not may_be_of_picture(result.reason):
        return result
    refused = result.reason or Line("delivery.without_reason")
    if wire.is_taken:
        return replace(result, picture_refused=refused)
    plain = _once(put, wire, message)
    return replace(plain, picture_refused=refused) if plain.ok else plain


def _picture_alone(put: Put, wire: Wire, words: Message, png: bytes) -> SendResult:
    result = _once(put, wire, words, png)
    is_refused = not (result.ok or result.may_have_arrived) and may_be_of_picture(result.reason)
    return replace(result, picture_refused=result.reason) if is_refused else result


def _once(put: Put, wire: Wire, message: Message, png: bytes = b"") -> SendResult:
    """Make one call, and return what became of it by what was said and by what was seen of it."""
    wire.begin(message, png)
    result = put(message, png)
    return SendResult(
        ok=result.ok or wire.is_accepted,
        reason=UNANSWERED if wire.is_unanswered else result.reason,
        may_have_arrived=wire.is_unanswered or wire.is_accepted_in_part,
    )
