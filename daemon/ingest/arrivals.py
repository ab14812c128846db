"""Is this a workout of today, or the first of five hundred?

What arrives together is held until it is clear how many workouts it holds: few are stored in order of start, each with
its messages; from one too many on, all go to a backlog, which gets one digest. No more than a handful of
workouts are held in memory.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from hersteld.daemon.planning.backlog import Backlog
from hersteld.daemon.reading.contents import Outcome, Reading
from hersteld.parsers.workout import Workout

Conclude = Callable[[Reading, int | None], Outcome]
Date = Callable[[Sequence[Reading]], list[Reading]]


@dataclass(slots=True)
class Arrivals:
    """What arrived together.

    Attributes:
        most: More workouts than this make a backlog.
        conclude: Stores one reading, in a backlog or (None) with messages of its own.
        date: Returns the readings of the batch, or of a part of it, with the dates to store.
        outcomes: What became of those stored so far.
    """

    backlog: Backlog
    most: int
    conclude: Conclude
    date: Date
    outcomes: list[Outcome] = field(default_factory=list)
    _held: list[Reading] = field(default_factory=list)
    _backlog_id: int | None = None

    def __post_init__(self) -> None:
        self._backlog_id = self.backlog.open_id()

    def add(self, reading: Reading) -> None:
        """Take one more reading: store it, or hold it while it is not clear how many workouts arrive."""
        if self._backlog_id is not None:
            self.outcomes.extend(self.conclude(dated, self._backlog_id) for dated in self.date([reading]))
            return
        self._held.append(reading)
        # The same content under two names is one workout.
        workouts = {held.sha256 for held in self._held if isinstance(held.result, Workout)}
        if len(workouts) > self.most:
            self._backlog_id = self.backlog.open()
            self.finish()

    def drop(self) -> None:
        """Forget what is held: how many there are was not found out, so it is read again another time."""
        self._held = []

    def finish(self) -> None:
        """Store what is held, oldest workout first, and what is no workout before it."""
        held, self._held = self._held, []
        for reading in sorted(self.date(held), key=_start):
            self.outcomes.append(self.conclude(reading, self._backlog_id))


def _start(reading: Reading) -> float:
    return reading.result.started_at.timestamp() if isinstance(reading.result, Workout) else 0.0
