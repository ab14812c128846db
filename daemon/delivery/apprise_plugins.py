"""Which of Apprise's many plugins serves an address?

Apprise loads all of its plugins to find one, which takes some 16 MB of a process that should stay below 90. Here the
plugin is found by reading the sources without running them, and only that one is loaded. Where this finds none, Apprise
loads all of them.
"""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from apprise import plugins as apprise_plugins
from apprise.manager_plugins import NotificationManager
from apprise.plugins.base import NotifyBase
from apprise.utils.parse import parse_list

from hersteld.config import texts
from hersteld.daemon.delivery.desktop_bus.notifications import NotifyDesktop

_NO_PLUGINS = Path(texts.__file__).with_name("en")
"""A folder that is always there and holds no Python; to make an empty one would need room on the disk."""


def make_known(scheme: str) -> None:
    """Load the plugin for `scheme://` into Apprise, and if possible no other but our own `desktop://`."""
    known = NotificationManager()
    if not known:
        known.load_modules(path=str(_NO_PLUGINS))  # having "loaded" it, Apprise takes its plugins for loaded
    if NotifyDesktop.protocol not in known:
        known.add(NotifyDesktop)
    if scheme in known:
        return
    for plugin in _plugins_that_may_serve(scheme):
        if scheme in parse_list(plugin.secure_protocol, plugin.protocol) and known.add(plugin):
            return
    known.load_modules()  # an https:// address of some service's own, or a scheme that is no literal in the source


def _plugins_that_may_serve(scheme: str) -> Iterator[type[NotifyBase]]:
    declares = re.compile(rf"protocol\s*=[^=]*[\"']{re.escape(scheme)}[\"']")
    for folder in map(Path, apprise_plugins.__path__):
        for entry in sorted(folder.iterdir()):
            sources = [entry] if entry.suffix == ".py" else sorted(entry.glob("*.py"))
            if entry.stem.startswith(("_", "base")) or not any(declares.search(s.read_text("utf-8")) for s in sources):
                continue
            try:
                module = import_module(f"{apprise_plugins.__name__}.{entry.stem}")
            except ImportError:
                continue  # a plugin whose library is missing serves no address
            for thing in vars(module).values():
                if isinstance(thing, type) and issubclass(thing, NotifyBase) and thing is not NotifyBase:
                    yield thing
