"""What does a user read of a reason?"""

from hersteld.config.texts.speech import said
from hersteld.parsers.line import Line


def sentence(reason: Line | None) -> str:
    """Return a reason in the language of this process, which is English in tests; "" where there is none."""
    return said(reason) if reason else ""
