"""Which beads cover both texts best, and how probable is each bead? Dynamic programming over a band.

A node ``(row, column)`` stands between sentences: ``row`` source and ``column`` target sentences lie before it. Runs of
unaligned sentences are affine, as in sequence alignment (Gotoh 1982): the first costs its bead prior, each further one
only ``extend``. So a node is reached in one of two states, after a bead or inside a gap. Every row of the table is
filled for all shapes of beads at once.

The best path is Viterbi's; probabilities come from the forward-backward algorithm (Rabiner 1989).
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .arrays import Floats, Ints, Weights
from .band import Band
from .prior import LONGEST, Gaps, Shape

NEVER = -1e9
"""Log score of what cannot be; finite, so that sums and differences stay numbers."""

Scores = Callable[[int], Weights]
"""Returns the log scores ``[shape, column]`` of the beads that end in a row, at each column of the band."""


class Step(NamedTuple):
    """One bead of a path: from the node ``(row, column)`` over ``rows`` x ``columns`` sentences."""

    row: int
    column: int
    rows: int
    columns: int


@dataclass(frozen=True, slots=True)
class Posteriors:
    """The steps whose probability is above a floor, from the last row to the first, and the band of such nodes."""

    steps: list[Step]
    probability: list[float]
    band: Band


def best_path(band: Band, shapes: list[Shape], scores: Scores, gaps: Gaps) -> list[Step]:
    """Return the steps of the best path from the first node to the last; ``shapes`` are those of the scores."""
    nodes = _Nodes(band, shapes)
    ways: list[_Ways] = []
    bead = gap = np.full(0, NEVER)
    for row in range(len(band.low)):
        candidates = nodes.before(row) + scores(row)
        above = _above(band, row, bead, gap)
        bead = nodes.first(row) if row == 0 else candidates.max(axis=0)
        gap = _gap(np.maximum, bead, above, gaps)
        nodes.add(row, np.maximum(bead, gap))
        ways.append(_Ways(candidates.argmax(axis=0).astype(np.int8), _into_gap(bead, gap, above, gaps), gap > bead))
    return list(_trace(band, shapes, ways))[::-1]


def posteriors(
    band: Band, shapes: list[Shape], scores: Scores, gaps: Gaps, temperature: float, floor: float
) -> Posteriors:
    """Return every step with a probability above ``floor``, the total of all paths being 1.

    ``temperature`` is inverse: all log scores are multiplied by it, so values below 1 make the probabilities less sure.
    """
    gaps = Gaps(*(cost * temperature for cost in gaps))
    nodes = _Nodes(band, shapes)
    table: list[_Row] = []
    bead = gap = np.full(0, NEVER)
    for row in range(len(band.low)):
        scored = np.float32(temperature) * scores(row)
        candidates = nodes.before(row) + scored
        above = _above(band, row, bead, gap)
        bead = nodes.first(row) if row == 0 else _log_sum(candidates)
        gap = _gap(np.logaddexp, bead, above, gaps)
        nodes.add(row, np.logaddexp(bead, gap))
        table.append(_Row(bead, gap, scored, candidates.astype(np.float32)))
    return _backward(band, shapes, table, gaps, math.log(floor))


class _Nodes:
    """The log scores of reaching the nodes of the last rows, laid out so that all shapes look back at once."""

    def __init__(self, band: Band, shapes: list[Shape]) -> None:
        self.band = band
        self.width = band.high[-1] + LONGEST
        self.recent = np.full(((LONGEST + 1), self.width), NEVER)
        rows, columns = np.array(shapes, np.int64).reshape(-1, 2).T
        self.back = [
            (((row - rows) % (LONGEST + 1)) * self.width - columns + LONGEST)[:, None] for row in range(LONGEST + 1)
        ]

    def first(self, row: int) -> Floats:
        """Return the first row: only its first node is reached, from nowhere."""
        values = np.full(self.band.high[row] - self.band.low[row], NEVER)
        values[0] = 0.0
        return values

    def places(self, row: int) -> Ints:
        """Return where the beads that end in a row start, ``[shape, column]``."""
        return self.back[row % (LONGEST + 1)] + np.arange(self.band.low[row], self.band.high[row])

    def before(self, row: int) -> Floats:
        """Return the log scores of where the beads that end in a row start, ``[shape, column]``."""
        return self.recent.ravel().take(self.places(row))

    def add(self, row: int, reach: Floats) -> None:
        """Keep a row, in place of the oldest."""
        kept = self.recent[row % (LONGEST + 1)]
        old = row - LONGEST - 1
        if old >= 0:
            kept[self.band.low[old] + LONGEST : self.band.high[old] + LONGEST] = NEVER
        kept[self.band.low[row] + LONGEST : self.band.high[row] + LONGEST] = reach


def _log_sum(values: Floats) -> Floats:
    """Return the logarithm of the sums over the first axis, of values given by their logarithms."""
    most = values.max(axis=0)
    sums: Floats = most + np.log(np.exp(values - most).sum(axis=0))
    return sums


class _Above(NamedTuple):
    """What the row before has above each column of a row: after a bead, and inside a gap."""

    bead: Floats
    gap: Floats


def _above(band: Band, row: int, bead: Floats, gap: Floats) -> _Above:
    above = _Above(*np.full((2, band.high[row] - band.low[row]), NEVER))
    if row:
        here, there = band.shared(row)
        above.bead[here], above.gap[here] = bead[there], gap[there]
    return above


def _gap(add: np.ufunc, bead: Floats, above: _Above, gaps: Gaps) -> Floats:
    """Return the log scores of reaching each node of a row inside a gap."""
    gap = add(above.bead + gaps.skip_source, above.gap + gaps.extend)
    gap[1:] = add(gap[1:], bead[:-1] + gaps.skip_target)
    return _run(add, gap, gaps.extend)


def _run(add: np.ufunc, row: Floats, extend: float) -> Floats:
    """Let a gap run on along a row: each value also reaches all later ones, at ``extend`` a step."""
    cost = np.arange(len(row)) * extend
    result: Floats = add.accumulate(row - cost) + cost
    return result


# -------------------------------------------------------------------------------------------------------- the best path

_INTO_GAP = ((1, 0, False), (1, 0, True), (0, 1, False), (0, 1, True))
"""The ways into a gap: source and target sentences skipped, and whether the gap goes on."""


class _Ways(NamedTuple):
    """The best way to each node of a row."""

    shape: NDArray[np.int8]
    """Of the bead that ends there."""
    into_gap: NDArray[np.int8]
    """By number in ``_INTO_GAP``."""
    in_gap: NDArray[np.bool_]
    """Whether the node is better reached inside a gap."""


def _into_gap(bead: Floats, gap: Floats, above: _Above, gaps: Gaps) -> NDArray[np.int8]:
    ways = np.full((len(_INTO_GAP), len(bead)), NEVER)
    ways[0], ways[1] = above.bead + gaps.skip_source, above.gap + gaps.extend
    ways[2, 1:], ways[3, 1:] = bead[:-1] + gaps.skip_target, gap[:-1] + gaps.extend
    best: NDArray[np.int8] = ways.argmax(axis=0).astype(np.int8)
    return best


def _trace(band: Band, shapes: list[Shape], ways: list[_Ways]) -> Iterator[Step]:
    """Follow the best path back from the last node."""
    row, column = len(band.low) - 1, band.high[-1] - 1
    in_gap = bool(ways[row].in_gap[-1])
    while row or column:
        place = column - band.low[row]
        if in_gap:
            rows, columns, in_gap = _INTO_GAP[ways[row].into_gap[place]]
            row, column = row - rows, column - columns
        else:
            rows, columns = shapes[ways[row].shape[place]]
            row, column = row - rows, column - columns
            in_gap = bool(ways[row].in_gap[column - band.low[row]])
        yield Step(row, column, rows, columns)


# -------------------------------------------------------------------------------------------------------- all the paths


class _Row(NamedTuple):
    """What the way forward found in one row."""

    bead: Floats
    gap: Floats
    scores: Weights
    """``[shape, column]``: of the beads that end there."""
    candidates: Weights
    """The same with all that comes before them."""


class _Leaving:
    """What follows the beads that end in the rows after a row, laid out so that all shapes look ahead at once."""

    def __init__(self, band: Band, shapes: list[Shape]) -> None:
        self.band = band
        width = band.high[-1] + LONGEST
        self.ahead = np.full((LONGEST + 1, len(shapes), width), NEVER, np.float32)
        rows, columns = np.array(shapes, np.int64).reshape(-1, 2).T
        number = np.arange(len(shapes))
        self.forth = [
            ((((row + rows) % (LONGEST + 1)) * len(shapes) + number) * width + columns)[:, None]
            for row in range(LONGEST + 1)
        ]

    def leaving(self, row: int) -> Floats:
        """Return all that follows each node of a row, if a bead comes next."""
        places = self.forth[row % (LONGEST + 1)] + np.arange(self.band.low[row], self.band.high[row])
        leaving = _log_sum(self.ahead.ravel().take(places).astype(np.float64))
        if row == len(self.band.low) - 1:
            leaving[-1] = 0.0
        return leaving

    def add(self, row: int, after_bead: Floats, scores: Weights) -> None:
        """Keep what follows the beads that end in a row, in place of the oldest."""
        kept, old = self.ahead[row % (LONGEST + 1)], row + LONGEST + 1
        if old < len(self.band.low):
            kept[:, self.band.low[old] : self.band.high[old]] = NEVER
        kept[:, self.band.low[row] : self.band.high[row]] = scores + after_bead


def _backward(band: Band, shapes: list[Shape], table: list[_Row], gaps: Gaps, floor: float) -> Posteriors:
    """Go back over the table, from the last row to the first, and collect the probable steps on the way."""
    add = np.logaddexp
    last = table[-1]
    total = float(add(last.bead[-1], last.gap[-1]))
    nodes = _Leaving(band, shapes)
    steps: list[Step] = []
    probability: list[float] = []
    low, high = [], []
    below = np.full(0, NEVER)  # all that follows a node inside a gap, one row further on
    for row in range(len(table) - 1, -1, -1):
        bead, gap, first = table[row].bead, table[row].gap, band.low[row]
        leaving = nodes.leaving(row)
        skipped = np.full(len(bead), NEVER)  # all that follows when the next source sentence is skipped
        if row + 1 < len(table):
            there, here = band.shared(row + 1)
            skipped[here] = below[there]
        after_gap = _run(add, add(leaving, skipped + gaps.extend)[::-1], gaps.extend)[::-1]
        after_bead = add(leaving, skipped + gaps.skip_source)
        after_bead[:-1] = add(after_bead[:-1], after_gap[1:] + gaps.skip_target)
        nodes.add(row, after_bead, table[row].scores)
        weights = np.vstack(
            [
                table[row].candidates + after_bead,
                add(bead + gaps.skip_source, gap + gaps.extend) + skipped,
                np.append(add(bead[:-1] + gaps.skip_target, gap[:-1] + gaps.extend) + after_gap[1:], NEVER),
            ]
        )
        weights -= total
        for kind, place in np.argwhere(weights > floor).tolist():
            column = first + place
            if kind < len(shapes):
                rows, columns = shapes[kind]
                steps.append(Step(row - rows, column - columns, rows, columns))
            else:
                steps.append(Step(row, column, *((1, 0) if kind == len(shapes) else (0, 1))))
            probability.append(math.exp(min(0.0, float(weights[kind, place]))))
        node = np.flatnonzero(add(bead + after_bead, gap + after_gap) - total > floor)
        low.append(first + int(node[0]) if len(node) else band.high[row])
        high.append(first + int(node[-1]) + 1 if len(node) else first)
        below = after_gap
    return Posteriors(steps, probability, Band.hull(low[::-1], high[::-1], band.high[-1] - 1))
