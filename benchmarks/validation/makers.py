"""What does the maker of the watch say in a file, and what do we say of the same workout?

The maker's values are undocumented but for the training stress score: see `docs/validation.md`.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path

import numpy as np

from benchmarks.files import corpus
from hersteld.config.rules import load_rules
from hersteld.parsers.columns import bulk
from hersteld.parsers.columns.decoder import DecodedFile, join
from hersteld.parsers.errors import ParseError
from hersteld.parsers.fit import read_fit
from hersteld.parsers.format.profile import fields
from hersteld.parsers.format.profile.wanted import WANTED
from hersteld.parsers.workout import Workout
from hersteld.recovery.advice import Recovery
from hersteld.recovery.athlete.history import History
from hersteld.recovery.athlete.muscles import overall_family
from hersteld.recovery.athlete.profile import Athlete
from hersteld.recovery.recover import recover

_EPOC = 3
_LOAD_PEAK = 37
_FIXED_POINT = 65536
_EVENT_OF_RECOVERY = 38
_HIGHEST = 2**31
"""A field that is read in a file of another layout holds larger numbers."""
_NO_EFFORT_EPOC = 20.0
_NO_EFFORT_H = 6.0
_WANTED = {**WANTED, fields.PHYSIOLOGY: WANTED[fields.PHYSIOLOGY] | {_EPOC, _LOAD_PEAK}}


@dataclass(frozen=True, slots=True)
class Compared:
    """One workout: what we say, and what its maker says; None where the file does not hold it.

    Attributes:
        name: File name.
        family: Family of its sport.
        load, hours: Ours, for a trained athlete without a past; `hours` until hard training.
        rung, decided_by: What gave our load, and our hours.
        timer_h: Duration.
        epoc: Excess oxygen in ml/kg at the end (message 140, field 3, in 1/65536).
        load_peak: The maker's training load (session field 168, or else message 140, field 37, in 1/65536).
        stress_score: Training stress score by power.
        recovery_h: The maker's hours until recovery, those of earlier workouts that are still open included.
        carry_over_h: What was still open when the workout ended, by the first event 38; None where no event tells.
    """

    name: str
    family: str
    load: float
    hours: float
    rung: str
    decided_by: str
    timer_h: float
    epoc: float | None
    load_peak: float | None
    stress_score: float | None
    recovery_h: float | None
    carry_over_h: float | None

    @property
    def own_recovery_h(self) -> float | None:
        """The maker's hours of this workout alone, as far as the file tells; None where it has none.

        After next to no effort, many hours can only be those of earlier workouts.
        """
        if self.recovery_h is None:
            return None
        if self.carry_over_h is None and (self.epoc or 0.0) < _NO_EFFORT_EPOC and self.recovery_h > _NO_EFFORT_H:
            return None
        own_h = self.recovery_h - (self.carry_over_h or 0.0)
        return own_h if own_h > 0 else None


def compared() -> Iterator[Compared]:
    """Yield every workout of the corpus of which its maker says something, each recording once."""
    rules = load_rules()
    athlete = Athlete(experience="trained")
    known: set[tuple[object, ...]] = set()
    for path in sorted(corpus().rglob("*")):
        if not path.is_file() or path.suffix.lower() != ".fit":
            continue
        content = path.read_bytes()
        try:
            workout = read_fit(content)
        except ParseError:
            continue
        key = (workout.started_at, workout.timer_s, workout.sport)
        digest = hashlib.sha256(content).hexdigest()
        if key in known or (digest,) in known or workout.timer_s <= 0:
            continue
        known |= {key, (digest,)}
        ours = recover(workout, athlete, History(), rules, zone=UTC)
        yield _compared(path, workout, ours, join(bulk.decode(content, _WANTED).files))


def _compared(path: Path, workout: Workout, ours: Recovery, file: DecodedFile) -> Compared:
    physiology = file.of(fields.PHYSIOLOGY)
    recovery_h = None if workout.vendor.recovery_min is None else workout.vendor.recovery_min / 60
    return Compared(
        name=path.name,
        family=overall_family(workout),
        load=ours.load.value,
        hours=ours.assessment.recovery_h,
        rung=ours.load.rung,
        decided_by=ours.assessment.decided_by,
        timer_h=workout.timer_s / 3600,
        epoc=_fixed_point(physiology.last(_EPOC)),
        load_peak=workout.vendor.training_load_peak or _fixed_point(physiology.last(_LOAD_PEAK)),
        stress_score=workout.vendor.stress_score or None,
        recovery_h=recovery_h or None,
        carry_over_h=_carry_over_h(file, workout),
    )


def _fixed_point(value: float | None) -> float | None:
    return value / _FIXED_POINT if value and 0 < value < _HIGHEST else None


def _carry_over_h(file: DecodedFile, workout: Workout) -> float | None:
    """Return the hours of earlier workouts that are in the maker's own; None where no event tells.

    During a recording the hours of earlier workouts run down, a minute a minute, until the watch computes them anew.
    """
    events = file.of(fields.EVENT)
    minutes = np.where(
        np.isnan(events.column(fields.EVENT_DATA)), events.column(fields.EVENT_DATA16), events.column(fields.EVENT_DATA)
    )[events.column(fields.EVENT_EVENT) == _EVENT_OF_RECOVERY]
    known = minutes[~np.isnan(minutes)]
    if len(known) < 2 or known[0] == known[-1]:
        return None
    return max(0.0, float(known[0]) - workout.elapsed_s / 60) / 60
