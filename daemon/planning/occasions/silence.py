"""When is somebody asked if the files still arrive, as none has for long?

Whatever file comes in shows that they do, and begins the silence anew.
"""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import NamedTuple

from hersteld.config.settings import Settings
from hersteld.daemon.database.connection import Store
from hersteld.daemon.planning.occasions.occasion import Due, Word
from hersteld.daemon.planning.occasions.record import OccasionRecord
from hersteld.daemon.planning.occasions.times import daily
from hersteld.daemon.store.answers.pauses import last_pause
from hersteld.daemon.store.summaries import Summaries
from hersteld.daemon.system.clock import Clock, from_iso, iso
from hersteld.recovery.messages.draft import MessageKind
from hersteld.recovery.occasions.silence import is_noticed_after, question, usual_since


class _Silence(NamedTuple):
    """Since when nothing has come in, and from when that is noticed."""

    since: datetime
    noticed_at: datetime


class SilenceQuestion:
    """The question after a long silence, asked once in each."""

    kind = MessageKind.SILENCE
    on_change = False

    def __init__(self, store: Store, settings: Settings, clock: Clock) -> None:
        self._store = store
        self._summaries = Summaries(store)
        self._record = OccasionRecord(store)
        self._rules = settings.rules.occasions
        self._clock = clock

    def dues(self, now: datetime) -> Iterator[Due]:
        """Yield each noon from which on the silence is a long one; none where it was asked already."""
        silence = self._silence()
        if silence is None:
            return
        last = self._record.last_said(self.kind)
        if last is not None and last.at >= silence.since:
            return
        use = timedelta(hours=float(self._rules.silence_use_h))
        begin = max(now, silence.noticed_at)
        for due in daily(time(int(self._rules.silence_hour)), self._clock.zone(), begin, use=use):
            if due.at >= silence.noticed_at:
                yield due

    def compose(self, due: Due, read_at: datetime) -> Word | None:
        """Return the question; None where something has come in meanwhile."""
        silence = self._silence()
        if silence is None or read_at < silence.noticed_at:
            return None
        return Word(question(silence.since, read_at, due.until), statement=iso(silence.since))

    def _silence(self) -> _Silence | None:
        """Return the silence that lasts; None of somebody who trains seldom."""
        last = self._summaries.latest()
        if last is None:
            return None
        rows = self._store.rows(
            "SELECT started_at FROM workouts WHERE has_clock AND started_at > ? AND started_at <= ?",
            [iso(usual_since(last.started_at, self._rules)), iso(last.started_at)],
        )
        after = is_noticed_after([from_iso(row["started_at"]) for row in rows], self._rules)
        if after is None:
            return None
        ((seen_at,),) = self._store.db.execute("SELECT MAX(seen_at) FROM files").fetchall()
        since = max(last.ended_at, from_iso(seen_at)) if seen_at else last.ended_at
        pause = last_pause(self._store, self._clock.now())
        if pause is not None and pause.until is not None:  # nobody sends anything in a pause
            since = max(since, pause.until)
        return _Silence(since, since + after)
