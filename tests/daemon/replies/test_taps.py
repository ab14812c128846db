"""A tap rates a workout once, and nothing else that comes changes anything."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from hersteld.config.settings import Settings
from hersteld.daemon.answers.answers import Answers
from hersteld.daemon.answers.changes import Changes
from hersteld.daemon.database.connection import Store
from hersteld.daemon.replies.listening.listener import Tap
from hersteld.daemon.replies.taps import Taps
from hersteld.daemon.replies.tokens import COUNTS_FOR, TRIAL, Reply, Tokens
from hersteld.daemon.store.answers.rows import Source
from hersteld.daemon.store.answers.used_replies import identity_of
from hersteld.recovery.messages.draft import MessageKind
from tests.support.pipeline import Pipeline, a_file

KEY = bytes(32)


class Tapped(Pipeline):
    """A pipeline whose athlete ran without a heart rate, and taps."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        ended_at = self.clock.now() - timedelta(minutes=5)
        self.put("w.fit", a_file(ended_at, minutes=90, bpm=None))
        self.look()

    @property
    def tokens(self) -> Tokens:
        return Tokens(KEY, identity_of(self.store))

    def taps(self) -> Taps:
        return Taps(self.store, self.settings, self.clock, self.tokens)

    def token(self, rpe: int, *, workout_id: int = 1, ends_in: timedelta = COUNTS_FOR) -> str:
        return self.tokens.made(Reply(workout_id, rpe, self.clock.now().replace(second=0, microsecond=0) + ends_in))

    def tap(self, token: str, *, sent_at: datetime | None = None) -> bool:
        took = self.taps().take_one(Tap(token, sent_at or self.clock.now()))
        self.look()
        return took

    def ratings(self) -> list[tuple[float, str]]:
        rows = self.store.rows("SELECT json_extract(value_json, '$.rpe') AS rpe, source FROM answers ORDER BY id")
        return [(row["rpe"], row["source"]) for row in rows]

    def answers(self) -> Answers:
        return Answers(self.store, self.settings, self.clock)

    def whole(self) -> str:
        """All that the database holds, but for what was used already."""
        lines = self.store.db.conn.iterdump()
        return "\n".join(line for line in lines if "used_replies" not in line)


@pytest.fixture
def tapped(tmp_path: Path) -> Iterator[Tapped]:
    tapped = Tapped(tmp_path)
    yield tapped
    tapped.store.close()


def test_a_tap_rates_the_workout_and_moves_its_load(tapped: Tapped) -> None:
    before = tapped.stored()[0].load
    assert tapped.tap(tapped.token(3))
    assert tapped.ratings() == [(3.0, "ntfy")]
    assert tapped.stored()[0].load < before


def test_a_tap_on_a_test_message_is_noted_once_and_changes_nothing(
    tapped: Tapped, caplog: pytest.LogCaptureFixture
) -> None:
    before, taps = tapped.whole(), tapped.taps()
    assert taps.heard_at is None
    tap = Tap(tapped.token(8, workout_id=TRIAL), tapped.clock.now())
    with caplog.at_level("INFO"):
        assert not taps.take_one(tap)
        heard_at = tapped.clock.now()
        tapped.clock.move(timedelta(minutes=1))
        assert not taps.take_one(tap)
    assert taps.heard_at == heard_at, "what somebody sends again is no tap"
    assert caplog.text.count("a tap on a test message was heard") == 1
    assert tapped.whole() == before


def test_a_later_tap_of_the_same_question_replaces_the_earlier(tapped: Tapped) -> None:
    tapped.tap(tapped.token(3))
    easy = tapped.stored()[0].load
    assert tapped.tap(tapped.token(8))
    assert tapped.stored()[0].load > easy
    rating = tapped.answers().rating(tapped.stored()[0])
    assert rating is not None
    assert rating.values["rpe"] == 8


def test_the_same_tap_twice_counts_once_also_after_it_was_taken_back(tapped: Tapped) -> None:
    token = tapped.token(8)
    assert tapped.tap(token)
    assert not tapped.tap(token)
    tapped.answers().unrate(tapped.stored()[0])
    tapped.start()
    assert not tapped.tap(token)
    assert tapped.answers().rating(tapped.stored()[0]) is None


