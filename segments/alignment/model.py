"""What is taken to hold for one document: how often beads of each shape are, and how lengths compare."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from ..model import Bead
from .corpus import Corpus
from .lengths import LengthModel, Stretches, fit, usual_variance
from .prior import USUAL, Prior, adapted, count_shapes, first_prior
from .region import Document

_STRENGTH = 10
"""What all documents have in common weighs as much as ten sentences."""
_ENOUGH = 30
"""From so many one-to-one beads on a document's own lengths are relied on."""


class Model(NamedTuple):
    """The models of one document."""

    prior: Prior
    lengths: LengthModel


def first_models(documents: Sequence[Document], corpus: Corpus) -> list[Model]:
    """Return the models of each document before anything is aligned."""
    source, target = corpus.source.lengths, corpus.target.lengths
    stretches = Stretches.of(source), Stretches.of(target)
    models = []
    for document in documents:
        rows, columns = document.source, document.target
        spoken = source[rows.start : rows.stop].sum() + _STRENGTH * source.mean()
        heard = target[columns.start : columns.stop].sum() + _STRENGTH * source.mean() * target.sum() / source.sum()
        ratio = float(heard / spoken)
        lengths = LengthModel.of(*stretches, ratio, usual_variance(ratio))
        models.append(Model(first_prior(len(rows), len(columns)), lengths))
    return models


def fitted_models(models: Sequence[Model], paths: Sequence[Sequence[Bead]], corpus: Corpus) -> list[Model]:
    """Return the models after a first path was found through each document."""
    counts = [count_shapes((len(bead.source), len(bead.target)) for bead in path) for path in paths]
    pooled = {shape: sum(count.get(shape, 0) for count in counts) for shape in USUAL}
    fitted = []
    for model, path, count in zip(models, paths, counts, strict=True):
        single = [(bead.source.start, bead.target.start) for bead in path if len(bead.source) == len(bead.target) == 1]
        lengths = model.lengths
        if len(single) >= _ENOUGH:
            places = np.array(single)
            found = fit(corpus.source.lengths[places[:, 0]], corpus.target.lengths[places[:, 1]])
            lengths = LengthModel.of(lengths.source, lengths.target, *found)
        fitted.append(Model(adapted(model.prior, count, pooled), lengths))
    return fitted
