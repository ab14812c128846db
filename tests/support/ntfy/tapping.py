"""What a phone does when its owner taps a button of a message: the request that the button describes."""

import ssl
import urllib.request
from pathlib import Path
from typing import Any

from tests.support.ntfy.server import Published


def button(message: Published, label: str) -> dict[str, Any]:
    """Return the button of a message whose label holds this."""
    (found,) = [action for action in message.actions if label in action["label"]]
    return found


def tap(message: Published, label: str, *, authority: Path | None = None) -> str:
    """Tap a button; return what it sent."""
    action = button(message, label)
    request = urllib.request.Request(
        action["url"], data=action["body"].encode(), method=action["method"], headers=action.get("headers", {})
    )
    context = ssl.create_default_context(cafile=authority) if authority else None
    with urllib.request.urlopen(request, timeout=10, context=context):
        return str(action["body"])
