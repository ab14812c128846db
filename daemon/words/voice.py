"""How do commands say texts in the language of their user, with that user's own message texts?

Log lines and errors, which have no texts of the user's own, are said by `hersteld.config.texts.speech`.
"""

from datetime import tzinfo

from hersteld.config.settings import Notify
from hersteld.config.texts.catalogue import load_texts
from hersteld.parsers.line import Line, Value


class Voice:
    """Says lines in the language of one user.

    Args:
        notify: The language, and the user's own texts of messages.
        zone: Where the user is; times are said in it.
    """

    def __init__(self, notify: Notify, zone: tzinfo) -> None:
        self.texts = load_texts(notify.language, notify.texts)
        self.zone = zone
        self.language = notify.language

    def say(self, id_: str, **values: Value) -> str:
        """Return the text of an id: of `messages.toml` where it is there, otherwise of `commands.toml`."""
        return self.line(Line(id_ if id_ in self.texts.messages else f"commands.{id_}", values))

    def line(self, line: Line) -> str:
        """Return a line, whatever its subject."""
        return self.texts.sentence(line, self.zone)

    def word(self, table: str, key: str) -> str:
        """Return a word of a word list, such as "sport" or "numbers.kind"."""
        return self.texts.word(table, key)
