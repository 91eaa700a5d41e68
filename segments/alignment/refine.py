"""How does it all fit together? Rounds of learning from the likely beads, each scored by what the others teach."""

import math
from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np

from .arrays import Floats
from .borders import Borders
from .confidence import confidence
from .cooccurrence import Beads, Cooccurrence
from .corpus import Corpus
from .evidence import word_scores
from .lattice import Lattice
from .lexicon import learn_on
from .model import Model, relearned
from .params import Params
from .paths import SKIP, Path, best_path, marginals
from .prior import gaps

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
        self.lattices, self.models = lattices, models
        self.params = params.fitting(len(corpus.source.words), len(corpus.target.words))
        self.beads = Beads.joined([*(lattice.beads() for lattice in lattices), confirmed])
        self.weight = np.concatenate([*(lattice.probability for lattice in lattices), np.ones(len(confirmed.rows))])
        ends = np.cumsum([0, *(len(lattice.steps) for lattice in lattices)]).tolist()
        self.parts = [slice(*ends_of) for ends_of in pairwise(ends)]
        self.borders = Borders(corpus.source, corpus.target)
        together = Cooccurrence.of(self.beads, corpus, params.sharpness)
        self.directions = [together, together.turned()]
        self.lexicons = [np.ones(len(together.given_word)) for _ in self.directions]
        self.heard = sum((voice(self.beads, corpus) for voice in voices), np.zeros(len(self.weight)))

    def round(self) -> None:
        """Learn from the beads as likely as they are, and find out how likely that makes them."""
        scores = self.scores()
        counts = []
        for lattice, model, part in zip(self.lattices, self.models, self.parts, strict=True):
            costs = gaps(model.prior, self.params.gap)
            likely = marginals(lattice, scores[part], costs, self.params.temperature)
            self.weight[part] = likely.beads
            counts.append(likely.shapes())
        self.models = relearned(self.models, counts)

    def scores(self) -> Floats:
        """Take some EM steps in both directions, and score every bead anew."""
        agreement, self.lexicons = learn_on(self.directions, self.lexicons, self.weight, self.params.steps)
        words = word_scores(agreement, self.params)
        scores: Floats = self._shape_scores() + self.heard + self.params.lexical_weight * words + self._border_scores()
        return scores

    def _border_scores(self) -> Floats:
        return self.borders.scores(self.beads, self.weight)

    def _shape_scores(self) -> Floats:
        """Return what the shape and the lengths of each bead tell for it."""
        scores = np.zeros(len(self.weight))
        for lattice, model, part in zip(self.lattices, self.models, self.parts, strict=True):
            prior = [math.log(model.prior[step.rows, step.columns]) for step in lattice.steps]
            scores[part] = model.sizes.beads(*lattice.beads()) + np.array(prior, np.float64)
        return scores

    def paths(self) -> list[Path]:
        """Return the best path through each lattice."""
        scores, borders = self.scores(), self._border_scores()
        paths = []
        for lattice, model, part in zip(self.lattices, self.models, self.parts, strict=True):
            costs = gaps(model.prior, self.params.gap)
            likely = marginals(lattice, scores[part], costs, self.params.temperature)
            path = best_path(lattice, scores[part], costs)
            posterior = np.array([likely.probability(move) for move in path], np.float64)
            paths.append(
                Path(
                    [lattice.step(move.start, move.end) for move in path],
                    posterior,
                    confidence(lattice, model, path, posterior),
                    np.array([0.0 if move.bead == SKIP else borders[part][move.bead] for move in path], np.float64),
                )
            )
        return paths
