"""Which buttons has a test message, by which the athlete sees them and that a tap is heard?

The same as a question has. What they send speaks of no workout, so a tap on one rates nothing: on the phone the service
notes when it was heard, and on the desktop the command that showed the bubble waits for it.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Final

from hersteld.config.settings import Target
from hersteld.config.texts.catalogue import Texts
from hersteld.daemon.database.connection import Store
from hersteld.daemon.delivery.message import Message
from hersteld.daemon.replies.buttons import LABELS, RATINGS, actions_of
from hersteld.daemon.replies.desktop import choice_of, desktops_of
from hersteld.daemon.replies.key import read_key
from hersteld.daemon.replies.tokens import COUNTS_FOR, TRIAL, Reply, Tokens
from hersteld.daemon.store.answers.used_replies import identity_of
from hersteld.daemon.system.errors import DaemonError
from hersteld.parsers.line import Line

_BODY: Final = "replies.trial"


class Trial:
    """Puts buttons on a test message.

    Args:
        targets: All that are configured.
        tokens: Makes what the buttons of ntfy send; None where there is no key yet.
        now: Aware UTC.
    """

    def __init__(
        self, targets: Sequence[Target], texts: Texts, tokens: Tokens | None, now: datetime, zone: tzinfo
    ) -> None:
        self._topics = {target.name: target.reply.get_secret_value() for target in targets if target.reply is not None}
        self._desktops = desktops_of(targets)
        self._tokens = tokens
        self._expires_at = now.replace(second=0, microsecond=0) + COUNTS_FOR
        self._body = texts.sentence(Line(_BODY), zone)
        self._labels = {rpe: texts.sentence(Line(LABELS[rpe], {"rpe": rpe}), zone) for rpe in RATINGS}

    def has_topic(self, target: str) -> bool:
        """Return whether answers of a target come back by a topic."""
        return target in self._topics

    def with_buttons(self, target: str, message: Message) -> Message:
        """Return a test message with buttons and a word of them; the same for a target that can carry none."""
        with_word = replace(message, body=f"{message.body}\n{self._body}")
        if target in self._desktops:
            return replace(with_word, choices=tuple((choice_of(TRIAL, rpe), self._labels[rpe]) for rpe in RATINGS))
        topic = self._topics.get(target)
        if topic is None or self._tokens is None:
            return message
        replies = [(self._labels[rpe], self._tokens.made(Reply(TRIAL, rpe, self._expires_at))) for rpe in RATINGS]
        return replace(with_word, actions=actions_of(topic, replies))


def tokens_at(database: Path) -> Tokens | None:
    """Return what signs the buttons of a database; None where no service has made its key, or it cannot be read."""
    try:
        key = read_key(database)
        if key is None or not database.exists():
            return None
        with Store(database, create=False) as store:
            return Tokens(key, identity_of(store))
    except (OSError, sqlite3.Error, DaemonError):
        return None
