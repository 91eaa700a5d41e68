"""Which beads are likely once the first words are known? The second pass: IBM Model 1 in a band.

The two-pass scheme is Moore's (2002): beads found without words teach a lexicon, with which all is searched again.
"""

import math
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
from .search import Arc, Posteriors, Step, posteriors
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
    words = SpanScores(tables, corpus, region, band, params)

    costs = {shape: math.log(model.prior[shape]) for shape in shapes(model.prior)}

    def arcs(row: int) -> list[Arc]:
        found = []
        for (rows, columns), cost in costs.items():
            ends = band.ends(row, rows, columns)
            if ends:
                start, first = region.source.start + row - rows, region.target.start + ends.start - columns
                scores = model.lengths.row(rows, columns, start, first, first + len(ends))
                scores += params.lexical_weight * words.row(rows, columns, row, ends) + np.float32(cost)
                found.append(Arc(rows, columns, ends.start, scores))
        return found

    return posteriors(band, arcs, gaps(model.prior, params.gap), params.temperature, params.floor)
