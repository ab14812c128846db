"""What was said is known to whoever asks later."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from hersteld.daemon.database.connection import Store
from hersteld.daemon.planning.occasions.record import OccasionRecord
from hersteld.recovery.messages.draft import MessageKind

AT = datetime(2026, 5, 7, 7, 0, tzinfo=UTC)
MORNING = MessageKind.MORNING


def test_the_last_word_is_that_of_the_last_day_on_which_something_was_said(tmp_path: Path) -> None:
    with Store(tmp_path / "a.db") as store:
        record = OccasionRecord(store)
        assert record.last_said(MORNING) is None
        for number, statement in enumerate(["easy", "hard", None]):
            record.settle(MORNING, f"2026-05-0{7 + number}", statement, now=AT + timedelta(days=number))
        record.settle(MessageKind.WEEKLY, "2026-05-10", "week", now=AT + timedelta(days=3))
        last = record.last_said(MORNING)
        assert last is not None
        assert (last.day, last.at, last.statement) == ("2026-05-08", AT + timedelta(days=1), "hard")
        before = record.last_said(MORNING, without="2026-05-08")
        assert before is not None
        assert before.statement == "easy"


def test_a_word_that_reached_nobody_was_not_said_and_its_day_stays_settled(tmp_path: Path) -> None:
    with Store(tmp_path / "a.db") as store:
        record = OccasionRecord(store)
        record.settle(MORNING, "2026-05-07", "easy", now=AT)
        record.restate(MORNING, "2026-05-07", "hard")
        last = record.last_said(MORNING)
        assert last is not None
        assert last.statement == "hard"
        record.unsay(MORNING, "2026-05-07")
        assert record.last_said(MORNING) is None
        assert record.is_settled(MORNING, "2026-05-07")
