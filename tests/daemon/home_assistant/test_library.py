"""Without the library it is said how to install it, and it is imported only by whoever asks for it."""

import subprocess
import sys
from types import ModuleType

import pytest

from hersteld.config.texts.speech import said
from hersteld.daemon.home_assistant.library import NOT_INSTALLED, NotInstalled, mqtt_client


def test_the_library_is_found() -> None:
    assert hasattr(mqtt_client(), "Client")


@pytest.mark.parametrize("old", [None, ModuleType("paho.mqtt.client")])
def test_a_library_that_is_missing_or_too_old_is_as_none(
    old: ModuleType | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = ModuleType("paho.mqtt")
    if old is not None:
        package.client = old  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "paho.mqtt", package if old is not None else None)
    monkeypatch.setitem(sys.modules, "paho.mqtt.client", old)
    with pytest.raises(NotInstalled):
        mqtt_client()


def test_it_is_said_how_to_install_it() -> None:
    assert "pip install '.[mqtt]'" in said(NOT_INSTALLED)
    assert "pipx inject hersteld paho-mqtt" in said(NOT_INSTALLED)


def test_the_service_and_the_commands_import_no_library_before_it_is_needed() -> None:
    modules = "hersteld.daemon.service.lifecycle, hersteld.daemon.cli.main, hersteld.daemon.cli.setup.check"
    code = f"import sys, {modules}; sys.exit('paho' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
