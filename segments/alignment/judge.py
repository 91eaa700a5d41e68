"""How much does each kind of evidence tell for a bead? Beads that were found, and rivals, judged one by one.

Nothing is searched: the beads that were found teach a lexicon, and each bead, or what could stand in its place, is
scored by the same evidence that the search adds up (`refine`).
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from ..model import Bead
from .arrays import Floats
from .borders import Borders
from .cooccurrence import Beads, Cooccurrence
from .corpus import Corpus
from .evidence import word_scores
from .lexicon import Agreement, learn_on
from .model import Model, first_models, fitted_models
from .params import Params
from .prior import USUAL, gaps
from .region import Ranges, lay_out

_PARAMS = Params()


class Evidence(NamedTuple):
    """What tells for a bead, in nats: above 0 for it, below 0 against it."""

    shape: float
    """How often beads have so many sentences a side."""
    lengths: float
    words: float
    position: float
    """What it adds that words which translate each other stand at like places."""
    borders: float
    """Whether the first sentences begin alike and the last ones end alike."""

    @property
    def total(self) -> float:
        """The sum, which the search makes as large as it can."""
        return sum(self)


class Judge:
    """The evidence for the beads of one document and for their rivals, and what was learned on the way."""

    def __init__(self, corpus: Corpus, found: Sequence[Bead], others: Iterable[Ranges]) -> None:
        """Judge the beads found, which teach by their confidence, and others, which teach nothing."""
        self.corpus = corpus
        self.params = _PARAMS.fitting(len(corpus.source.words), len(corpus.target.words))
        self.weight = {bead: 0.0 for bead in others if judged(bead)}
        self.weight |= {(b.source, b.target): b.confidence for b in found if judged((b.source, b.target))}
        self._model = _model(corpus, found)
        self._gaps = gaps(self._model.prior, _PARAMS.gap)
        near, self.learned = self._words(_PARAMS.sharpness)
        anywhere, _ = self._words(0.0)
        self._evidence = self._judged(near, anywhere)

    def evidence(self, bead: Ranges) -> Evidence:
        """Return what tells for a bead; of one that is too long to be judged, or has an empty side, only its shape."""
        return self._evidence.get(bead) or Evidence(self._gap_cost(bead), 0.0, 0.0, 0.0, 0.0)

    def worth(self, beads: Sequence[Ranges]) -> float:
        """Return what tells for a run of beads; unaligned sentences in a row cost less, as in the search."""
        total, in_gap = 0.0, False
        for bead in beads:
            is_gap = not all(bead)
            total += self._gaps.extend if is_gap and in_gap else self.evidence(bead).total
            in_gap = is_gap
        return total

    def _gap_cost(self, bead: Ranges) -> float:
        if all(bead):
            return 0.0
        return self._gaps.skip_source if bead[0] else self._gaps.skip_target

    def _words(self, sharpness: float) -> tuple[Floats, Agreement]:
        """Return what the words tell for each bead, and what was learned."""
        weight = np.array(list(self.weight.values()), np.float64)
        together = Cooccurrence.of(Beads.of(self.weight), self.corpus, sharpness)
        either = [together, together.turned()]
        learned, _ = learn_on(either, [np.ones(len(together.given_word))] * 2, weight, _PARAMS.first_steps)
        return self.params.lexical_weight * word_scores(learned, self.params), learned

    def _judged(self, near: Floats, anywhere: Floats) -> Mapping[Ranges, Evidence]:
        beads = Beads.of(self.weight)
        weight = np.array(list(self.weight.values()), np.float64)
        shape = [math.log(self._model.prior[len(rows), len(columns)]) for rows, columns in self.weight]
        lengths = self._model.sizes.beads(*beads)
        borders = Borders(self.corpus.source, self.corpus.target).scores(beads, weight)
        columns = (np.array(shape, np.float64), lengths, anywhere, near - anywhere, borders)
        rows = np.stack(columns, axis=1).tolist() if self.weight else []
        return {bead: Evidence(*row) for bead, row in zip(self.weight, rows, strict=True)}


def judged(bead: Ranges) -> bool:
    """Tell whether a bead can be judged: it is filled on both sides, and of a shape that the search makes."""
    source, target = bead
    return all(bead) and (len(source), len(target)) in USUAL


def _model(corpus: Corpus, beads: Sequence[Bead]) -> Model:
    size = len(corpus.source.texts), len(corpus.target.texts)
    return fitted_models(first_models(lay_out([size], [()]), corpus), [beads], corpus)[0]
