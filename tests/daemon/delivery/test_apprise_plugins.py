"""Knowing one service does not load the hundred others into a process that should stay small."""

import json
import subprocess
import sys

SCRIPT = """
import json, sys
from pydantic import SecretStr
from hersteld.config.settings import Target
from hersteld.daemon.delivery import notifiers as notify
before = "apprise" in sys.modules
urls = ["ntfys://ntfy.example.org/x", "mailto://a:b@example.org", "json://localhost", "desktop://", "gotify://h/token12"]
notify.AppriseNotifier([Target(str(n), SecretStr(u)) for n, u in enumerate(urls)])
plugins = {m.split(".")[2] for m in sys.modules if m.startswith("apprise.plugins.")} - {"base"}
print(json.dumps([before, sorted(plugins)]))
"""


def test_only_the_plugins_in_use_are_loaded_and_apprise_not_before_it_is_needed() -> None:
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True)
    before, plugins = json.loads(done.stdout)
    assert not before
    assert plugins == ["custom_json", "email", "gotify", "ntfy"]
