"""How are options and arguments written in the language of this process?"""

import re

from hersteld.config.texts.speech import word
from hersteld.daemon.cli.outline.commands import OutlinedOption

_METAVAR = re.compile(r"[A-Z]+")


def in_words(metavar: str) -> str:
    """Return what stands for a word of the user's own, "[WORKOUT|FILE]", in the language of this process."""
    return _METAVAR.sub(lambda found: word("help.metavar", found[0]), metavar)


def typed(option: OutlinedOption) -> str:
    """Return "-v, --verbose" or "--config FILE"."""
    return f"{', '.join(option.names)} {in_words(option.takes)}".rstrip()
