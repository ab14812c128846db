"""A message asks how hard it was where that would change something, once, and of nobody who does not answer."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from hersteld.config.file.load import load_settings
from hersteld.daemon.answers.answers import Answers
from hersteld.daemon.delivery.message import Message, SendResult
from hersteld.daemon.outbox.rows import OutboxRow
from hersteld.daemon.replies.asking import MOST_UNANSWERED, Asking
from hersteld.daemon.replies.tokens import Tokens
from hersteld.daemon.store.answers.rows import Source
from hersteld.daemon.store.answers.used_replies import identity_of
from hersteld.parsers.line import Line
from hersteld.recovery.messages.draft import MessageKind
from tests.support.pipeline import Pipeline, a_file

REPLY = "https://ntfy.example.org/w8woord-topic"
TARGETS = f"""
[[notify.targets]]
name = "phone"
url = "ntfys://ntfy.example.org/anna"
reply = "{REPLY}"
[[notify.targets]]
name = "screen"
url = "desktop://"
[[notify.targets]]
name = "mail"
url = "mailto://u:p@example.org"
"""
WEIGHTS = ("training", "strength_training")
QUESTION = "How hard was it"


class Asked(Pipeline):
    """A pipeline whose messages ask, to a phone that has buttons and a mailbox that has none."""

    def __init__(self, folder: Path, **overrides: str) -> None:
        self.folder = folder
        super().__init__(folder, "phone", "screen", "mail")
        self.configure(**overrides)
        self.tokens = Tokens(bytes(32), identity_of(self.store))

    def start(self) -> None:
        super().start()
        config = self.folder / "targets.toml"
        config.touch(mode=0o600)
        config.write_text(TARGETS)
        settings = load_settings(config, overrides=self._overrides, environ={"HOME": str(self.folder)})
        self.tokens = Tokens(bytes(32), identity_of(self.store))
        self.ask = Asking(self.store, settings, self.clock, self.tokens).asked

    def train(self, name: str = "one.fit", *, bpm: float | None = None, sport: tuple[str, str] = WEIGHTS) -> None:
        """Let a workout come in that has just ended."""
        ended_at = self.clock.now() - timedelta(minutes=5)
        self.put(name, a_file(ended_at, minutes=60, bpm=bpm, sport=sport[0], sub_sport=sport[1]))
        self.look()

    def messages(self, target: str) -> list[Message]:
        return [message for name, message in self.notifier.received if name == target]

    def asks(self) -> int:
        """Return how many messages to the phone asked."""
        return sum(QUESTION in message.body for message in self.messages("phone"))

    def rate(self, which: str = "last") -> None:
        answers = Answers(self.store, self.settings, self.clock)
        answers.rate(answers.find(which), 8, Source.COMMAND)

    def unrate(self) -> None:
        answers = Answers(self.store, self.settings, self.clock)
        answers.unrate(answers.find("last"))


@pytest.fixture
def asked(tmp_path: Path) -> Iterator[Asked]:
    asked = Asked(tmp_path)
    yield asked
    asked.store.close()


@pytest.mark.parametrize(
    ("sport", "bpm", "is_asked"),
    [
        (WEIGHTS, None, True),
        (WEIGHTS, 120, True),
        (("fitness_equipment", "generic"), None, True),
        (("rock_climbing", "generic"), 110, True),
        (("running", "generic"), None, True),
        (("running", "generic"), 165, False),
        (("cycling", "road"), 150, False),
    ],
)
def test_it_is_asked_where_the_answer_would_change_the_load(
    asked: Asked, sport: tuple[str, str], bpm: float | None, *, is_asked: bool
) -> None:
    asked.train(bpm=bpm, sport=sport)
    assert asked.messages("phone")
    assert bool(asked.asks()) == is_asked
    assert bool(asked.messages("phone")[0].actions) == is_asked
    before = asked.stored()[-1].load
    asked.rate()
    asked.look()
    assert (asked.stored()[-1].load != before) == is_asked, "the question was worth asking, or rightly left out"


def test_in_dutch_as_well(tmp_path: Path) -> None:
    asked = Asked(tmp_path, notify__language="nl")
    asked.train()
    (phone,) = asked.messages("phone")
    assert "Hoe zwaar was het? Tik hieronder, of zeg het met: hersteld rpe 8" in phone.body
    assert [button["label"] for button in json.loads(phone.actions)] == ["licht 3", "zwaar 6", "heel zwaar 8"]
    asked.store.close()


def test_what_the_buttons_send_is_stored_nowhere(asked: Asked) -> None:
    asked.train()
    (phone,) = asked.messages("phone")
    dump = "\n".join(asked.store.db.conn.iterdump())
    assert "Hard" in dump or "hard" in dump
    assert [button["body"] for button in json.loads(phone.actions) if button["body"] in dump] == []
    assert "w8woord" not in dump
    assert phone.actions not in repr(phone)


def test_the_sentence_of_the_very_first_message_stays_the_last_one(asked: Asked) -> None:
    asked.train()
    assert asked.messages("phone")[0].body.splitlines()[-1].startswith("Information, not medical advice")


def test_no_message_grows_beyond_what_a_message_may_hold(asked: Asked) -> None:
    asked.train()
    row = next(row for row in asked.rows() if row.target == "phone")
    assert asked.ask is not None
    for length in (400, 540, 599, 600):
        message = asked.ask(row, Message("title", "x" * length, "tag"))
        assert message.actions, "a button needs no room"
        assert len(message.body) <= 600
        assert "x" * length in message.body


def test_only_one_message_of_a_workout_asks_however_often_it_is_tried(asked: Asked) -> None:
    tries: list[Message] = []

    def refuse_twice(target: str, message: Message) -> SendResult:
        if target == "phone":
            tries.append(message)
        return SendResult(ok=len(tries) > 2)

    asked.notifier.answer = refuse_twice
    asked.train()
    asked.pass_time(hours=30)
    assert [bool(message.actions) for message in tries[:3]] == [True, True, True], "the same message, tried again"
    assert len(asked.messages("phone")) > 1
    assert asked.asks() == 1


def test_what_goes_in_the_place_of_an_expired_message_asks_as_that_would_have(asked: Asked) -> None:
    """The phone is off for three hours, and gets in later words what the mailbox got at once."""
    asked.notifier.answer = lambda target, _message: SendResult(ok=target != "phone")
    asked.train()
    asked.notifier.answer = lambda _target, _message: SendResult(ok=True)
    asked.clock.move(timedelta(hours=3))
    asked.look()
    late = asked.messages("phone")[0]
    row = next(row for row in asked.rows() if row.target == "phone" and row.state == "sent")
    assert row.rule.startswith("first_later")
    assert QUESTION in late.body
    assert json.loads(late.actions)
    assert asked.store.rows("SELECT COUNT(*) AS count FROM questions") == [{"count": 1}]


def test_who_has_answered_since_a_message_was_refused_is_asked_nothing_more(asked: Asked) -> None:
    asked.notifier.answer = lambda target, _message: SendResult(ok=target == "mail")
    asked.train()
    asked.rate()
    asked.notifier.answer = lambda _target, _message: SendResult(ok=True)
    asked.pass_time(minutes=30)
    assert asked.messages("phone")
    assert asked.asks() == 0


def test_a_question_for_which_there_is_no_room_is_none(asked: Asked) -> None:
    asked.train()
    row = next(row for row in asked.rows() if row.target == "mail")
    asked.store.change("DELETE FROM questions")
    assert asked.ask is not None
    message = Message("title", "x" * 590, "tag")
    assert asked.ask(row, message) == message
    assert asked.store.rows("SELECT * FROM questions") == [], "nobody was asked, so nothing is left unanswered"


def test_who_has_answered_before_the_message_leaves_is_not_asked(tmp_path: Path) -> None:
    asked = Asked(tmp_path, notify__quiet_hours='"11:00-13:00"')
    asked.train()
    assert asked.messages("phone") == []
    asked.rate()
    asked.pass_time(hours=2)
    assert asked.messages("phone")
    assert asked.asks() == 0
    asked.store.close()


def test_nobody_is_asked_in_the_quiet_hours(tmp_path: Path) -> None:
    asked = Asked(tmp_path, notify__quiet_hours='"11:00-13:00"')
    asked.train()
    assert asked.store.rows("SELECT * FROM questions") == []
    asked.pass_time(hours=2)
    assert asked.asks() == 1
    asked.store.close()


def test_three_unanswered_questions_end_the_asking_until_a_rating_comes_unasked(asked: Asked) -> None:
    for day in range(MOST_UNANSWERED + 1):
        asked.train(f"{day}.fit")
        asked.pass_time(hours=24, step=timedelta(hours=4))
    assert asked.asks() == MOST_UNANSWERED
    asked.rate()
    asked.train("after.fit")
    assert asked.asks() == MOST_UNANSWERED + 1


def test_questions_that_reached_nobody_were_not_left_unanswered(asked: Asked) -> None:
    """A network that is away for some days must not end the asking for good."""
    takes = asked.notifier.answer
    asked.notifier.answer = lambda _target, _message: SendResult(ok=False, reason=Line("delivery.unreachable"))
    for day in range(MOST_UNANSWERED):
        asked.train(f"{day}.fit")
        asked.pass_time(hours=24, step=timedelta(hours=4))
    assert asked.asks() == 0
    asked.notifier.answer = takes
    asked.train("after.fit")
    assert asked.asks() == 1


def test_a_rating_that_is_taken_back_begins_nothing_anew(asked: Asked) -> None:
    for day in range(4):
        asked.train(f"{day}.fit")
        asked.pass_time(hours=24, step=timedelta(hours=4))
    asked.rate()
    asked.unrate()
    asked.train("after.fit")
    assert asked.asks() == MOST_UNANSWERED


def test_who_is_away_is_not_asked(asked: Asked) -> None:
    ended_at = asked.clock.now() - timedelta(minutes=5)
    answers = Answers(asked.store, asked.settings, asked.clock)
    answers.pause("away", None, Source.COMMAND)
    asked.put("one.fit", a_file(ended_at, bpm=None, sport=WEIGHTS[0], sub_sport=WEIGHTS[1]))
    asked.look()
    assert asked.messages("phone")
    assert asked.asks() == 0


def test_an_older_workout_is_named_in_the_command(asked: Asked) -> None:
    asked.train("one.fit")
    row = next(row for row in asked.rows() if row.target == "mail")
    asked.clock.move(timedelta(hours=5))
    asked.train("two.fit")
    assert asked.ask is not None
    assert "hersteld rpe 8 --workout 1" in asked.ask(row, Message("title", "body", "tag")).body


def test_a_message_that_is_no_first_one_asks_nothing(asked: Asked) -> None:
    asked.train()
    asked.pass_time(hours=60)
    others = [row for row in asked.rows() if row.kind is not MessageKind.FIRST]
    assert others
    assert asked.ask is not None
    message = Message("title", "body", "tag")
    assert [row.kind for row in others if asked.ask(row, message) != message] == []


def test_a_question_that_fails_holds_up_no_message(asked: Asked, caplog: pytest.LogCaptureFixture) -> None:
    def fails(row: OutboxRow, message: Message) -> Message:
        raise ZeroDivisionError(row, message)

    asked.ask = fails
    asked.train()
    assert len(asked.messages("phone")) == 1
    assert "the message goes out without its question" in caplog.text


def test_somewhere_else_on_earth_as_well(tmp_path: Path) -> None:
    class Far(Asked):
        zone = ZoneInfo("Pacific/Kiritimati")

    far = Far(tmp_path)
    far.train()
    assert far.asks() == 1
    far.store.close()
