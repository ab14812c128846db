"""By how much does the last night move the moment at which the clocks have run out?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from hersteld.recovery.nights.compared import verdict_of
from hersteld.recovery.nights.night import Night
from hersteld.recovery.nights.verdict import NightVerdict
from hersteld.recovery.numbers import Reason, Source, because, given
from hersteld.recovery.rules import NightRules


class Moved(NamedTuple):
    """A moment of readiness as a night moved it.

    Attributes:
        at: The moment, aware UTC.
        by: What the night says; None where none moved it.
    """

    at: datetime
    by: NightVerdict | None


@dataclass(frozen=True, slots=True)
class NightShift:
    """The nights around a workout, and how far they may move its readiness.

    Attributes:
        by_noon: The nights as they were known by the noon of their day, one a day.
        nights: All that is known of them by now, one for each day and device, those before the workout among them.
        may_be_earlier: Whether a good night may make this athlete ready earlier than the clocks say.
    """

    by_noon: Sequence[Night]
    nights: Sequence[Night]
    rules: NightRules
    may_be_earlier: bool

    def moved(self, by_clocks: datetime, ended_at: datetime, *, earliest: datetime, may_be_earlier: bool) -> Moved:
        """Return when the athlete is ready by the clocks and by the last night before they have run out.

        A night from before the end of the workout says nothing of it.

        Args:
            by_clocks: When the clocks have run out, aware UTC.
            ended_at: When the workout ended.
            earliest: No night makes the athlete ready before this.
            may_be_earlier: Whether a good night counts after this workout.
        """
        within = (night for night in self.by_noon if ended_at < night.woke_at <= by_clocks)
        last = max(within, key=lambda night: night.woke_at, default=None)
        verdict = None if last is None else verdict_of(last, self.nights, self.rules)
        if verdict is None:
            return Moved(by_clocks, None)
        at = by_clocks + timedelta(hours=verdict.hours)
        if verdict.hours < 0:
            if not (self.may_be_earlier and may_be_earlier):
                return Moved(by_clocks, None)
            at = min(by_clocks, max(at, earliest, verdict.woke_at))
        return Moved(at, None if at == by_clocks else verdict)


def reasons_of(verdict: NightVerdict, rules: NightRules) -> list[Reason]:
    """Return the numbers by which a night moved readiness."""
    reasons: list[Reason] = []
    if verdict.rmssd_ms is not None and verdict.usual_rmssd_ms is not None:
        reasons += [
            given("rmssd_ms", round(verdict.rmssd_ms, 1), "ms", Source.NIGHT),
            given("usual_rmssd_ms", round(verdict.usual_rmssd_ms, 1), "ms", Source.USUAL_NIGHTS),
            because(rules.rmssd_days),
            because(rules.rmssd_nights),
            because(rules.rmssd_sd_share),
        ]
    if verdict.resting_hr_bpm is not None and verdict.usual_resting_hr_bpm is not None:
        reasons += [
            given("night_resting_hr_bpm", round(verdict.resting_hr_bpm, 1), "bpm", Source.NIGHT),
            given("usual_resting_hr_bpm", round(verdict.usual_resting_hr_bpm, 1), "bpm", Source.USUAL_NIGHTS),
            because(rules.resting_hr_days),
            because(rules.resting_hr_nights),
            because(rules.resting_hr_above_bpm),
        ]
    by_hours = (rules.earlier_max_h,) if verdict.hours < 0 else (rules.later_h_per_sign, rules.later_max_h)
    return [*reasons, *map(because, by_hours)]
