"""How well do two columns agree, and how sure is that?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
_RESAMPLES = 2000
_SEED = 20260601
_FEWEST = 5
"""With fewer pairs an interval says nothing."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with the interval that holds 95 of 100 resamples."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.2f} ({self.low:.2f} to {self.high:.2f})"


@dataclass(frozen=True, slots=True)
class Agreement:
    """How two columns of positive values agree.

    Attributes:
        pairs: How many there are.
        rank: Spearman's rank correlation.
        level: Median of ours divided by theirs.
        typical_error: The factor within which half of the pairs agree, 1 or more.
    """

    pairs: int
    rank: Estimate
    level: Estimate
    typical_error: Estimate


def agreement(ours: Sequence[float], theirs: Sequence[float]) -> Agreement | None:
    """Return how two columns of positive values agree; None for too few pairs."""
    both = np.array([(a, b) for a, b in zip(ours, theirs, strict=True) if a > 0 and b > 0])
    if len(both) < _FEWEST:
        return None
    return Agreement(
        len(both), _estimate(both, rank_correlation), _estimate(both, _level), _estimate(both, _typical_error)
    )


def rank_correlation(pairs: Values) -> float:
    """Return Spearman's rank correlation of pairs, shape (pairs, 2); 0 where a column is constant."""
    a, b = _ranks(pairs[:, 0]), _ranks(pairs[:, 1])
    if not a.std() or not b.std():
        return 0.0
    return float(np.corrcoef(a, b)[0, 1])


def _ranks(values: Values) -> Values:
    """Return the rank of each value, equal ones sharing their mean rank."""
    _, place, count = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(count)
    ranks: Values = (ends - (count - 1) / 2)[place]
    return ranks


def _level(pairs: Values) -> float:
    return float(np.median(pairs[:, 0] / pairs[:, 1]))


def _typical_error(pairs: Values) -> float:
    return float(np.exp(np.median(np.abs(np.log(pairs[:, 0] / pairs[:, 1])))))


def _estimate(pairs: Values, figure: Callable[[Values], float]) -> Estimate:
    random = np.random.default_rng(_SEED)
    resampled = [figure(pairs[random.integers(0, len(pairs), len(pairs))]) for _ in range(_RESAMPLES)]
    low, high = np.percentile(resampled, (2.5, 97.5))
    return Estimate(figure(pairs), float(low), float(high))
