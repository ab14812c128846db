"""What each kind of target can do, as docs/answers.md says: buttons, or a line that names the command."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import SecretStr

from hersteld.config.settings import Target
from hersteld.daemon.delivery.message import Message
from hersteld.daemon.replies.asking import Asking
from hersteld.daemon.replies.tokens import COUNTS_FOR
from tests.daemon.replies.test_asking import REPLY, Asked

OTHERS = (
    "ntfys://ntfy.example.org/anna",
    "mailtos://u:p@example.org",
    "tgram://123456789:abcdefg/1",
    "pover://user@token",
    "gotify://example.org/token",
    "hassios://example.org/token",
    "mqtt://example.org/topic",
)


@pytest.fixture
def asked(tmp_path: Path) -> Iterator[Asked]:
    asked = Asked(tmp_path)
    yield asked
    asked.store.close()


def test_a_phone_gets_buttons_and_a_mailbox_the_command(asked: Asked) -> None:
    asked.train()
    (phone,), (mail,) = asked.messages("phone"), asked.messages("mail")
    assert "Tap below, or tell me with: hersteld rpe 8" in phone.body
    assert "How hard was it, 1 to 10? Tell me with: hersteld rpe 8" in mail.body
    assert mail.actions == ""
    buttons = json.loads(phone.actions)
    assert [button["label"] for button in buttons] == ["easy 3", "hard 6", "very hard 8"]
    assert {button["url"] for button in buttons} == {REPLY}
    replies = [asked.tokens.read(button["body"], asked.clock.now()) for button in buttons]
    assert [(reply.workout_id, reply.rpe) for reply in replies if reply] == [(1, 3), (1, 6), (1, 8)]
    assert [reply.expires_at - asked.clock.now() for reply in replies if reply] == [COUNTS_FOR] * 3


def test_the_desktop_gets_buttons_that_say_the_rating_and_need_no_signature(asked: Asked) -> None:
    asked.train()
    (shown,), (posted,) = asked.messages("screen"), asked.messages("mail")
    (workout,) = asked.stored()
    assert shown.choices == tuple(
        (f"rpe:{workout.id}:{rpe}", label) for rpe, label in ((3, "easy 3"), (6, "hard 6"), (8, "very hard 8"))
    )
    assert "Tap below" in shown.body
    assert (shown.actions, posted.choices) == ("", ())


def test_every_other_kind_of_target_reads_the_command_and_has_no_buttons(asked: Asked) -> None:
    asked.train()
    row = asked.rows()[0]
    for url in OTHERS:
        notify = replace(asked.settings.notify, targets=(Target("other", SecretStr(url)),))
        ask = Asking(asked.store, replace(asked.settings, notify=notify), asked.clock, asked.tokens).asked
        message = ask(replace(row, target="other"), Message("title", "body", "tag"))
        assert "Tell me with: hersteld rpe 8" in message.body, url
        assert (message.actions, message.choices) == ("", ()), url
