"""What became of the files of an import, in numbers?"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import tzinfo

from hersteld.daemon.reading.contents import Outcome, Reading
from hersteld.daemon.reading.second_opinion import Asked
from hersteld.parsers.format.foreign import Kind
from hersteld.parsers.line import Line
from hersteld.parsers.workout import Workout

_FOREIGN = "files.foreign_track"
"""The reason of a file that is left out, and counted as that."""


@dataclass(slots=True)
class Summary:
    """What became of the files, so far.

    Attributes:
        files: Looked at, with all that is in them; an archive is one.
        duplicates: The same workout, or the same content, as another file's.
        known: Contents that were stored before, but for those that could not be read then either.
        days: They say what a watch measured at night, or of the resting heart rate of a day.
        scales: They say what a scale measured, and nothing of a day.
        ignored: Sound, but none of these.
        unread: Path and reason of each that could not be read, now or before.
        left_out: How many files were left out as they are no FIT, by what they are.
        empty: The folders that hold no file of ours.
        of_use: Contents that could be read, now or before, whatever was in them.
        asked: Path of each at which our own reader failed, and more of that.
        second_reader: How many of those fitparse could read.
        years: Of the first and last workout whose device knew the date.
        is_read: Whether all files have been read; before that nothing is stored.
        is_whole: Whether it came to its end.
        has_baseline: Whether all history together is then as long as trends need, and lacks nothing that was left out.
    """

    files: int = 0
    duplicates: int = 0
    known: int = 0
    days: int = 0
    scales: int = 0
    ignored: int = 0
    unread: list[tuple[str, Line]] = field(default_factory=list)
    left_out: Counter[Kind] = field(default_factory=Counter)
    of_use: int = 0
    empty: list[str] = field(default_factory=list)
    asked: list[tuple[str, Asked]] = field(default_factory=list)
    second_reader: int = 0
    years: tuple[int, int] | None = None
    is_read: bool = False
    is_whole: bool = False
    has_baseline: bool = False
    workout_ids: set[int] = field(default_factory=set)

    @property
    def workouts(self) -> int:
        """Number of workouts read, the duplicates not among them."""
        return len(self.workout_ids)

    @property
    def unreadable(self) -> int:
        """Number of files that could not be read, those that were left out as they are no FIT not among them."""
        return sum(reason.id != _FOREIGN for _, reason in self.unread)

    def say_unread(self, path: str, reason: Line) -> None:
        """Count a file that could not be read."""
        self.unread.append((path, reason))
        if reason.id == _FOREIGN:
            kind = reason.values.get("kind")
            self.left_out["gpx" if kind == "gpx" else "tcx" if kind == "tcx" else "other"] += 1

    def add(self, outcome: Outcome, reading: Reading, zone: tzinfo) -> None:
        """Count what was stored."""
        is_of_use = outcome.status not in ("rejected", "failed")
        self.of_use += is_of_use
        if reading.asked is not None:
            self.asked.append((outcome.path, reading.asked))
            self.second_reader += is_of_use
        if outcome.status == "workout" and outcome.workout_id is not None:
            if outcome.workout_id in self.workout_ids:  # it took the place of one that was counted
                self.duplicates += 1
            self.workout_ids.add(outcome.workout_id)
            if isinstance(reading.result, Workout) and reading.result.has_clock:
                year = reading.result.started_at.astimezone(zone).year
                first, last = self.years or (year, year)
                self.years = min(first, year), max(last, year)
        elif outcome.status == "duplicate":
            self.duplicates += 1
        elif outcome.status == "day" and not outcome.days:
            self.scales += 1
        elif outcome.status == "day":
            self.days += 1
        elif outcome.status == "ignored":
            self.ignored += 1
        elif outcome.status == "known":
            self.known += 1
        else:
            self.say_unread(outcome.path, outcome.reason or Line("reasons.unknown"))
