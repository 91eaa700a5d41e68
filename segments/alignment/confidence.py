"""How probable is it that a bead of the path is right? What the last search says, doubted where the one before differs.

The posterior of the last search alone is too sure where beads confirm each other in what they teach. The second pass
knew less but was not yet taken in, and shapes that are rare are oftener wrong; a logistic regression on hand-made beads
weighs the three. Its constants, the same for every language, were set on development texts; one that had not seen a
text judged it as well.
"""

import math
from collections.abc import Sequence

import numpy as np

from .arrays import Floats
from .lattice import Lattice
from .model import Model
from .paths import SKIP, Move
from .search import Step

_POSTERIOR, _EARLIER, _SHAPE, _CONSTANT = 0.6, 0.2, 0.1, 1.0
"""What the log odds of the last and of the second pass, the log share of the shape, and none of them, tell."""
_RAREST = -5.0
"""A log share below is not counted as less."""
_LEAST = 1e-4
"""No probability tells more than one so close to 0 or 1."""


def confidence(lattice: Lattice, model: Model, moves: Sequence[Move], posterior: Floats) -> Floats:
    """Return the probability that each move of a path is right, given its posterior in the last search."""
    steps = [lattice.step(move.start, move.end) for move in moves]
    shares = np.maximum([math.log(model.prior[step.rows, step.columns]) for step in steps], _RAREST)
    told = _POSTERIOR * _log_odds(posterior) + _EARLIER * _log_odds(_earlier(lattice, moves, steps)) + _SHAPE * shares
    sure: Floats = 1 / (1 + np.exp(-told - _CONSTANT))
    return sure


def _earlier(lattice: Lattice, moves: Sequence[Move], steps: Sequence[Step]) -> Floats:
    """Return how probable the second pass took each move to be."""
    places = np.array(lattice.places)
    unmatched = np.ones(places[-1, 0] + 1), np.ones(places[-1, 1] + 1)
    for (row, column, rows, columns), probability in zip(lattice.steps, lattice.probability.tolist(), strict=True):
        unmatched[0][row : row + rows] -= probability
        unmatched[1][column : column + columns] -= probability
    earlier = []
    for move, step in zip(moves, steps, strict=True):
        skipped = unmatched[0][step.row] if step.rows else unmatched[1][step.column]
        earlier.append(skipped if move.bead == SKIP else lattice.probability[move.bead])
    return np.array(earlier, np.float64)


def _log_odds(probability: Floats) -> Floats:
    bounded = np.clip(probability, _LEAST, 1 - _LEAST)
    odds: Floats = np.log(bounded / (1 - bounded))
    return odds
