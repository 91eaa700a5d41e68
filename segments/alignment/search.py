"""Which beads cover both texts best, and how probable is each bead? Dynamic programming over a band.

A node ``(row, column)`` stands between sentences: ``row`` source and ``column`` target sentences lie before it. An arc is
a bead from one node to another. Runs of unaligned sentences are affine, as in sequence alignment (Gotoh 1982): the first
costs its bead prior, each further one only ``extend``. So a node is reached in one of two states, after a bead or inside
a gap. Every row of the table is a numpy vector.

The best path is Viterbi's; probabilities come from the forward-backward algorithm (Rabiner 1989).
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .band import Band

Row = NDArray[np.float64]

NEVER = -1e9
"""Log score of what cannot be; finite, so that sums and differences stay numbers."""


class Arc(NamedTuple):
    """The beads of ``rows`` x ``columns`` sentences that end in a row at columns ``first``, ``first + 1``, ..."""

    rows: int
    columns: int
    first: int
    scores: NDArray[Any]


Arcs = Callable[[int], list[Arc]]
"""Returns the arcs that end in a row, with their log scores; both ends of each lie in the band."""


class Step(NamedTuple):
    """One bead of a path: from the node ``(row, column)`` over ``rows`` x ``columns`` sentences."""

    row: int
    column: int
    rows: int
    columns: int


class Gaps(NamedTuple):
    """Log cost of unaligned sentences: of the first one of a run on either side, and of each further one."""

    skip_source: float
    skip_target: float
    extend: float


@dataclass(frozen=True, slots=True)
class Posteriors:
    """The steps whose probability is above the floor, by falling row and the band of nodes above it."""

    steps: list[Step]
    probability: list[float]
    band: Band


def best_path(band: Band, arcs: Arcs, gaps: Gaps) -> list[Step]:
    """Return the steps of the best path from the first node to the last."""
    table = _Forward(band, gaps, np.maximum)
    shapes: list[NDArray[np.int8]] = []
    for row in range(len(band.low)):
        bead = table.new_row()
        shape = np.zeros(len(bead), np.int8)
        for arc in arcs(row):
            into = band.within(row, arc.first, len(arc.scores))
            candidate = table.before(arc) + arc.scores
            better = candidate > bead[into]
            bead[into][better] = candidate[better]
            shape[into][better] = _SHAPE * arc.rows + arc.columns
        table.append(bead)
        shapes.append(shape)
    return list(_trace(table, shapes))[::-1]


_SHAPE = 16
"""``16 * rows + columns`` fits a bead of up to 7 x 15 sentences into one byte."""


def posteriors(band: Band, arcs: Arcs, gaps: Gaps, temperature: float, floor: float) -> Posteriors:
    """Return every step with a probability above ``floor``, the total of all paths being 1.

    ``temperature`` is inverse: all log scores are multiplied by it, so values below 1 make the probabilities less sure.
    """
    gaps = Gaps(*(cost * temperature for cost in gaps))
    table = _Forward(band, gaps, np.logaddexp)
    incoming: list[list[Arc]] = []
    for row in range(len(band.low)):
        bead = table.new_row()
        incoming.append([arc._replace(scores=arc.scores * np.float32(temperature)) for arc in arcs(row)])
        for arc in incoming[-1]:
            into = bead[band.within(row, arc.first, len(arc.scores))]
            np.logaddexp(into, table.before(arc) + arc.scores, out=into)
        table.append(bead)
    return _backward(table, incoming, math.log(floor))


class _Forward:
    """The table filled so far: log score of reaching each node after a bead, inside a gap, and either way."""

    def __init__(self, band: Band, gaps: Gaps, add: np.ufunc) -> None:
        self.band, self.gaps, self.add = band, gaps, add
        self.bead: list[Row] = []
        self.gap: list[Row] = []
        self.reach: list[Row] = []

    def new_row(self) -> Row:
        """Return the next row, empty; only the first node of all is reached from nowhere."""
        row = len(self.bead)
        values = np.full(self.band.high[row] - self.band.low[row], NEVER)
        if row == 0:
            values[0] = 0.0
        return values

    def before(self, arc: Arc) -> Row:
        """Return the scores of the nodes where an arc into the next row starts."""
        row = len(self.bead) - arc.rows
        return self.reach[row][self.band.within(row, arc.first - arc.columns, len(arc.scores))]

    def append(self, bead: Row) -> None:
        """Add the next row from its bead scores, working out the gaps."""
        row, gaps, add = len(self.bead), self.gaps, self.add
        gap = np.full(len(bead), NEVER)
        if row:
            here, above = self.band.shared(row)
            gap[here] = add(self.bead[-1][above] + gaps.skip_source, self.gap[-1][above] + gaps.extend)
        gap[1:] = add(gap[1:], bead[:-1] + gaps.skip_target)
        gap = _run(add, gap, gaps.extend)
        self.bead.append(bead)
        self.gap.append(gap)
        self.reach.append(add(bead, gap))


def _run(add: np.ufunc, row: Row, extend: float) -> Row:
    """Let a gap run on along a row: each value also reaches all later ones, at ``extend`` a step."""
    cost = np.arange(len(row)) * extend
    result: Row = add.accumulate(row - cost) + cost
    return result


def _trace(table: _Forward, shapes: list[NDArray[np.int8]]) -> Iterator[Step]:
    """Follow the best path back from the last node."""
    band, gaps = table.band, table.gaps

    def at(rows: list[Row], row: int, column: int) -> float:
        inside = row >= 0 and band.low[row] <= column < band.high[row]
        return float(rows[row][column - band.low[row]]) if inside else NEVER

    row, column = len(band.low) - 1, band.high[-1] - 1
    in_gap = at(table.gap, row, column) > at(table.bead, row, column)
    while row or column:
        if in_gap:
            ways = [
                (at(table.bead, row - 1, column) + gaps.skip_source, 1, 0, False),
                (at(table.gap, row - 1, column) + gaps.extend, 1, 0, True),
                (at(table.bead, row, column - 1) + gaps.skip_target, 0, 1, False),
                (at(table.gap, row, column - 1) + gaps.extend, 0, 1, True),
            ]
            _, rows, columns, in_gap = max(ways, key=lambda way: way[0])
        else:
            rows, columns = divmod(int(shapes[row][column - band.low[row]]), _SHAPE)
            before = row - rows, column - columns
            in_gap = at(table.gap, *before) > at(table.bead, *before)
        row, column = row - rows, column - columns
        yield Step(row, column, rows, columns)


def _backward(table: _Forward, incoming: list[list[Arc]], floor: float) -> Posteriors:
    """Go back over the table, from the last row to the first, and collect the probable steps on the way."""
    band, gaps, add = table.band, table.gaps, np.logaddexp
    leaving = [np.full(len(row), NEVER) for row in table.bead]  # all that follows a node, if a bead comes next
    leaving[-1][-1] = 0.0
    total = float(table.reach[-1][-1])
    found = _Found(floor)
    low, high = [], []
    below: Row = leaving[-1]  # all that follows a node inside a gap, one row further on
    for row in range(len(band.low) - 1, -1, -1):
        after_bead, after_gap = leaving[row].copy(), leaving[row].copy()
        first = band.low[row]
        if row + 1 < len(band.low):
            there, here = band.shared(row + 1)
            onward = below[there]
            skipped = add(table.bead[row][here] + gaps.skip_source, table.gap[row][here] + gaps.extend) + onward
            found.add(row, first + here.start, 1, 0, skipped - total)
            after_bead[here] = add(after_bead[here], onward + gaps.skip_source)
            after_gap[here] = add(after_gap[here], onward + gaps.extend)
        after_gap = _run(add, after_gap[::-1], gaps.extend)[::-1]
        skipped = add(table.bead[row][:-1] + gaps.skip_target, table.gap[row][:-1] + gaps.extend) + after_gap[1:]
        found.add(row, first, 0, 1, skipped - total)
        after_bead[:-1] = add(after_bead[:-1], after_gap[1:] + gaps.skip_target)
        for arc in incoming[row]:
            start, width = row - arc.rows, len(arc.scores)
            before = band.within(start, arc.first - arc.columns, width)
            onward = after_bead[band.within(row, arc.first, width)] + arc.scores
            found.add(start, arc.first - arc.columns, arc.rows, arc.columns, table.reach[start][before] + onward - total)
            leaving[start][before] = add(leaving[start][before], onward)
        node = np.flatnonzero(add(table.bead[row] + after_bead, table.gap[row] + after_gap) - total > floor)
        low.append(first + int(node[0]) if len(node) else band.high[row])
        high.append(first + int(node[-1]) + 1 if len(node) else first)
        below = after_gap
    return Posteriors(found.steps, found.probability, Band.hull(low[::-1], high[::-1], band.high[-1] - 1))


class _Found:
    """Collects the steps above a floor."""

    def __init__(self, floor: float) -> None:
        self.floor = floor
        self.steps: list[Step] = []
        self.probability: list[float] = []

    def add(self, row: int, column: int, rows: int, columns: int, log_probability: Row) -> None:
        """Take in the steps of one shape that start at ``column`` and the columns after it."""
        for offset in np.flatnonzero(log_probability > self.floor):
            self.steps.append(Step(row, column + int(offset), rows, columns))
            self.probability.append(math.exp(min(0.0, log_probability[offset])))
