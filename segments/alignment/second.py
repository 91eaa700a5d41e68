"""Which beads are likely once the first words are known? The second pass: IBM Model 1 in a band.

The two-pass scheme is Moore's (2002): beads found without words teach a lexicon, with which all is searched again.
"""

from collections.abc import Sequence

import numpy as np

from .band import Band
from .cooccurrence import Beads, Cooccurrence
from .corpus import Corpus
from .lexicon import Expectation, expect, maximise
from .model import Model
from .params import Params
from .prior import gaps, shapes
from .region import Region
from .scores import scores_in
from .search import Posteriors, Step, posteriors
from .spans import SpanScores, Table, Tables


def first_lexicon(beads: Beads, corpus: Corpus, params: Params) -> Tables:
    """Learn from beads that are taken as they are."""
    together = Cooccurrence.of(beads, corpus, sharpness=0.0)
    return Tables(*(Table.of(_learned(side, params), params.first_discount) for side in (together, together.turned())))


def _learned(together: Cooccurrence, params: Params) -> Expectation:
    weight = np.ones(len(together.given.count))
    probability = np.ones(len(together.given_word))
    for _ in range(params.first_steps - 1):
        probability = maximise(expect(together, probability, weight))
    return expect(together, probability, weight)


def likely_steps(
    region: Region, path: Sequence[Step], corpus: Corpus, model: Model, tables: Tables, params: Params
) -> Posteriors:
    """Return the steps around a first path that the first lexicon finds likely, local to the region."""
    rows, columns = [0, *(step.row + step.rows for step in path)], [0, *(step.column + step.columns for step in path)]
    band = Band.along(rows, columns, params.half_band)
    words = SpanScores(tables, corpus, region, params)
    kinds = shapes(model.prior)
    scores = scores_in(region, band, kinds, model, words.block)
    return posteriors(band, kinds, scores, gaps(model.prior, params.gap), params.lattice_temperature, params.floor)
