"""What is taken to hold for one document: how often beads of each shape are, and how lengths compare."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from ..model import Bead
from .arrays import Floats, Ints, Weights
from .corpus import Corpus
from .lengths import LengthModel, Stretches, usual_variance
from .prior import MEETING, USUAL, Prior, Shape, adapted, count_shapes, first_prior
from .region import Document

_CHARACTERS, _CLAUSES = np.float32(0.8), np.float32(0.4)
_STRENGTH = 10
"""What all documents have in common weighs as much as ten sentences."""
_ENOUGH = 30
"""From so many one-to-one beads on a document's own lengths are relied on."""


class Sizes(NamedTuple):
    """How well two stretches match in characters and in clauses; the two are not independent, so each counts less."""

    characters: LengthModel
    clauses: LengthModel

    def block(self, rows: int, columns: int, source: range, target: range) -> Weights:
        """Score ``rows`` sentences from each of ``source`` on against ``columns`` from each of ``target`` on."""
        where = rows, columns, source, target
        scores: Weights = _CHARACTERS * self.characters.block(*where) + _CLAUSES * self.clauses.block(*where)
        return scores

    def beads(self, source: Ints, target: Ints, rows: Ints, columns: Ints) -> Weights:
        """Score many beads at once: the sentences they start with, and their shapes."""
        where = source, target, rows, columns
        return _CHARACTERS * self.characters.beads(*where) + _CLAUSES * self.clauses.beads(*where)


class Model(NamedTuple):
    """The models of one document."""

    usual: Prior
    """What is believed of any text with so many sentences on both sides."""
    prior: Prior
    sizes: Sizes


def first_models(documents: Sequence[Document], corpus: Corpus) -> list[Model]:
    """Return the models of each document before anything is aligned."""
    source, target = corpus.source, corpus.target
    characters = _first_lengths(documents, source.lengths, target.lengths)
    clauses = _first_lengths(documents, source.clauses, target.clauses)
    models = []
    for document, *sizes in zip(documents, characters, clauses, strict=True):
        usual = first_prior(len(document.source), len(document.target))
        models.append(Model(usual, usual, Sizes(*sizes)))
    return models


def _first_lengths(documents: Sequence[Document], source: Floats, target: Floats) -> list[LengthModel]:
    """Return the length model of each document, from all that both sides have."""
    stretches = Stretches.of(source), Stretches.of(target)
    models = []
    for document in documents:
        rows, columns = document.source, document.target
        spoken = source[rows.start : rows.stop].sum() + _STRENGTH * source.mean()
        heard = target[columns.start : columns.stop].sum() + _STRENGTH * source.mean() * target.sum() / source.sum()
        ratio = float(heard / spoken)
        models.append(LengthModel.of(*stretches, ratio, usual_variance(ratio)))
    return models


def fitted_models(models: Sequence[Model], paths: Sequence[Sequence[Bead]], corpus: Corpus) -> list[Model]:
    """Return the models after a first path was found through each document."""
    counts = [count_shapes((len(bead.source), len(bead.target)) for bead in path) for path in paths]
    pooled = {shape: sum(count.get(shape, 0) for count in counts) for shape in USUAL}
    source, target = corpus.source, corpus.target
    fitted = []
    for model, path, count in zip(models, paths, counts, strict=True):
        single = [(bead.source.start, bead.target.start) for bead in path if len(bead.source) == len(bead.target) == 1]
        sizes = model.sizes
        if len(single) >= _ENOUGH:
            rows, columns = np.array(single).T
            sizes = Sizes(
                sizes.characters.fitted(source.lengths[rows], target.lengths[columns]),
                sizes.clauses.fitted(source.clauses[rows], target.clauses[columns]),
            )
        fitted.append(Model(model.usual, adapted(model.usual, count, pooled, 0.0), sizes))
    return fitted


def relearned(models: Sequence[Model], counts: Sequence[Mapping[Shape, float]]) -> list[Model]:
    """Return the models with a prior from the expected number of beads of each shape.

    What is left out stays as dear as it was: gaps that become cheaper by each gap that is found run away.
    """
    pooled = {shape: sum(count.get(shape, 0) for count in counts) for shape in USUAL}
    learned = []
    for model, count in zip(models, counts, strict=True):
        prior = adapted(model.usual, count, pooled, MEETING)
        kept = {shape: model.prior[shape] for shape in ((1, 0), (0, 1))}
        learned.append(model._replace(prior={**prior, **kept}))
    return learned
