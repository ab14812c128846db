"""The language that a process speaks, for as long as a test needs it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, tzinfo

from hersteld.config.settings import Language
from hersteld.config.texts.speech import speak


@contextmanager
def speaking(language: Language, zone: tzinfo = UTC) -> Iterator[None]:
    """Speak a language, and English again afterwards."""
    speak(language, zone)
    try:
        yield
    finally:
        speak("en", UTC)
