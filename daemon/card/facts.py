"""What does the picture of a workout show?

These are numbers and finished words, so that whoever draws needs no language, no time zone and no store. They are made
where the workout is known (`hersteld.daemon.picture`), and handed as JSON to the process that sends a message, which
draws. All moments are seconds after the end of the workout: a day on which the clocks change has its true width.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Trace:
    """The heart rate of the workout.

    Attributes:
        runs: Stretches without a gap of more than 60 s, or in a long workout without one that can be seen, each of
            (seconds since the start of the workout, beats per minute), in order of time; at most 240 points in all,
            and one more for each gap.
        until_s: Seconds from the start to the end of the workout, above 0: the width of the picture.
        bounds_bpm: The upper bounds of the zones 1 to 4, ascending; zone 5 is above the last.
        floor_bpm, ceiling_bpm: What the height of the picture spans; the floor is below the ceiling.
        shows_threshold: Whether a dotted line at the third bound says where the threshold is.
    """

    runs: tuple[tuple[tuple[float, float], ...], ...]
    until_s: float
    bounds_bpm: tuple[float, float, float, float]
    floor_bpm: float
    ceiling_bpm: float
    shows_threshold: bool


@dataclass(frozen=True, slots=True)
class Label:
    """A moment in the staircase: what begins, and when, in words. `at_s` counts from the end of the workout."""

    at_s: float
    what: str
    when: str


@dataclass(frozen=True, slots=True)
class Staircase:
    """What the athlete may do after the workout: rest, then easy, then hard training.

    Attributes:
        easy_s: Seconds after the end of the workout from which easy training is fine, 0 or more.
        hard_s: From when hard training is, not before `easy_s`; None where nothing is said of hard training.
        labels: One or two, in order of time; the last one stands at `hard_s`, or else at `easy_s`. Where that is within
            a minute only this one is drawn, and its step is all of the picture.
        rest: The word for what comes before the first label; "" where none is said.
        days: Where each local day begins and what it is called, in order of time; the first begins at or before 0.
            They reach beyond the end of any axis: three times as far as the last label, and a day.
        nights: The quiet hours, as (from, to); empty where none are drawn.
        start: The moment of the end of the workout in words, for an axis within a single day.
        has_ticks: Whether a short line stands at each midnight.
    """

    easy_s: float
    hard_s: float | None
    labels: tuple[Label, ...]
    rest: str
    days: tuple[tuple[float, str], ...]
    nights: tuple[tuple[float, float], ...]
    start: str
    has_ticks: bool


@dataclass(frozen=True, slots=True)
class CardFacts:
    """All that a picture shows.

    Attributes:
        title: "Hard ride, 2 h 04".
        right: "load 168, grade B", beside the title where there is room; "" for none.
        cause: One line over the trace, "24 min above threshold"; "" for none. Without a trace it is the first sentence.
        sentences: What stands in the place of a trace that cannot be drawn, or of a staircase; three lines at most.
        trace: None without a heart rate.
        staircase: None where no moment is known.
        alternative: What the picture says, for whom does not see it.
    """

    title: str
    right: str
    cause: str
    sentences: tuple[str, ...]
    trace: Trace | None
    staircase: Staircase | None
    alternative: str

    def as_json(self) -> dict[str, Any]:
        """Return the facts as JSON has them."""
        return asdict(self)

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> "CardFacts":
        """Return facts that were JSON.

        Raises:
            KeyError, TypeError, ValueError: They are no facts.
        """
        trace, staircase = found["trace"], found["staircase"]
        return cls(
            title=found["title"],
            right=found["right"],
            cause=found["cause"],
            sentences=tuple(found["sentences"]),
            trace=None if trace is None else _trace(trace),
            staircase=None if staircase is None else _staircase(staircase),
            alternative=found["alternative"],
        )


def _trace(found: Mapping[str, Any]) -> Trace:
    runs = tuple(tuple((float(at_s), float(bpm)) for at_s, bpm in run) for run in found["runs"])
    first, second, third, fourth = map(float, found["bounds_bpm"])
    return Trace(**{**found, "runs": runs, "bounds_bpm": (first, second, third, fourth)})


def _staircase(found: Mapping[str, Any]) -> Staircase:
    labels = tuple(Label(**label) for label in found["labels"])
    days = tuple((float(from_s), str(name)) for from_s, name in found["days"])
    nights = tuple((float(from_s), float(to_s)) for from_s, to_s in found["nights"])
    return Staircase(**{**found, "labels": labels, "days": days, "nights": nights})
