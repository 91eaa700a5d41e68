"""Which beads cover both texts best, and how probable is each bead? Dynamic programming over a band.

A node ``(row, column)`` stands between sentences: ``row`` source and ``column`` target sentences lie before it. An arc
is a bead from one node to another. Runs of unaligned sentences are affine, as in sequence alignment (Gotoh 1982): the
first costs its bead prior, each further one only ``extend``. So a node is reached in one of two states, after a bead or
inside a gap. Every row of the table is a numpy vector.

The best path is Viterbi's; probabilities come from the forward-backward algorithm (Rabiner 1989).
"""

import math
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .arrays import Floats
from .band import Band

NEVER = -1e9
"""Log score of what cannot be; finite, so that sums and differences stay numbers."""


class Arc(NamedTuple):
    """The beads of ``rows`` x ``columns`` sentences that end in a row at columns ``first``, ``first + 1``, ..."""

    rows: int
    columns: int
    first: int
    scores: NDArray[Any]

    def at(self, temperature: float) -> "Arc":
        """Return the arc at an inverse temperature."""
        return Arc(self.rows, self.columns, self.first, np.float32(temperature) * self.scores)


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
    """The steps whose probability is above a floor, from the last row to the first, and the band of such nodes."""

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
        incoming.append([arc.at(temperature) for arc in arcs(row)])
        for arc in incoming[-1]:
            into = bead[band.within(row, arc.first, len(arc.scores))]
            np.logaddexp(into, table.before(arc) + arc.scores, out=into)
        table.append(bead)
    return _backward(table, incoming, math.log(floor))


class _Forward:
    """The table filled so far: log score of reaching each node after a bead, inside a gap, and either way."""

    def __init__(self, band: Band, gaps: Gaps, add: np.ufunc) -> None:
        self.band, self.gaps, self.add = band, gaps, add
        self.bead: list[Floats] = []
        self.gap: list[Floats] = []
        self.reach: list[Floats] = []

    def new_row(self) -> Floats:
        """Return the next row, empty; only the first node of all is reached from nowhere."""
        row = len(self.bead)
        values = np.full(self.band.high[row] - self.band.low[row], NEVER)
        if row == 0:
            values[0] = 0.0
        return values

    def before(self, arc: Arc) -> Floats:
        """Return the scores of the nodes where an arc into the next row starts."""
        row = len(self.bead) - arc.rows
        return self.reach[row][self.band.within(row, arc.first - arc.columns, len(arc.scores))]

    def append(self, bead: Floats) -> None:
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


def _run(add: np.ufunc, row: Floats, extend: float) -> Floats:
    """Let a gap run on along a row: each value also reaches all later ones, at ``extend`` a step."""
    cost = np.arange(len(row)) * extend
    result: Floats = add.accumulate(row - cost) + cost
    return result


def _trace(table: _Forward, shapes: list[NDArray[np.int8]]) -> Iterator[Step]:
    """Follow the best path back from the last node."""
    band, gaps = table.band, table.gaps

    def at(rows: list[Floats], row: int, column: int) -> float:
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
    total = float(table.reach[-1][-1])
    leaving = [np.full(len(row), NEVER) for row in table.bead]  # all that follows a node, if a bead comes next
    leaving[-1][-1] = 0.0
    found = _Found(floor)
    low, high = [], []
    below = leaving[-1]  # all that follows a node inside a gap, one row further on
    for row in range(len(band.low) - 1, -1, -1):
        bead, gap, first = table.bead[row], table.gap[row], band.low[row]
        after_bead, after_gap = leaving[row].copy(), leaving[row].copy()
        seen = []
        if row + 1 < len(band.low):
            there, here = band.shared(row + 1)
            onward = below[there]
            skipped = add(bead[here] + gaps.skip_source, gap[here] + gaps.extend) + onward
            seen.append((Step(row, first + here.start, 1, 0), skipped))
            after_bead[here] = add(after_bead[here], onward + gaps.skip_source)
            after_gap[here] = add(after_gap[here], onward + gaps.extend)
        after_gap = _run(add, after_gap[::-1], gaps.extend)[::-1]
        skipped = add(bead[:-1] + gaps.skip_target, gap[:-1] + gaps.extend) + after_gap[1:]
        seen.append((Step(row, first, 0, 1), skipped))
        after_bead[:-1] = add(after_bead[:-1], after_gap[1:] + gaps.skip_target)
        for arc in incoming[row]:
            start, column, width = row - arc.rows, arc.first - arc.columns, len(arc.scores)
            before = band.within(start, column, width)
            onward = after_bead[band.within(row, arc.first, width)] + arc.scores
            seen.append((Step(start, column, arc.rows, arc.columns), table.reach[start][before] + onward))
            into = leaving[start][before]
            add(into, onward, out=into)
        found.add(seen, total)
        node = np.flatnonzero(add(bead + after_bead, gap + after_gap) - total > floor)
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

    def add(self, seen: list[tuple[Step, Floats]], total: float) -> None:
        """Take in runs of steps: the first of each, and the log weight of all paths through it and those after it."""
        weights = np.concatenate([run for _, run in seen]) - total
        ends = list(accumulate(len(run) for _, run in seen))
        for place in np.flatnonzero(weights > self.floor).tolist():
            number = bisect_right(ends, place)
            step, run = seen[number]
            self.steps.append(step._replace(column=step.column + place - ends[number] + len(run)))
            self.probability.append(math.exp(min(0.0, float(weights[place]))))
