"""What holds for every test: none fails for being slow on a busy machine, and each begins in English."""

from datetime import UTC

import pytest
from hypothesis import HealthCheck, settings

from hersteld.config.texts.speech import speak

settings.register_profile("hersteld", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("hersteld")


@pytest.fixture(autouse=True)
def _english() -> None:
    """Let this process speak English, whatever a test before made it speak."""
    speak("en", UTC)
