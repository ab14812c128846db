"""Occasions for tests: what they say is told to them, and can be changed."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from pathlib import Path

from hersteld.daemon.planning.occasions.keeper import Occasions
from hersteld.daemon.planning.occasions.occasion import Due, Occasion, Word
from hersteld.daemon.planning.occasions.times import daily
from hersteld.daemon.system.clock import Clock
from hersteld.parsers.line import Line
from hersteld.recovery.messages.draft import Draft, MessageKind
from tests.support.pipeline import Pipeline

USE = timedelta(hours=4)


class Spoken:
    """An occasion of each morning at seven, or of each change.

    Attributes:
        says: The text that it says; None for nothing.
        asked: How often it was asked for its words.
    """

    def __init__(self, clock: Clock, says: str | None = "ready", *, on_change: bool = False) -> None:
        self.kind = MessageKind.OVERLOAD if on_change else MessageKind.MORNING
        self.on_change = on_change
        self.says = says
        self.asked = 0
        self.fails = False
        self._clock = clock

    def dues(self, now: datetime) -> Iterator[Due]:
        zone = self._clock.zone()
        if not self.on_change:
            yield from daily(time(7), zone, now, use=USE)
            return
        yield Due(now.astimezone(zone).date().isoformat(), now, now + timedelta(hours=12), settles=False)

    def compose(self, due: Due, read_at: datetime) -> Word | None:
        self.asked += 1
        if self.fails:
            raise ValueError("no words")
        if self.says is None:
            return None
        draft = Draft(self.kind, self.kind, read_at, due.until, Line("title_ready"), (Line(self.says),))
        return Word(draft, statement=self.says)


class WithOccasions(Pipeline):
    """A daemon with occasions of the test's own."""

    def __init__(self, folder: Path, *targets: str, now: datetime, **overrides: str) -> None:
        self.brought: list[Occasion] = []
        super().__init__(folder, *targets, now=now, **overrides)

    def bring(self, *occasions: Occasion) -> None:
        """Have these occasions from now on, as after a restart."""
        self.brought = list(occasions)
        self.start()

    def occasions(self) -> Occasions:
        return Occasions(self.store, self.brought, self.settings, self.notifier.targets(), self.clock)

    def sent(self) -> list[str]:
        """Return the bodies that arrived, in order."""
        return [message.body for _, message in self.notifier.received]
