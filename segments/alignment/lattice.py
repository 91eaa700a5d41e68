"""Which beads of a region are still in question? The few likely ones that an earlier pass left.

Learning changes only how these beads score; the search never leaves the lattice. Nodes are numbered row by row through
the band of likely nodes, so that a path only ever goes to a higher number.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .arrays import Floats
from .cooccurrence import Beads
from .corpus import Corpus
from .region import Region
from .search import Posteriors, Step

_MOST_IN_A_ROW, _MOST_IN_ALL = 40_000, 12_000
"""Word pairs in the beads that end in one row, and on average over all rows.

Few rows have so many, and no text does but one of long sentences that repeat themselves: it would have no end.
"""

Arc = tuple[int, int]
"""The node where a bead starts, and the number of the bead."""


@dataclass(frozen=True, slots=True)
class Lattice:
    """The likely beads of one region that have sentences on both sides, and the band of its likely nodes."""

    region: Region
    steps: list[Step]
    """The beads, local to the region."""
    probability: Floats
    """Of each bead, as the earlier pass saw it."""
    incoming: list[Sequence[Arc]]
    """The beads that end in each node."""
    above: list[int]
    """The node one source sentence before each; the number of nodes where the band has none."""
    before: list[int]
    """The node one target sentence before each; the number of nodes where the band has none."""
    places: list[tuple[int, int]]
    """Row and column of each node."""

    @classmethod
    def of(cls, region: Region, found: Posteriors, corpus: Corpus) -> "Lattice":
        """Keep what was found in a region."""
        band = found.band
        places = [(row, column) for row in range(len(band.low)) for column in range(band.low[row], band.high[row])]
        number = {place: node for node, place in enumerate(places)}
        nowhere = len(places)
        likely = {
            step: probability
            for step, probability in _likeliest(found, region, corpus).items()
            if (step.row, step.column) in number and (step.row + step.rows, step.column + step.columns) in number
        }
        incoming: dict[int, list[Arc]] = defaultdict(list)
        for bead, (row, column, rows, columns) in enumerate(likely):
            incoming[number[row + rows, column + columns]].append((number[row, column], bead))
        return cls(
            region,
            list(likely),
            np.array(list(likely.values()), np.float64),
            [incoming.get(node, ()) for node in range(nowhere)],
            [number.get((row - 1, column), nowhere) for row, column in places],
            [number.get((row, column - 1), nowhere) for row, column in places],
            places,
        )

    def beads(self) -> Beads:
        """Return the beads in global sentence numbers."""
        steps = np.array(self.steps, np.int64).reshape(-1, 4)
        row, column, rows, columns = steps.T
        return Beads(self.region.source.start + row, self.region.target.start + column, rows, columns)

    def step(self, start: int, end: int) -> Step:
        """Return the step from one node to another."""
        (row, column), (last_row, last_column) = self.places[start], self.places[end]
        return Step(row, column, last_row - row, last_column - column)


def _likeliest(found: Posteriors, region: Region, corpus: Corpus) -> dict[Step, float]:
    """Return the beads with sentences on both sides; the most probable of those that end in one row, and of all."""
    source, target = corpus.source.starts[region.source.start :], corpus.target.starts[region.target.start :]
    room = _MOST_IN_ALL * len(region.source)
    room_in: dict[int, int] = defaultdict(lambda: _MOST_IN_A_ROW)
    likely = {}
    for step, probability in sorted(zip(found.steps, found.probability, strict=True), key=lambda pair: -pair[1]):
        row, column, rows, columns = step
        if rows and columns and min(room, room_in[row + rows]) > 0:
            likely[step] = probability
            words = int(source[row + rows] - source[row]) * int(target[column + columns] - target[column])
            room -= words
            room_in[row + rows] -= words
    return likely
