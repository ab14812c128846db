"""A test message has the buttons of a question where its target can carry them, and they speak of no workout."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic import SecretStr

from hersteld.config.languages import Language
from hersteld.config.settings import Target
from hersteld.config.texts.catalogue import load_texts
from hersteld.daemon.database.connection import Store
from hersteld.daemon.delivery.message import Message
from hersteld.daemon.replies.key import key_of
from hersteld.daemon.replies.tokens import TRIAL, Tokens
from hersteld.daemon.replies.trial import Trial, tokens_at

NOW = datetime(2026, 5, 6, 12, 0, 30, tzinfo=UTC)
PLAIN = Message("hersteld: test", "This is a test.", "test")
TARGETS = (
    Target("phone", SecretStr("ntfy://h/anna"), reply=SecretStr("http://h/answers")),
    Target("screen", SecretStr("desktop://")),
    Target("tablet", SecretStr("ntfy://h/anna")),
    Target("mail", SecretStr("mailto://u:p@example.org")),
    Target("chat", SecretStr("tgram://123:abc/1")),
    Target("server", SecretStr("gotify://h/token")),
)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "state" / "hersteld.db"
    Store(path).close()
    return path


def trial(tokens: Tokens | None, language: Language = "en") -> Trial:
    return Trial(TARGETS, load_texts(language), tokens, NOW, UTC)


def test_the_phone_and_the_desktop_get_buttons_and_no_other_target_does(database: Path) -> None:
    key_of(database)
    tokens = tokens_at(database)
    assert tokens is not None
    sent = {target.name: trial(tokens).with_buttons(target.name, PLAIN) for target in TARGETS}
    buttons = json.loads(sent["phone"].actions)
    assert [button["label"] for button in buttons] == ["easy 3", "hard 6", "very hard 8"]
    replies = [tokens.read(button["body"], NOW) for button in buttons]
    assert [reply.workout_id for reply in replies if reply] == [TRIAL] * 3
    assert sent["screen"].choices == (("rpe:0:3", "easy 3"), ("rpe:0:6", "hard 6"), ("rpe:0:8", "very hard 8"))
    for name in ("phone", "screen"):
        assert sent[name].body == "This is a test.\nThe buttons of this test change nothing; try one."
    assert [name for name, message in sent.items() if message == PLAIN] == ["tablet", "mail", "chat", "server"]


def test_in_dutch_as_well(database: Path) -> None:
    key_of(database)
    message = trial(tokens_at(database), "nl").with_buttons("phone", PLAIN)
    assert message.body.endswith("De knoppen van deze test veranderen niets; probeer er een.")
    assert json.loads(message.actions)[0]["label"] == "licht 3"


def test_without_a_key_the_phone_has_no_buttons_and_none_is_made(database: Path) -> None:
    """It is made by the service, which may be another user's."""
    there = set(database.parent.iterdir())
    assert tokens_at(database) is None
    assert trial(None).with_buttons("phone", PLAIN) == PLAIN
    assert trial(None).has_topic("phone")
    assert set(database.parent.iterdir()) <= there


def test_where_there_is_no_database_none_is_made(tmp_path: Path) -> None:
    key_of(tmp_path / "hersteld.db")
    assert tokens_at(tmp_path / "hersteld.db") is None
    assert not (tmp_path / "hersteld.db").exists()


def test_a_desktop_that_nobody_configured_has_buttons_too() -> None:
    by_itself = Trial((), load_texts("en"), None, NOW, UTC)
    assert len(by_itself.with_buttons("desktop", PLAIN).choices) == 3
    assert by_itself.with_buttons("log", PLAIN) == PLAIN
