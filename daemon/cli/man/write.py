"""`make man`: which commands, options and keys are there now, and what does the manual page say of them?

Writes `daemon/cli/outline/commands.json` anew, which is part of the project, and the pages into a folder:

    python -m hersteld.daemon.cli.man.write FOLDER
"""

import json
import sys
from dataclasses import asdict
from pathlib import Path

from hersteld.config.file.schema import Schema, dotted_keys, keys_schema, node_at
from hersteld.config.file.tables.home_assistant import KEYS as BROKER_KEYS
from hersteld.config.rules import rule_table
from hersteld.daemon.cli.main import cli
from hersteld.daemon.cli.man import page
from hersteld.daemon.cli.outline.commands import FILE, stored
from hersteld.daemon.cli.outline.from_click import outline_of
from hersteld.daemon.cli.printing.spoken_click import SpokenContext

_ADDRESSES = ("notify.targets", "health.ping_url", *(f"home_assistant.{key}" for key in BROKER_KEYS))
"""Keys that no command line takes, as everybody on the machine can read it."""


def main(folder: Path) -> None:
    """Write the outline of the commands, and the pages into a folder."""
    FILE.write_text(outline_json(), encoding="utf-8")
    stored.cache_clear()
    page.main(folder)


def outline_json() -> str:
    """Return what `commands.json` is to hold: the program, and the keys that --set takes with the words of each."""
    program = outline_of(SpokenContext(cli, None, "hersteld"))
    schema = keys_schema()
    nodes = {key: node_at(schema, tuple(key.split("."))) for key in dotted_keys(schema)}
    keys = {
        key: _choices(node)
        for key, node in nodes.items()
        if node.get("type", "object") != "object" and not key.startswith(_ADDRESSES)
    }
    keys |= {f"rules.{section}.{name}": () for section, numbers in rule_table().items() for name in numbers}
    return json.dumps({"program": asdict(program), "keys": keys}, indent=1) + "\n"


def _choices(node: Schema) -> tuple[str, ...]:
    """Return the words of which a key takes one; none where there is no such list."""
    if node.get("type") == "boolean":
        return ("true", "false")
    return tuple(node.get("enum", ()))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
