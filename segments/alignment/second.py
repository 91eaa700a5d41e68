"""Which beads are likely once the first words are known? The second pass: IBM Model 1 in a band.

The two-pass scheme is Moore's (2002): beads found without words teach a lexicon, with which all is searched again.
"""

from collections.abc import Iterator, Sequence

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

Node = tuple[int, int]
"""The source and target sentences that lie before a place of a path."""

_STRETCH, _OVERLAP = 2000, 200
"""Source sentences that are searched at once, and those to both sides that are looked at with them."""


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
    """Return the steps around a first path that the first lexicon finds likely, local to the region.

    The region is searched in stretches that overlap, so that memory does not grow with the text: what lies further
    away than the overlap has no say in what is likely.
    """
    nodes = [(0, 0), *((step.row + step.rows, step.column + step.columns) for step in path)]
    words = SpanScores(tables, corpus, params)
    kinds = shapes(model.prior)
    costs = gaps(model.prior, params.gap)
    steps: list[Step] = []
    probability: list[float] = []
    low, high = [], []
    for rows, stretch in _stretches(nodes):
        (row, column), (last_row, last_column) = stretch[0], stretch[-1]
        part = Region(region.source[row:last_row], region.target[column:last_column])
        local_rows, local_columns = (np.array(stretch) - stretch[0]).T
        band = Band.along(local_rows, local_columns, params.half_band)
        scores = scores_in(part, band, kinds, model, words.within(part))
        found = posteriors(band, kinds, scores, costs, params.lattice_temperature, params.floor)
        for step, share in zip(found.steps, found.probability, strict=True):
            if row + step.row in rows:
                steps.append(step._replace(row=row + step.row, column=column + step.column))
                probability.append(share)
        low += [column + first for first in found.band.low[rows.start - row : rows.stop - row]]
        high += [column + last for last in found.band.high[rows.start - row : rows.stop - row]]
    return Posteriors(steps, probability, Band.hull(low, high, len(region.target)))


def _stretches(nodes: list[Node]) -> Iterator[tuple[range, list[Node]]]:
    """Cut the nodes of a path into stretches: the rows that each answers for, and its nodes with the overlap."""
    end = nodes[-1][0]
    row = 0
    while row <= end:
        stop = row + _STRETCH if row + _STRETCH + _OVERLAP < end else end + 1
        inside = [node for node in nodes if row - _OVERLAP <= node[0] <= stop + _OVERLAP]
        yield range(row, stop), inside
        row = stop
