"""Do the borders of a bead look like borders on both sides? How its first sentence begins and its last one ends.

A quotation that opens on one side should open on the other; a question should end as one. What goes with what is
learned from the beads themselves, so that no mark has to mean the same in two languages.
"""

from collections.abc import Sequence

import numpy as np

from .arrays import Floats, Ints, sums_at
from .cooccurrence import Beads
from .keys import levelled

_QUOTES = "\"'"
_CLOSING = "\"')]"
_ENDS = ".?!:;,-"
_CLASSES = 2 * (len(_ENDS) + 2)
_STRENGTH = 5.0
"""So many beads are thought to have been seen in which the two classes meet by chance."""


class Borders:
    """The classes of how the sentences of both sides begin and end."""

    def __init__(self, source: Sequence[str], target: Sequence[str]) -> None:
        left, right = [levelled(text.strip()) for text in source], [levelled(text.strip()) for text in target]
        self.source_begin = np.array([_begin(text) for text in left], np.int64)
        self.target_begin = np.array([_begin(text) for text in right], np.int64)
        self.source_end = np.array([_end(text) for text in left], np.int64)
        self.target_end = np.array([_end(text) for text in right], np.int64)

    def scores(self, beads: Beads, weight: Floats) -> Floats:
        """Return for each bead the log likelihood ratio of its borders, against chance; beads teach by weight."""
        begin = self.source_begin[beads.source] * _CLASSES + self.target_begin[beads.target]
        ends = self.source_end[beads.source + beads.rows - 1], self.target_end[beads.target + beads.columns - 1]
        end = ends[0] * _CLASSES + ends[1]
        scores: Floats = _association(begin, weight)[begin] + _association(end, weight)[end]
        return scores


def _association(pair: Ints, weight: Floats) -> Floats:
    """Return the log ratio of how often two classes meet to how often they would by chance, by pair of classes."""
    met = sums_at(pair, weight, _CLASSES**2).reshape(_CLASSES, _CLASSES)
    chance = met.sum(axis=1, keepdims=True) * met.sum(axis=0, keepdims=True) / max(met.sum(), 1e-12)
    smooth = _STRENGTH * (chance + 1e-3) / (chance.sum() + 1e-3)
    ratio: Floats = np.log((met + smooth) / (chance + smooth))
    return ratio.ravel()


def _begin(text: str) -> int:
    """Tell how a sentence begins: nothing, a quotation, a dash, a bracket, a number, a small letter, anything else."""
    first = text[:1]
    if not first:
        return 0
    for number, characters in enumerate((_QUOTES, "-", "([")):
        if first in characters:
            return number + 1
    return 4 if first.isdigit() else 5 if first.islower() else 6


def _end(text: str) -> int:
    """Tell how a sentence ends: with which mark, and whether within a quotation or bracket."""
    bare = text.rstrip(_CLOSING)
    mark = len(_ENDS) if bare.endswith("...") else _ENDS.find(bare[-1:]) if bare else 0
    return 2 * (mark if mark >= 0 else len(_ENDS) + 1) + (bare != text)
