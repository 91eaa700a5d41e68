"""Do two texts translate each other at all? A search finds a path through any two texts; this doubts the whole of it.

Among texts that have nothing to do with each other beads are less sure, and their borders agree no more often than by
chance: the search picks beads by their words and lengths, but it can hardly make questions meet questions and
quotations meet quotations throughout. The weights are those of a logistic regression on right and wrong pairs of texts;
that a text was given its translation is taken to be the rule.
"""

import math
from collections.abc import Sequence

import numpy as np

from .paths import Path

_SURE, _BORDERS, _CONSTANT = 1.7, 4.1, -3.2
"""What the log odds of the mean posterior, the mean evidence of the borders in nats, and neither of both, tell."""
_BEADS, _GROWTH = 25, 0.75
"""So many beads tell just that; what they tell grows more slowly than their number, for they hang together."""
_USUAL = 2.0
"""Log odds of two texts that somebody took for a text and its translation: some 88 in 100 are."""
_MOST = 30.0
"""Log odds beyond are as good as certain, and exp stays in range."""


def belonging(path: Path) -> float:
    """Return how probable it is that two texts translate each other, given the best path through them: 0 to 1."""
    filled = path.filled()
    if not filled.any():
        return _probability(_USUAL)
    sure = float(np.clip(path.posterior[filled].mean(), 1e-3, 1 - 1e-3))
    told = _SURE * math.log(sure / (1 - sure)) + _BORDERS * float(path.borders[filled].mean()) + _CONSTANT
    return _probability(_USUAL + (filled.sum() / _BEADS) ** _GROWTH * told)


def doubted(paths: Sequence[Path]) -> list[Path]:
    """Return the paths through two texts, with confidences as of texts that may not translate each other.

    In those no bead is right; the paths are judged as one, for the parts of a text all belong to it.
    """
    if not paths:
        return []
    steps = [step for path in paths for step in path.steps]
    sure = belonging(Path(steps, *(np.concatenate(told) for told in zip(*(path[1:] for path in paths), strict=True))))
    return [path._replace(confidence=np.where(path.filled(), sure, 1.0) * path.confidence) for path in paths]


def _probability(log_odds: float) -> float:
    return 1 / (1 + math.exp(-min(max(log_odds, -_MOST), _MOST)))