@pytest.mark.parametrize("ratings", [(8, 3, 8), (3, 6, 3, 6), (8, 6, 3, 8, 3)])
def test_the_athlete_goes_back_to_a_button_and_what_is_read_again_changes_nothing(
    tapped: Tapped, ratings: tuple[int, ...]
) -> None:
    tokens = {rpe: tapped.token(rpe) for rpe in ratings}
    taps = []
    for rpe in ratings:
        tapped.clock.move(timedelta(seconds=5))
        taps.append((tokens[rpe], tapped.clock.now()))
        assert tapped.tap(tokens[rpe], sent_at=tapped.clock.now())
    assert tapped.ratings() == [(float(rpe), "ntfy") for rpe in ratings]
    before = tapped.whole()
    for _ in range(2):  # the service begins anew, and reads the whole topic once more
        tapped.start()
        assert not any(tapped.tap(token, sent_at=sent_at) for token, sent_at in taps)
    assert tapped.whole() == before


def test_who_comes_back_after_taking_the_other_tap_back_is_heard(tapped: Tapped) -> None:
    eight, three = tapped.token(8), tapped.token(3)
    for token in (eight, three):
        tapped.clock.move(timedelta(seconds=5))
        assert tapped.tap(token)
    tapped.answers().unrate(tapped.stored()[0])
    tapped.clock.move(timedelta(seconds=5))
    assert tapped.tap(eight)
    assert tapped.ratings()[-1] == (8.0, "ntfy")


@pytest.mark.parametrize("by_another_rating", [True, False])
def test_who_comes_back_after_saying_otherwise_by_a_command_is_heard(
    tapped: Tapped, *, by_another_rating: bool
) -> None:
    eight, workout, moments = tapped.token(8), tapped.stored()[0], [tapped.clock.now()]
    assert tapped.tap(eight)
    tapped.clock.move(timedelta(seconds=5))
    moments.append(tapped.clock.now())
    assert not tapped.tap(eight), "pressed twice, it says nothing new"
    tapped.clock.move(timedelta(seconds=5))
    if by_another_rating:
        tapped.answers().rate(workout, 5, Source.COMMAND)
    else:
        tapped.answers().unrate(workout)
    tapped.clock.move(timedelta(seconds=5))
    assert not any(tapped.tap(eight, sent_at=moment) for moment in moments), "read again, it is of before the command"
    moments.append(tapped.clock.now())
    assert tapped.tap(eight)
    assert tapped.ratings()[-1] == (8.0, "ntfy")
    before = tapped.whole()
    tapped.clock.move(timedelta(seconds=5))
    assert not any(tapped.tap(eight, sent_at=moment) for moment in moments)
    assert tapped.whole() == before


def test_an_old_tap_that_comes_late_takes_nothing_back(tapped: Tapped) -> None:
    eight, early = tapped.token(8), tapped.clock.now()
    assert tapped.tap(eight)
    tapped.clock.move(timedelta(minutes=5))
    assert tapped.tap(tapped.token(3))
    assert not tapped.tap(eight, sent_at=early + timedelta(minutes=4))


def test_what_waits_follows_and_who_was_told_otherwise_is_told_once(tapped: Tapped) -> None:
    waiting = {row.rule: row.due_at for row in tapped.rows() if row.waits}
    tapped.tap(tapped.token(8))
    tapped.pass_time(minutes=30)
    corrections = [row for row in tapped.rows() if row.kind is MessageKind.CORRECTION]
    assert [(row.cause, row.state) for row in corrections] == [("answer", "sent")]
    assert {row.rule: row.due_at for row in tapped.rows() if row.waits} != waiting


def test_a_tap_that_moves_nothing_by_hours_brings_no_word(tapped: Tapped) -> None:
    tapped.tap(tapped.token(8))
    tapped.pass_time(minutes=30)
    said = len(tapped.notifier.received)
    tapped.answers().rate(tapped.stored()[0], 8.1, Source.COMMAND)
    tapped.clock.move(timedelta(minutes=1))
    assert tapped.tap(tapped.token(8, ends_in=timedelta(days=2)))
    tapped.pass_time(minutes=30)
    assert len(tapped.notifier.received) == said


def nothing_of_ours(tapped: Tapped) -> Iterator[str]:
    """Yield tokens that are to change nothing."""
    reply = Reply(1, 8, datetime(2026, 5, 9, tzinfo=UTC))
    yield Tokens(bytes(31) + b"\1", identity_of(tapped.store)).made(reply)
    yield Tokens(KEY, "the database of another athlete").made(reply)
    yield tapped.token(8, ends_in=timedelta(minutes=0))
    yield tapped.token(8, ends_in=timedelta(days=-1))
    yield tapped.token(8, workout_id=99)
    yield ""
    yield "8"
    yield tapped.token(8)[:-1]
    yield tapped.token(8) + "A"


def test_a_token_that_is_none_of_ours_or_too_late_changes_nothing(tapped: Tapped) -> None:
    before = tapped.whole()
    for token in nothing_of_ours(tapped):
        assert not tapped.tap(token)
    assert tapped.whole() == before


