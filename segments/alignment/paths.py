"""What are the best path through a lattice and the probability of each bead? The search of `search`, node by node.

A lattice has few nodes, so plain numbers are faster here than rows of an array. States, affine gaps and sources are
those of `search`.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from .arrays import Bools, Floats
from .lattice import Lattice
from .prior import Gaps, Shape
from .search import NEVER, Step

Add = Callable[[float, float], float]
"""Joins the log scores of two ways to one node: `max` for the best way, `log_add` for all."""


def log_add(one: float, other: float) -> float:
    """Return the logarithm of the sum of two numbers that are given by their logarithms.

    >>> round(math.exp(log_add(math.log(2), math.log(3))), 9)
    5.0
    """
    if one < other:
        one, other = other, one
    return one + math.log1p(math.exp(other - one))


class Move(NamedTuple):
    """A step of a path from node to node: the bead of that number, or ``SKIP``."""

    start: int
    end: int
    bead: int


SKIP = -1
"""Stands for one sentence without a counterpart."""


class Path(NamedTuple):
    """The best way through a region, and how sure each step of it is."""

    steps: list[Step]
    """Local to the region."""
    posterior: Floats
    """Of each step in the search, 0 to 1."""
    confidence: Floats
    """How probable it is that each step is right, 0 to 1."""
    borders: Floats
    """What the borders of each step tell for it, in nats; 0 where a side is empty."""

    def filled(self) -> Bools:
        """Tell which steps have sentences on both sides."""
        return np.array([step.rows > 0 < step.columns for step in self.steps], bool)


def best_path(lattice: Lattice, scores: Floats, gaps: Gaps) -> list[Move]:
    """Return the moves of the best path from the first node to the last, for a log score of each bead."""
    return list(_Ways.of(lattice, scores.tolist(), gaps, max).trace())[::-1]


@dataclass(frozen=True, slots=True)
class Marginals:
    """How probable every bead and every skipped sentence is, the total of all paths being 1."""

    beads: Floats
    """By number of the bead."""
    ways: "_Ways"
    after_gap: list[float]
    """Log weight of all that follows a node, inside a gap."""

    def shapes(self) -> dict[Shape, float]:
        """Return the expected number of beads of each shape that has sentences on both sides."""
        counts: dict[Shape, float] = defaultdict(float)
        for step, probability in zip(self.ways.lattice.steps, self.beads.tolist(), strict=True):
            counts[step.rows, step.columns] += probability
        return counts

    def probability(self, move: Move) -> float:
        """Return the probability of one move."""
        if move.bead != SKIP:
            return float(self.beads[move.bead])
        return math.exp(min(0.0, self.ways.skipped(move) + self.after_gap[move.end] - self.ways.total))


def marginals(lattice: Lattice, scores: Floats, gaps: Gaps, temperature: float) -> Marginals:
    """Return the probability of every move at an inverse temperature, for a log score of each bead."""
    every = (scores * temperature).tolist()
    gaps = Gaps(*(cost * temperature for cost in gaps))
    ways = _Ways.of(lattice, every, gaps, log_add)
    nodes = len(lattice.places)
    leaving, after_gap = [NEVER] * nodes, [NEVER] * (nodes + 1)
    leaving[-1] = 0.0
    skipping_source, skipping_target = [NEVER] * (nodes + 1), [NEVER] * (nodes + 1)  # what follows such a skip
    beads = np.zeros(len(scores))
    for node in range(nodes - 1, -1, -1):
        source, target, leave = skipping_source[node], skipping_target[node], leaving[node]
        onward = log_add(leave, log_add(source + gaps.skip_source, target + gaps.skip_target))
        inside = log_add(leave, log_add(source, target) + gaps.extend)
        after_gap[node] = skipping_source[lattice.above[node]] = skipping_target[lattice.before[node]] = inside
        for start, number in lattice.incoming[node]:
            follows = every[number] + onward
            leaving[start] = log_add(leaving[start], follows)
            beads[number] = ways.reach[start] + follows
    return Marginals(np.exp(np.minimum(beads - ways.total, 0.0)), ways, after_gap)


@dataclass(frozen=True, slots=True)
class _Ways:
    """Log scores of all ways to each node; one node more, behind the last, stands for what is outside the band."""

    lattice: Lattice
    scores: list[float]
    gaps: Gaps
    bead: list[float]
    """After a bead."""
    gap: list[float]
    """Inside a gap."""
    reach: list[float]
    """Either way."""

    @classmethod
    def of(cls, lattice: Lattice, scores: list[float], gaps: Gaps, add: Add) -> "_Ways":
        nodes = len(lattice.places)
        bead, gap, reach = [NEVER] * (nodes + 1), [NEVER] * (nodes + 1), [NEVER] * (nodes + 1)
        bead[0] = 0.0
        skip_source, skip_target, extend = gaps
        for node, incoming in enumerate(lattice.incoming):
            above, before = lattice.above[node], lattice.before[node]
            for start, number in incoming:
                bead[node] = add(bead[node], reach[start] + scores[number])
            from_bead = add(bead[above] + skip_source, bead[before] + skip_target)
            gap[node] = add(from_bead, add(gap[above], gap[before]) + extend)
            reach[node] = add(bead[node], gap[node])
        return cls(lattice, scores, gaps, bead, gap, reach)

    @property
    def total(self) -> float:
        """The log score of all paths."""
        return self.reach[-2]

    def skipped(self, move: Move) -> float:
        """Return the log score of all ways that end in a skip."""
        places = self.lattice.places
        skip = self.gaps.skip_source if places[move.start][0] < places[move.end][0] else self.gaps.skip_target
        return log_add(self.bead[move.start] + skip, self.gap[move.start] + self.gaps.extend)

    def trace(self) -> Iterator[Move]:
        """Follow the best path back from the last node."""
        node = len(self.lattice.places) - 1
        in_gap = self.gap[node] > self.bead[node]
        while node:
            if in_gap:
                above, before = self.lattice.above[node], self.lattice.before[node]
                ways = [
                    (self.bead[above] + self.gaps.skip_source, above, False),
                    (self.gap[above] + self.gaps.extend, above, True),
                    (self.bead[before] + self.gaps.skip_target, before, False),
                    (self.gap[before] + self.gaps.extend, before, True),
                ]
                _, start, in_gap = max(ways, key=lambda way: way[0])
                yield Move(start, node, SKIP)
            else:
                start, bead = max(self.lattice.incoming[node], key=lambda arc: self.reach[arc[0]] + self.scores[arc[1]])
                in_gap = self.gap[start] > self.bead[start]
                yield Move(start, node, bead)
            node = start
