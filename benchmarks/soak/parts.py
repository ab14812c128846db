"""What was measured while the workouts of a soak came, part by part?"""

import statistics
from collections.abc import Iterable
from dataclasses import dataclass, field

from benchmarks.tables import table


@dataclass(slots=True)
class Part:
    """What was measured while a number of workouts came: processor time of the service, and its memory at the end."""

    workouts: int = 0
    taking_s: list[float] = field(default_factory=list)
    looking_s: list[float] = field(default_factory=list)
    resident: int = 0
    database: int = 0

    @property
    def each_s(self) -> float:
        """Median time from the event to the message, the walk through the folder apart."""
        return statistics.median(self.taking_s) - statistics.median(self.looking_s)


def table_of(parts: Iterable[Part]) -> str:
    """Return one line for each part."""
    rows, total = [], 0
    for part in parts:
        total += part.workouts
        looking_s = statistics.median(part.looking_s)
        rows.append(
            [
                f"{total:,}",
                f"{part.resident / 2**20:.1f} MiB",
                f"{part.each_s * 1000:.1f} ms",
                f"{looking_s * 1000:.1f} ms",
                f"{part.database / 1e6:.1f} MB",
                f"{part.database / total / 1000:.1f} kB",
            ]
        )
    head = ["workouts", "memory", "time per workout", "a look at the folder", "database", "per workout"]
    return table(head, rows)
