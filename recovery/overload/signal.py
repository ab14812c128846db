"""What is one sign that an athlete trains more than they recover from?"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from hersteld.parsers.line import Line
from hersteld.recovery.numbers import Kind, Number, Reason


class SignalId(StrEnum):
    """What is looked at. The values stand in JSON, so they never change."""

    MONOTONY = "monotony"
    """The days of the week were much alike, in a week that was more than usual."""
    STRAIN = "strain"
    """The load of the week times its monotony was high for this athlete."""
    FORM = "form"
    """Fatigue outweighs fitness by much."""
    HARD_DAYS = "hard_days"
    """Hard days followed one another."""
    RESTING_HR = "resting_hr"
    """The resting heart rate of a week lies above the usual one."""
    RMSSD = "rmssd"
    """The heart rate variability of a week lies below the usual one."""
    QUALITY = "tqr"
    """The athlete felt recovered less well than usual, and less than enough."""


Side = Literal["above", "below", "from"]
"""Where a value is over its limit: above it, below it, or from the limit itself on upwards."""

_TEXTS: Mapping[SignalId, str] = {
    SignalId.MONOTONY: "overload_monotony",
    SignalId.STRAIN: "overload_strain",
    SignalId.FORM: "overload_form",
    SignalId.HARD_DAYS: "overload_hard_days",
    SignalId.RESTING_HR: "overload_resting_hr",
    SignalId.RMSSD: "overload_rmssd",
    SignalId.QUALITY: "overload_tqr",
}
_OF_THE_WEEK = frozenset({SignalId.MONOTONY, SignalId.STRAIN})


@dataclass(frozen=True, slots=True)
class Signal:
    """One sign of overload, as it stands at the end of a day.

    Attributes:
        id: What is looked at.
        value, limit: Rounded as they are said, so that what is compared is what is read; None where the history is too
            short to tell.
        unit: Of both.
        side: On which side of the limit the value is over it.
        kind, source: Of the number of the rules that makes the limit.
        is_over: Whether the value is over its limit; None where the history is too short to tell.
        reasons: The numbers that led to it.
    """

    id: SignalId
    value: float | None
    limit: float | None
    unit: str
    side: Side
    kind: Kind
    source: str
    is_over: bool | None
    reasons: tuple[Reason, ...] = ()

    @property
    def evidence(self) -> str:
        """What it is evidence of: signals of the same evidence cannot agree with each other.

        Monotony and strain are computed from the same seven loads, and strain is monotony times their sum: where one
        is high, the other tends to be high as well, and says nothing new.
        """
        return "week" if self.id in _OF_THE_WEEK else self.id.value

    @property
    def line(self) -> Line:
        """What it is, with its number and its limit; only where both are known."""
        return Line(_TEXTS[self.id], {"value": self.value, "limit": self.limit})


@dataclass(frozen=True, slots=True)
class Measure:
    """How a signal is compared with its limit and said.

    Attributes:
        decimals: With how many decimals value and limit are said.
    """

    id: SignalId
    unit: str
    side: Side
    decimals: int = 1

    def compared(
        self, value: float, limit: float, rule: Number, reasons: tuple[Reason, ...], *, also: bool = True
    ) -> Signal:
        """Return the signal of a value.

        Args:
            rule: The number of the rules that makes the limit.
            also: Whether whatever else the signal asks for is so.
        """
        value, limit = round(float(value), self.decimals), round(float(limit), self.decimals)
        is_beyond = value < limit if self.side == "below" else value > limit or (self.side == "from" and value == limit)
        return Signal(self.id, value, limit, self.unit, self.side, rule.kind, rule.source, is_beyond and also, reasons)

    def untold(self, rule: Number) -> Signal:
        """Return the signal for which the history is too short."""
        return Signal(self.id, None, None, self.unit, self.side, rule.kind, rule.source, None)
