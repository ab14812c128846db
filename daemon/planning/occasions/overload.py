"""Do several signs of overload agree today, and has it been long enough since that was last said?"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from hersteld.config.settings import Settings
from hersteld.daemon.database.connection import Store
from hersteld.daemon.outbox.queue import Outbox
from hersteld.daemon.outbox.rows import MAY_BE_TOLD
from hersteld.daemon.planning.occasions.occasion import Due, Word
from hersteld.daemon.planning.occasions.record import OccasionRecord, identity_of
from hersteld.daemon.planning.overload import signals_on
from hersteld.daemon.store.summaries import Summaries
from hersteld.daemon.system.clock import Clock
from hersteld.recovery.messages.draft import MessageKind
from hersteld.recovery.occasions.overload import overload_warning
from hersteld.recovery.overload.signals import agreeing


class OverloadWarning:
    """A warning whenever what is stored has changed such that signs of overload agree today; see `Occasion`."""

    kind = MessageKind.OVERLOAD
    on_change = True

    def __init__(self, store: Store, settings: Settings, clock: Clock) -> None:
        self._store = store
        self._settings = settings
        self._rules = settings.rules
        self._clock = clock

    def dues(self, now: datetime) -> Iterator[Due]:
        """Yield now, under the local date of today; nothing for some days after a warning."""
        last = OccasionRecord(self._store).last_said(self.kind)
        if (
            last is not None
            and self._is_heard(last.day)
            and now < last.at + timedelta(days=float(self._rules.overload.silence_days))
        ):
            return
        until = now + timedelta(hours=float(self._rules.overload.expires_h))
        yield Due(now.astimezone(self._clock.zone()).date().isoformat(), now, until, settles=False)

    def _is_heard(self, day: str) -> bool:
        """Return whether a warning left, or still may; one that expired before anybody heard it silences nothing."""
        rows = Outbox(self._store).of_workout(identity_of(self.kind, day))
        return not rows or any(row.state in MAY_BE_TOLD or row.state == "pending" for row in rows)

    def compose(self, due: Due, read_at: datetime) -> Word | None:
        """Return the warning that holds today; None where too few signs agree.

        A warning of yesterday that waits for the end of the quiet hours is judged by what holds this morning.
        """
        now, zone = self._clock.now(), self._clock.zone()
        signals = agreeing(
            signals_on(self._store, now.astimezone(zone).date(), self._rules, zone), self._rules.overload
        )
        if not signals:
            return None
        athlete = self._settings.athlete
        adult = Summaries(self._store).is_adult(athlete, self._rules.athlete, now)
        draft = overload_warning(signals, athlete.conditions, adult=adult, read_at=read_at, until=due.until)
        statement = " ".join(signal.id for signal in signals)
        return Word(draft, statement, replaces=(MessageKind.READY,))  # nobody is to train hard and to take it easier
