"""Buttons arrive at ntfy as they were meant, whatever stands on them, and only with the message that has them."""

from collections.abc import Iterator

import pytest
from pydantic import SecretStr

from hersteld.config.settings import Target
from hersteld.daemon.delivery.call_process import LATER
from hersteld.daemon.delivery.message import Message
from hersteld.daemon.delivery.notifiers import AppriseNotifier
from hersteld.daemon.replies.buttons import actions_of
from tests.support.ntfy.server import NtfyServer

LABELS = ("très dur 8", "zwaar → 6 %41 %2541", "легко 3 🚲")
"""Beyond latin-1, with percent signs that an address would lose, and beyond the first plane of Unicode."""


@pytest.fixture
def ntfy() -> Iterator[NtfyServer]:
    LATER.start()
    with NtfyServer() as server:
        yield server


def test_they_arrive_with_the_message_and_stay_away_from_the_next(ntfy: NtfyServer) -> None:
    topic = f"{ntfy.url}/answers"
    phone = AppriseNotifier([Target("phone", SecretStr(ntfy.target("anna") + "?priority=low"))])
    actions = actions_of(topic, [(label, f"token-{label[0]}") for label in LABELS])
    assert phone.send("phone", Message("Zware rit", "Hoe zwaar was het? ☹", "workout-1", actions)).ok
    assert phone.send("phone", Message("Hersteld", "Vanaf nu kun je weer hard trainen.", "workout-1")).ok
    with_buttons, without = ntfy.published
    assert (with_buttons.topic, with_buttons.title, with_buttons.body) == ("anna", "Zware rit", "Hoe zwaar was het? ☹")
    assert [action["label"] for action in with_buttons.actions] == list(LABELS)
    assert [action["body"] for action in with_buttons.actions] == [f"token-{label[0]}" for label in LABELS]
    assert {action["url"] for action in with_buttons.actions} == {topic}
    assert without.actions == []


def test_the_buttons_of_a_question_take_the_place_of_those_in_the_address(ntfy: NtfyServer) -> None:
    own = "view%2C%20Site%2C%20https%3A%2F%2Fexample.org"
    phone = AppriseNotifier([Target("phone", SecretStr(f"{ntfy.target('anna')}?actions={own}"))])
    actions = actions_of(f"{ntfy.url}/answers", [("hard 6", "token")])
    assert phone.send("phone", Message("title", "body", "tag", actions)).ok
    assert [action["label"] for action in ntfy.published[0].actions] == ["hard 6"]