def test_ten_thousand_taps_change_what_one_does(tapped: Tapped) -> None:
    token = tapped.token(8)
    tapped.tap(token)
    before = tapped.whole()
    taps, tap = tapped.taps(), Tap(token, tapped.clock.now())
    forged = Tap("A" * 34, tapped.clock.now())
    assert not any(taps.take_one(one) for _ in range(10_000) for one in (tap, forged))
    assert tapped.whole() == before
    assert len(tapped.store.rows("SELECT * FROM used_replies")) == 1


def test_of_a_workout_that_is_forgotten_nothing_is_rated(tapped: Tapped, caplog: pytest.LogCaptureFixture) -> None:
    changes = Changes(tapped.store, tapped.settings, tapped.clock)
    changes.forget(changes.find("last"))
    assert not tapped.tap(tapped.token(8))
    assert tapped.ratings() == []
    assert "a tap was not taken" in caplog.text


def test_a_tap_that_waited_on_the_server_does_not_undo_what_was_said_since(tapped: Tapped) -> None:
    tapped_at = tapped.clock.now()
    tapped.clock.move(timedelta(hours=1))
    tapped.answers().rate(tapped.stored()[0], 5, Source.COMMAND)
    assert not tapped.tap(tapped.token(8), sent_at=tapped_at)
    assert tapped.ratings() == [(5.0, "command")]
    tapped.clock.move(timedelta(hours=1))
    assert tapped.tap(tapped.token(3)), "a later one does"


def test_two_taps_count_in_the_order_they_come_whatever_the_clock_of_the_server_says(tapped: Tapped) -> None:
    tapped.tap(tapped.token(3), sent_at=tapped.clock.now() + timedelta(hours=9))
    assert tapped.tap(tapped.token(8), sent_at=tapped.clock.now() - timedelta(hours=9))


def test_a_tap_whose_rating_cannot_be_stored_is_not_used_up(tapped: Tapped, monkeypatch: pytest.MonkeyPatch) -> None:
    token = tapped.token(8)
    with monkeypatch.context() as broken:
        broken.setattr(Answers, "rate", lambda *_words, **_named: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            tapped.tap(token)
    assert tapped.tap(token)


class Heard:
    """What a listener heard."""

    def __init__(self, *taps: Tap) -> None:
        self.taps = list(taps)

    def first(self) -> Tap | None:
        return self.taps[0] if self.taps else None

    def done(self, tap: Tap) -> None:
        self.taps.remove(tap)


def test_a_tap_on_which_the_rules_fail_holds_up_no_other(
    tapped: Tapped, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    heard = Heard(*(Tap(tapped.token(rpe), tapped.clock.now()) for rpe in (3, 8)))
    taps = Taps(tapped.store, tapped.settings, tapped.clock, tapped.tokens, heard)  # type: ignore[arg-type]
    rate = Answers.rate

    def fails_on_easy(self: Answers, *given: Any, **named: Any) -> Any:
        if given[1] == 3:
            raise ZeroDivisionError
        return rate(self, *given, **named)

    monkeypatch.setattr(Answers, "rate", fails_on_easy)
    assert taps.take()
    assert heard.taps == []
    assert tapped.ratings() == [(8.0, "ntfy")]
    assert "a tap was not taken" in caplog.text


def test_a_database_that_is_locked_keeps_the_tap_for_later(tapped: Tapped, monkeypatch: pytest.MonkeyPatch) -> None:
    def is_locked(*_words: object, **_named: object) -> None:
        raise sqlite3.OperationalError("database is locked")

    heard = Heard(Tap(tapped.token(8), tapped.clock.now()))
    taps = Taps(tapped.store, tapped.settings, tapped.clock, tapped.tokens, heard)  # type: ignore[arg-type]
    with monkeypatch.context() as locked:
        locked.setattr(Answers, "rate", is_locked)
        with pytest.raises(sqlite3.OperationalError):
            taps.take()
    assert taps.take()
    assert tapped.ratings() == [(8.0, "ntfy")]


def test_a_copy_of_the_database_knows_what_was_used(tapped: Tapped, tmp_path: Path) -> None:
    token = tapped.token(8)
    tapped.tap(token)
    tapped.store.db.execute("VACUUM INTO ?", (str(tmp_path / "copy.db"),))
    settings: Settings = tapped.settings
    with Store(tmp_path / "copy.db") as copy:
        taps = Taps(copy, settings, tapped.clock, Tokens(KEY, identity_of(copy)))
        assert not taps.take_one(Tap(token, tapped.clock.now()))
