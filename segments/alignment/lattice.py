"""Which beads of a region are still in question? The few likely ones that an earlier pass left.

Learning changes only how these beads score; the search never leaves the lattice.
"""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from .arrays import Floats, Ints
from .band import Band
from .cooccurrence import Beads
from .corpus import Corpus
from .region import Region
from .search import NEVER, Arc, Arcs, Posteriors, Step

_MOST_WORD_PAIRS = 40_000
"""In the beads that end in one row. Few rows have so many; long sentences that repeat themselves would have no end."""


@dataclass(frozen=True, slots=True)
class Lattice:
    """The likely beads of one region that have sentences on both sides, and the band of its likely nodes."""

    region: Region
    band: Band
    steps: list[Step]
    """The beads, local to the region."""
    probability: Floats
    """Of each bead, as the earlier pass saw it."""
    layout: list[list[tuple[int, int, int, slice]]]
    """For each row the shapes and first columns of the arcs that end there, and where their scores are laid out."""
    place: Ints
    """Where the score of each bead is laid out."""

    @classmethod
    def of(cls, region: Region, found: Posteriors, corpus: Corpus) -> "Lattice":
        """Keep what was found in a region."""
        likely = _likeliest(found, region, corpus)
        columns_reached: dict[tuple[int, int, int], list[int]] = defaultdict(list)
        for row, column, rows, columns in likely:
            columns_reached[row + rows, rows, columns].append(column + columns)
        layout: list[list[tuple[int, int, int, slice]]] = [[] for _ in found.band.low]
        shift = {}
        size = 0
        for (row, rows, columns), reached in sorted(columns_reached.items()):
            width = max(reached) - min(reached) + 1
            layout[row].append((rows, columns, min(reached), slice(size, size + width)))
            shift[row, rows, columns] = size - min(reached)
            size += width
        place = [shift[row + rows, rows, columns] + column + columns for row, column, rows, columns in likely]
        probability = np.array(list(likely.values()), np.float64)
        return cls(region, found.band, list(likely), probability, layout, np.array(place, np.int64))

    def beads(self) -> Beads:
        """Return the beads in global sentence numbers."""
        steps = np.array(self.steps, np.int64).reshape(-1, 4)
        row, column, rows, columns = steps.T
        return Beads(self.region.source.start + row, self.region.target.start + column, rows, columns)

    def arcs(self, scores: Floats) -> Arcs:
        """Return the arcs of the lattice, given a score for each bead."""
        laid_out = np.full(int(self.place.max(initial=-1)) + 1, NEVER)
        laid_out[self.place] = scores
        return lambda row: [
            Arc(rows, columns, first, laid_out[where]) for rows, columns, first, where in self.layout[row]
        ]


def _likeliest(found: Posteriors, region: Region, corpus: Corpus) -> dict[Step, float]:
    """Return the beads with sentences on both sides; of those that end in one row the most probable."""
    source, target = corpus.source.starts[region.source.start :], corpus.target.starts[region.target.start :]
    room: dict[int, int] = defaultdict(lambda: _MOST_WORD_PAIRS)
    likely = {}
    for step, probability in sorted(zip(found.steps, found.probability, strict=True), key=lambda pair: -pair[1]):
        row, column, rows, columns = step
        if rows and columns and room[row + rows] > 0:
            likely[step] = probability
            words = source[row + rows] - source[row], target[column + columns] - target[column]
            room[row + rows] -= int(words[0]) * int(words[1])
    return likely
