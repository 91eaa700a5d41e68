"""How does it all fit together? Rounds of learning from the likely beads, each scored by what the others teach."""

import math
from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np

from .arrays import Floats
from .borders import Borders
from .cooccurrence import Beads, Cooccurrence
from .corpus import Corpus
from .evidence import word_scores
from .lattice import Lattice
from .lexicon import expect, maximise
from .model import Model
from .params import Params
from .prior import gaps
from .search import Step, best_path, posteriors

Voice = Callable[[Beads, Corpus], Floats]
"""Evidence from outside the texts: returns what it tells for each bead, in nats."""


class Refiner:
    """The likely beads of all documents, and what they teach so far."""

    def __init__(
        self,
        lattices: Sequence[Lattice],
        models: Sequence[Model],
        confirmed: Beads,
        corpus: Corpus,
        params: Params,
        voices: Sequence[Voice] = (),
    ) -> None:
        """Set up with the model of each lattice, and with beads that teach but are no longer in question."""
        self.lattices, self.models, self.params = lattices, models, params
        self.beads = Beads.joined([*(lattice.beads() for lattice in lattices), confirmed])
        self.weight = np.concatenate([*(lattice.probability for lattice in lattices), np.ones(len(confirmed.rows))])
        ends = np.cumsum([0, *(len(lattice.steps) for lattice in lattices)]).tolist()
        self.parts = [slice(*ends_of) for ends_of in pairwise(ends)]
        self.borders = Borders(corpus.source.texts, corpus.target.texts)
        together = Cooccurrence.of(self.beads, corpus, params.sharpness)
        self.directions = [together, together.turned()]
        self.lexicons = [np.ones(len(together.given_word)) for _ in self.directions]
        shapes = [_shape_scores(*lattice_and_model) for lattice_and_model in zip(lattices, models, strict=True)]
        self.shape_scores = np.concatenate([*shapes, np.zeros(len(confirmed.rows))])
        for voice in voices:
            self.shape_scores += voice(self.beads, corpus)

    def round(self) -> None:
        """Learn from the beads as likely as they are, and find out how likely that makes them."""
        scores = self.scores()
        for lattice, model, part in zip(self.lattices, self.models, self.parts, strict=True):
            found = self._search(lattice, model, scores[part], self.params.temperature)
            self.weight[part] = [found.get(step, 0.0) for step in lattice.steps]

    def scores(self) -> Floats:
        """Take some EM steps in both directions, and score every bead anew."""
        words = np.zeros(len(self.weight))
        for number, together in enumerate(self.directions):
            for _ in range(self.params.steps):
                expectation = expect(together, self.lexicons[number], self.weight)
                self.lexicons[number] = maximise(expectation)
            words += word_scores(expectation, self.params)
        borders = self.borders.scores(self.beads, self.weight)
        scores: Floats = self.shape_scores + self.params.lexical_weight * words + borders
        return scores

    def paths(self) -> list[list[tuple[Step, float]]]:
        """Return the best path through each lattice, each step with its probability."""
        scores = self.scores()
        paths = []
        for lattice, model, part in zip(self.lattices, self.models, self.parts, strict=True):
            found = self._search(lattice, model, scores[part], self.params.confidence)
            path = best_path(lattice.band, lattice.arcs(scores[part]), gaps(model.prior, self.params.gap))
            paths.append([(step, found.get(step, 0.0)) for step in path])
        return paths

    def _search(self, lattice: Lattice, model: Model, scores: Floats, temperature: float) -> dict[Step, float]:
        costs = gaps(model.prior, self.params.gap)
        found = posteriors(lattice.band, lattice.arcs(scores), costs, temperature, _FLOOR)
        return dict(zip(found.steps, found.probability, strict=True))


def _shape_scores(lattice: Lattice, model: Model) -> Floats:
    """Return what the shape and the lengths of each bead tell for it: what learning does not change."""
    beads = lattice.beads()
    prior = [math.log(model.prior[step.rows, step.columns]) for step in lattice.steps]
    scores: Floats = model.lengths.beads(*beads) + np.array(prior, np.float64)
    return scores


_FLOOR = 1e-4
"""Beads less probable than this teach nothing."""
