"""How does a reason look as JSON? Its sentence in English, and for programs its id and its values."""

from datetime import UTC
from functools import cache
from typing import Any

from hersteld.config.texts.catalogue import Texts, load_texts
from hersteld.daemon.views.json_values import json_value
from hersteld.parsers.line import Line


def reason_json(reason: Line | None) -> dict[str, Any]:
    """Return the keys `reason`, `reason_id` and `reason_values`; all are None where there is no reason."""
    return {
        "reason": None if reason is None else _english().sentence(reason, UTC),
        "reason_id": None if reason is None else reason.id,
        "reason_values": None if reason is None else json_value(reason.values),
    }


@cache
def _english() -> Texts:
    return load_texts("en")
