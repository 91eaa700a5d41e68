"""How well do two stretches of text match in length? A log likelihood ratio from character counts.

The target length is normal around the source length times a ratio, with a variance that grows with the length (Gale and
Church 1993). It is set against how long stretches of so many sentences are anyway (log-normal, as in Moore 2002), so
that the score says what the match tells beyond chance. Lengths are put into logarithmic bins: the score of a pair of
bins is computed once.
"""

import math
from dataclasses import dataclass

import numpy as np

from .arrays import Floats, Ints, Weights, running_total
from .prior import LONGEST

_BINS = 120
_LOG_LONGEST = 9.0
"""Stretches beyond e^9, some 8100 characters, are all in the last bin."""
_CENTRES = np.exp((np.arange(_BINS) + 0.5) * _LOG_LONGEST / (_BINS - 1))
_USUAL_VARIANCE = 6.0
"""Variance a character, close to the 6.8 of Gale and Church."""
_OUTLIER = math.exp(-7)
"""Density on the log scale of a length that has nothing to do with the other side's."""


@dataclass(frozen=True, slots=True)
class Stretches:
    """Lengths of all runs of sentences of one side: ``[k - 1, i]`` is that of ``k`` sentences from ``i`` on."""

    bins: Ints
    chance: Weights
    """Log density of such a length among runs of as many sentences."""

    @classmethod
    def of(cls, lengths: Floats) -> "Stretches":
        """Measure the runs of sentences with the given lengths, in characters."""
        ends = running_total(lengths)
        count = len(lengths)
        bins = np.zeros((LONGEST, count), np.int64)
        chance = np.zeros((LONGEST, count))
        for k in range(1, min(LONGEST, count) + 1):
            length = np.maximum(ends[k:] - ends[:-k], 1)
            log = np.log(length)
            spread = max(float(log.std()), 0.25)
            number = np.clip((log * (_BINS - 1) / _LOG_LONGEST).astype(np.int64), 0, _BINS - 1)
            bins[k - 1, : count - k + 1] = number
            centre = np.log(_CENTRES[number])
            deviation = (centre - log.mean()) / spread
            chance[k - 1, : count - k + 1] = -centre - math.log(spread * math.sqrt(2 * math.pi)) - deviation**2 / 2
        return cls(bins, chance.astype(np.float32))


@dataclass(frozen=True, slots=True)
class LengthModel:
    """The length scores of one document."""

    source: Stretches
    target: Stretches
    match: Weights
    """Log density of the two lengths given each other, averaged over both directions; by source and target bin."""

    @classmethod
    def of(cls, source: Stretches, target: Stretches, ratio: float, variance: float) -> "LengthModel":
        """Set up the model for a target length of ``ratio`` characters a source character, and their variance."""
        x, y = _CENTRES[:, None], _CENTRES[None, :]
        spread = variance * (x * ratio + y) / 2 + 1
        density = -((y - ratio * x) ** 2) / (2 * spread) - np.log(2 * math.pi * spread) / 2
        given_source = np.logaddexp(density, math.log(_OUTLIER) - np.log(y))
        given_target = np.logaddexp(density + math.log(ratio), math.log(_OUTLIER) - np.log(x))
        return cls(source, target, ((given_source + given_target) / 2).astype(np.float32))

    def fitted(self, source: Floats, target: Floats) -> "LengthModel":
        """Return the model with ratio and variance from the lengths of matching sentences."""
        return LengthModel.of(self.source, self.target, *fit(source, target))

    def block(self, rows: int, columns: int, source: range, target: range) -> Weights:
        """Score ``rows`` sentences from each of ``source`` on against ``columns`` from each of ``target`` on."""
        x, y = slice(source.start, source.stop), slice(target.start, target.stop)
        match = self.match[self.source.bins[rows - 1, x]][:, self.target.bins[columns - 1, y]]
        chance = self.source.chance[rows - 1, x, None] + self.target.chance[columns - 1, y]
        return match - chance / np.float32(2)

    def beads(self, source: Ints, target: Ints, rows: Ints, columns: Ints) -> Weights:
        """Score many beads at once: the sentences they start with, and their shapes."""
        x, y = (rows - 1, source), (columns - 1, target)
        chance = self.source.chance[x] + self.target.chance[y]
        return self.match[self.source.bins[x], self.target.bins[y]] - chance / np.float32(2)


def usual_variance(ratio: float) -> float:
    """Return the variance to start from, for a target length of ``ratio`` characters a source character."""
    return _USUAL_VARIANCE * max(ratio, 1.0)


def fit(source: Floats, target: Floats) -> tuple[float, float]:
    """Return ratio and variance from the lengths of matching sentences; the median keeps mistakes out of both."""
    ratio = float(np.median(target) / np.median(source) + target.sum() / source.sum()) / 2
    deviation = (target - ratio * source) ** 2 / ((source * ratio + target) / 2)
    return ratio, float(np.clip(np.median(deviation) / _MEDIAN_OF_SQUARE, 0.3, 30.0))


_MEDIAN_OF_SQUARE = 0.455
"""The median of a squared standard normal deviate."""
