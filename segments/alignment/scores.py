"""How well does each bead score that ends in the band? All shapes and some rows at once, in arrays.

A block is a rectangle of nodes: the rows ``first .. last - 1`` and every column of the band there.
"""

import math
from collections.abc import Callable
from functools import lru_cache

import numpy as np

from .arrays import Weights
from .band import Band
from .model import Model
from .prior import LONGEST, Shape
from .region import Region
from .search import NEVER, Scores

_CELLS = 8192
"""A block has no more nodes, unless one row has."""

Evidence = Callable[[Shape, range, range], Weights]
"""Scores the beads of a shape that end in some rows and columns: ``[row, column]``."""


def scores_in(
    region: Region, band: Band, shapes: list[Shape], model: Model, evidence: Callable[[range, range], Evidence]
) -> Scores:
    """Return the scores of all beads of the band: shapes, sizes and the given evidence, found for a block at a time."""
    width = max(high - low for low, high in zip(band.low, band.high, strict=True))
    height = max(1, min(LONGEST + width // 3, _CELLS // width))  # higher blocks have more columns in vain

    @lru_cache(maxsize=2)
    def block(number: int) -> tuple[int, Weights]:
        rows = range(number * height, min((number + 1) * height, len(band.low)))
        columns = range(band.low[rows[0]], band.high[rows[-1]])
        found = evidence(rows, columns)
        scores = np.full((len(shapes), len(rows), len(columns)), NEVER, np.float32)
        for kind, (deep, wide) in enumerate(shapes):
            ends = range(max(rows.start, deep), rows.stop), range(max(columns.start, wide), columns.stop)
            if ends[0] and ends[1]:
                sizes = model.sizes.block(deep, wide, *_starts(region, ends, (deep, wide)))
                there = scores[kind, ends[0].start - rows.start :, ends[1].start - columns.start :]
                there[:] = sizes + found((deep, wide), *ends) + np.float32(math.log(model.prior[deep, wide]))
        return columns.start, scores

    def scores(row: int) -> Weights:
        first, found = block(row // height)
        return found[:, row % height, band.low[row] - first : band.high[row] - first]

    return scores


def _starts(region: Region, ends: tuple[range, range], shape: Shape) -> tuple[range, range]:
    """Return the first sentences, in global numbers, of beads that end at some nodes."""
    source, target = region.source.start - shape[0], region.target.start - shape[1]
    return (
        range(ends[0].start + source, ends[0].stop + source),
        range(ends[1].start + target, ends[1].stop + target),
    )


def moved(places: range, by: int) -> slice:
    """Return the slice of some places, counted from elsewhere."""
    return slice(places.start + by, places.stop + by)
