"""How do the texts run side by side, before any word is known? The first pass: lengths and anchors.

A longest chain of rare anchors, or failing that the share of each text that has gone by, tells where to look; there the
best path is found from bead shapes, lengths (Gale and Church 1993) and shared keys (as in hunalign, Varga et al. 2005).
"""

import math

import numpy as np

from .anchors import Anchors, rising_chain
from .arrays import Bools, Floats, Weights, running_total
from .band import Band
from .corpus import Corpus
from .model import Model
from .params import Params
from .prior import LONGEST, Shape, gaps, shapes
from .region import Region
from .scores import Evidence, moved, scores_in
from .search import Step, best_path

_NARROW, _WIDE = 60, 360
"""Half the width of the band, in sentences: at least, and at most."""
_LEAST_POINTS = 8
_CHANCE = 2.5
"""Of n points anywhere some 2 sqrt(n) form a rising chain (Vershik and Kerov 1977); a little more tells nothing."""


def first_path(region: Region, corpus: Corpus, anchors: Anchors, model: Model, params: Params) -> list[Step]:
    """Return the best path through a region, in steps local to it."""
    band = first_band(region, corpus, anchors)
    kinds = shapes(model.prior)

    def evidence(rows: range, columns: range) -> Evidence:
        row, column = max(0, rows.start - LONGEST), max(0, columns.start - LONGEST)
        left, right = region.source[row : rows.stop - 1], region.target[column : columns.stop - 1]
        shared = params.anchor_weight * anchors.shared(left, right)

        def score(shape: Shape, down: range, across: range) -> Weights:
            deep, wide = shape
            end, start = moved(down, -row), moved(down, -row - deep)
            last, first = moved(across, -column), moved(across, -column - wide)
            within = shared[end, last] - shared[start, last] - shared[end, first] + shared[start, first]
            scores: Weights = (within / max(deep, wide) ** 0.3).astype(np.float32)
            return scores

        return score

    return best_path(band, kinds, scores_in(region, band, kinds, model, evidence), gaps(model.prior, params.first_gap))


def first_band(region: Region, corpus: Corpus, anchors: Anchors) -> Band:
    """Return the band along the chain of rare anchors, or along the lengths where there is none to rely on."""
    source, target = region.source, region.target
    rows, columns = len(source), len(target)
    spoken, heard = _elapsed(corpus.source.lengths, source), _elapsed(corpus.target.lengths, target)
    expected = np.interp(spoken, heard, np.arange(columns + 1))
    half = int(np.clip(0.12 * columns, _NARROW, _WIDE))
    if max(rows, columns) <= 4 * _NARROW:
        return Band.along(np.arange(rows + 1), expected, half)
    points = [(i - source.start, j - target.start) for i, j in anchors.points(source, target)]
    far = max(200, 0.25 * columns)
    chain = np.array(rising_chain([(i, j) for i, j in points if abs(j - expected[i]) < far]), np.int64).reshape(-1, 2)
    telling = len(chain) > _CHANCE * math.sqrt(len(points))
    chain = chain[_steady(chain[:, 1] - expected[chain[:, 0]], max(30, 0.01 * columns))]
    if len(chain) < _LEAST_POINTS or not telling:
        return Band.along(np.arange(rows + 1), expected, half)
    gap = int(np.diff(chain[:, 0], prepend=0, append=rows).max())
    half = min(half, max(_NARROW, int(0.35 * gap)))
    return Band.along([0, *chain[:, 0], rows], [0, *chain[:, 1], columns], half)


def _elapsed(lengths: Floats, sentences: range) -> Floats:
    """Return the share of a stretch's characters that lie before each of its sentences, and before its end."""
    ends = running_total(lengths[sentences.start : sentences.stop])
    share: Floats = ends / ends[-1]
    return share


def _steady(drift: Floats, tolerance: float) -> Bools:
    """Tell which points of a chain drift like their neighbours, by the median of eleven."""
    medians = [np.median(drift[max(0, place - 5) : place + 6]) for place in range(len(drift))]
    return np.abs(drift - np.array(medians)) < tolerance
