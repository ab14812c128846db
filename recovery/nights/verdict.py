"""What did a night say of how far the athlete has recovered?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from hersteld.parsers.line import Line, Value

NightSign = Literal["rmssd_low", "resting_hr_high", "recovered"]
"""What a night shows: a low heart rate variability, a high resting heart rate, or that both are good."""
_MEASURED = ("rmssd_ms", "usual_rmssd_ms", "resting_hr_bpm", "usual_resting_hr_bpm")


@dataclass(frozen=True, slots=True)
class NightVerdict:
    """What a night says, with what it was compared with; None stands for what nobody knows.

    Attributes:
        day: The local date on which the athlete woke up.
        woke_at: When the night ended, aware UTC.
        hours: By how many hours hard training is fine later than the clocks say; below 0 for earlier.
        signs: What the night shows.
        rmssd_ms, usual_rmssd_ms: Heart rate variability of the night, and what is usual, in milliseconds.
        resting_hr_bpm, usual_resting_hr_bpm: Resting heart rate, and what is usual, in beats per minute.
    """

    day: date
    woke_at: datetime
    hours: float
    signs: tuple[NightSign, ...]
    rmssd_ms: float | None = None
    usual_rmssd_ms: float | None = None
    resting_hr_bpm: float | None = None
    usual_resting_hr_bpm: float | None = None

    @property
    def line(self) -> Line:
        """The sentence that says what the night shows, with its numbers and what is usual."""
        numbers = {name: getattr(self, name) for name in _MEASURED}
        rounded = {name: round(number) for name, number in numbers.items() if number is not None}
        values: Mapping[str, Value] = {"on": self.day, **rounded}
        if "recovered" in self.signs:
            return Line("night_recovered", values)
        if len(self.signs) > 1:
            return Line("night_both", values)
        return Line("night_rmssd_low" if "rmssd_low" in self.signs else "night_resting_hr_high", values)
