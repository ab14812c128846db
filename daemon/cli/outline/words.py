"""How are options and arguments written in the language of this process? Which keys does every readiness rest on?"""

import re

from hersteld.config.texts.speech import word
from hersteld.daemon.cli.outline.commands import OutlinedOption

OF_ALL_HISTORY = ("athlete", "rules")
"""The tables of which a command that assesses stored workouts anew takes no key with --set: the service would not know
of it. Which commands do so is with completion; a test tries all of them."""

_METAVAR = re.compile(r"[A-Z]+")


def in_words(metavar: str) -> str:
    """Return what stands for a word of the user's own, "[WORKOUT|FILE]", in the language of this process."""
    return _METAVAR.sub(lambda found: word("help.metavar", found[0]), metavar)


def typed(option: OutlinedOption) -> str:
    """Return "-v, --verbose" or "--config FILE"."""
    return f"{', '.join(option.names)} {in_words(option.takes)}".rstrip()
