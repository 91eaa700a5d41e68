"""Do the borders of a bead look like borders on both sides? How its first sentence begins and its last one ends.

A quotation that opens on one side should open on the other; a question should end as one. What goes with what is
learned from the beads themselves, so that no mark has to mean the same in two languages. The same holds for the kinds
of unit that the sentences stand in, where they are known.
"""

import numpy as np

from .arrays import Floats, Ints, sums_at
from .cooccurrence import Beads
from .corpus import Side
from .keys import levelled

_QUOTES = "\"'"
_CLOSING = "\"')]"
_ENDS = ".?!:;,-"
_CLASSES = 2 * (len(_ENDS) + 2)
_STRENGTH = 5.0
"""So many beads are thought to have been seen in which the two classes meet by chance."""


class Borders:
    """The classes of how the sentences of both sides begin and end."""

    def __init__(self, source: Side, target: Side) -> None:
        left, right = ([levelled(text.strip()) for text in side.texts] for side in (source, target))
        self.source_begin = np.array([_begin(text) for text in left], np.int64)
        self.target_begin = np.array([_begin(text) for text in right], np.int64)
        self.source_end = np.array([_end(text) for text in left], np.int64)
        self.target_end = np.array([_end(text) for text in right], np.int64)
        kinds = {kind: number for number, kind in enumerate(sorted({*source.kinds, *target.kinds}))}
        self.kinds = len(kinds)
        self.source_kind = np.array([kinds[kind] for kind in source.kinds], np.int64)
        self.target_kind = np.array([kinds[kind] for kind in target.kinds], np.int64)

    def scores(self, beads: Beads, weight: Floats) -> Floats:
        """Return for each bead the log likelihood ratio of its borders, against chance; beads teach by weight."""
        ends = beads.source + beads.rows - 1, beads.target + beads.columns - 1
        scores: Floats = _scores(self.source_begin[beads.source], self.target_begin[beads.target], weight, _CLASSES)
        scores += _scores(self.source_end[ends[0]], self.target_end[ends[1]], weight, _CLASSES)
        if self.kinds > 1:
            scores += _scores(self.source_kind[beads.source], self.target_kind[beads.target], weight, self.kinds)
            scores += _scores(self.source_kind[ends[0]], self.target_kind[ends[1]], weight, self.kinds)
        return scores


def _scores(source: Ints, target: Ints, weight: Floats, classes: int) -> Floats:
    """Return for each bead the log ratio of how often its two classes meet to how often they would by chance."""
    pair = source * classes + target
    met = sums_at(pair, weight, classes**2).reshape(classes, classes)
    chance = met.sum(axis=1, keepdims=True) * met.sum(axis=0, keepdims=True) / max(met.sum(), 1e-12)
    smooth = _STRENGTH * (chance + 1e-3) / (chance.sum() + 1e-3)
    ratio = np.log((met + smooth) / (chance + smooth))
    scores: Floats = ratio.ravel()[pair]
    return scores


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
