"""How are buttons described that answer a question by one tap, so that ntfy takes them as they are?

By JSON, whose letters beyond ASCII are escaped: Apprise sends them in a header, where a label that is not latin-1 would
keep the whole message from being sent. ntfy takes at most three.

Source: docs.ntfy.sh/publish/#action-buttons.
"""

import json
from collections.abc import Iterable
from typing import Final

MOST_BUTTONS = 3
RATINGS: Final[tuple[int, ...]] = (3, 6, 8)
"""Easy, hard and very hard, on the scale of ten [H]."""
LABELS: Final[dict[int, str]] = {3: "replies.easy", 6: "replies.hard", 8: "replies.very_hard"}
"""The text of the button for each."""


def actions_of(topic: str, buttons: Iterable[tuple[str, str]]) -> str:
    """Return buttons as the value of ntfy's `X-Actions`, in ASCII.

    Args:
        topic: Web address of the topic to which they send.
        buttons: The label of each, and what it sends.
    """
    actions = [
        {
            "action": "http",
            "label": label,
            "url": topic,
            "method": "POST",
            # No server of a phone's maker needs to carry an answer that no phone is to show.
            "headers": {"Firebase": "no"},
            "body": sent,
            "clear": False,
        }
        for label, sent in buttons
    ]
    return json.dumps(actions[:MOST_BUTTONS], ensure_ascii=True, separators=(",", ":"))
