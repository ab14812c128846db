"""What holds for every test: none fails for being slow on a busy machine, and each begins in English.

Ctrl-C works in the programs that tests start, whatever started the tests.
"""

import signal
from datetime import UTC

import pytest
from hypothesis import HealthCheck, settings

from hersteld.config.texts.speech import speak
from tests.support.measured.figures import (  # noqa: F401 - hooks and a fixture, which pytest finds by their names
    measured,
    pytest_collection_modifyitems,
    pytest_configure,
    pytest_runtest_logreport,
    pytest_runtest_setup,
    pytest_sessionfinish,
    pytest_terminal_summary,
)

settings.register_profile("hersteld", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("hersteld")

# A run in the background of a shell ignores Ctrl-C, and so would every program that a test starts and interrupts.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def _english() -> None:
    """Let this process speak English, whatever a test before made it speak."""
    speak("en", UTC)
