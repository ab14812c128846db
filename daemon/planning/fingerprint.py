"""Were the stored plans made with these settings, and are the waiting messages in these words?

One fingerprint is of every setting and every number of the rules that can reach a stored plan, and of the version of
the rules' code: where it differs from the stored one, the past is assessed anew. The other is of what decides on the
words and hours of messages: where it differs, those that wait are written anew.
"""

import hashlib
import json
from dataclasses import fields, is_dataclass
from datetime import time, tzinfo
from typing import Any

from hersteld.config.settings import Settings
from hersteld.recovery.rules import VERSION


def settings_fingerprint(settings: Settings) -> str:
    """Return the fingerprint of what decides on loads, readiness and plans: the athlete and the rules."""
    return _digest({"version": VERSION, "athlete": settings.athlete, "rules": settings.rules})


def wording_fingerprint(settings: Settings, zone: tzinfo) -> str:
    """Return the fingerprint of what decides on the words, the number and the hours of messages.

    Args:
        zone: Where the athlete is.
    """
    notify = settings.notify
    words = {"language": notify.language, "texts": dict(notify.texts), "style": notify.style, "zone": str(zone)}
    return _digest({**words, "quiet_hours": notify.quiet_hours})


def _digest(value: object) -> str:
    text = json.dumps(_plain(value), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _plain(value: Any) -> Any:
    """Return a value in a form that is the same in every process."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, frozenset | set):
        return sorted(map(str, value))
    if isinstance(value, tuple | list):
        return [_plain(inner) for inner in value]
    if isinstance(value, time):
        return value.isoformat()
    if isinstance(value, bool | str) or value is None:
        return value
    return float(value)
