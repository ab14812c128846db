"""What stands in the files of the configuration, so that others can tell whether it has changed?

Only what counts in them: no comments, no order. What the command line, the environment and systemd's credentials add
differs from one command to the next, and so do the watched folders, which a command line may name.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from hersteld.config.settings import Target


def written(document: Mapping[str, Any], elsewhere: Iterable[Target]) -> str:
    """Return all that stands in the files, as secret as they are.

    Args:
        document: What TOML says in the one, before anything is put into it.
        elsewhere: The targets of a file of addresses.
    """
    watch = document.get("watch")
    tables = {**document, "watch": _without(watch, "folders")} if isinstance(watch, dict) else document
    addresses = [[target.name, target.url.get_secret_value()] for target in elsewhere]
    said = {name: table for name, table in tables.items() if table != {}}
    return json.dumps([said, addresses], sort_keys=True, default=str)


def _without(table: Mapping[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in table.items() if name != key}
