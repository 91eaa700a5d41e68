"""How well does a first lexicon explain any stretch of sentences by any other? Scores for a whole band at once.

A sentence is explained by the stretch that is given as a mixture of its words (Model 1), so a bead's score is the sum
over its sentences, and sums over neighbouring sentences come from running totals.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .band import Band
from .corpus import Corpus, Side
from .lexicon import Expectation, estimate
from .prior import LONGEST
from .params import Params
from .region import Region

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

_LEAST = 1e-4
_ROWS = 64


@dataclass(frozen=True, slots=True)
class Table:
    """A lexicon by given word: those of word ``w`` are at ``starts[w] : starts[w + 1]``."""

    starts: Ints
    explained: Ints
    probability: Floats
    spare: Floats
    """The share of each given word that is left for words not seen with it."""

    @classmethod
    def of(cls, expectation: Expectation, discount: float) -> "Table":
        """Keep the word pairs that matter."""
        together = expectation.together
        careful = estimate(expectation, discount)
        probability = careful.probability(together)
        kept = np.flatnonzero(probability > _LEAST)
        kept = kept[np.argsort(together.given_word[kept], kind="stable")]
        counts = np.bincount(together.given_word[kept], minlength=len(careful.total))
        return cls(np.append(0, np.cumsum(counts)), together.explained_word[kept], probability[kept], careful.spare)


class Tables(NamedTuple):
    """The first lexicon."""

    forward: Table
    """Source words given, target words explained."""
    backward: Table


class SpanScores:
    """The lexical scores of all beads in the band of one region, worked out for some rows at a time."""

    def __init__(self, tables: Tables, corpus: Corpus, region: Region, band: Band, params: Params) -> None:
        self.tables, self.corpus, self.region, self.band = tables, corpus, region, band
        self.share = params.lexicon_share
        self.piece = lru_cache(maxsize=2)(self._piece)

    def row(self, rows: int, columns: int, end: int, ends: range) -> Floats:
        """Score the beads of one shape that end in row ``end`` at the columns ``ends``; both are local."""
        start, first, last = end - rows, ends.start, ends.stop
        piece = self.piece(start // _ROWS)
        totals = piece.forward[rows - 1, start - piece.row]
        scores = totals[first - piece.column : last - piece.column]
        scores = scores - totals[first - columns - piece.column : last - columns - piece.column]
        for row in range(start, end):
            piece = self.piece(row // _ROWS)
            column = first - columns - piece.column
            scores += piece.backward[columns - 1, row - piece.row, column : column + last - first]
        return scores

    def _piece(self, number: int) -> "_Piece":
        region, band = self.region, self.band
        row, stop = number * _ROWS, min((number + 1) * _ROWS, len(region.source))
        column = band.low[max(0, row - LONGEST)]
        end = max(column, min(band.high[min(len(region.source), stop + LONGEST)], len(region.target)))
        source, target = region.source[row:stop], region.target[column:end]
        sides = self.corpus.source, self.corpus.target
        forward = _running_totals(self.tables.forward, sides[0], source, region.source.stop, sides[1], target, self.share)
        backward = _running_totals(self.tables.backward, sides[1], target, region.target.stop, sides[0], source, self.share)
        return _Piece(row, column, forward, np.diff(backward, axis=2).swapaxes(1, 2))


class _Piece(NamedTuple):
    """The scores of the beads that start in some rows and columns."""

    row: int
    column: int
    forward: Floats
    """``[source sentences - 1, row, column]``: score of all target sentences from the piece's first to the column."""
    backward: Floats
    """``[target sentences - 1, row, column]``: score of the source sentence, given target sentences from the column on."""


def _running_totals(
    table: Table, given: Side, stretch: range, limit: int, explained: Side, sentences: range, share: float
) -> NDArray[np.float32]:
    """Score sentences of one side against every short stretch of the other.

    The result is ``[k - 1, start, n]``: the log likelihood ratio, against chance, of the first ``n`` sentences given
    ``k`` sentences from each start in ``stretch`` on. What is given ends at ``limit`` at the latest.
    """
    around = range(stretch.start, min(limit, stretch.stop + LONGEST - 1))
    bounds = explained.starts[sentences.start : sentences.stop + 1]
    words, place = np.unique(explained.words[bounds[0] : bounds[-1]], return_inverse=True)
    mass, spare, spoken = _running_mass(table, given, around, words)
    chance = explained.frequency[words]
    totals = np.zeros((LONGEST, len(stretch), len(sentences) + 1), np.float32)
    first = np.arange(len(stretch))
    for k in range(1, LONGEST + 1):
        last = np.minimum(first + k, len(around))
        said = np.maximum(spoken[last] - spoken[first], 1)[:, None]
        left = np.where(spoken[last] > spoken[first], spare[last] - spare[first], 1.0)[:, None]
        gain = np.log(share * ((mass[last] - mass[first]) / chance + left) / said + 1 - share)
        running = np.zeros((len(stretch), len(place) + 1))
        np.cumsum(gain[:, place], axis=1, out=running[:, 1:])
        totals[k - 1] = running[:, bounds - bounds[0]]
    return totals


def _running_mass(table: Table, given: Side, sentences: range, words: Ints) -> tuple[Floats, Floats, Ints]:
    """Return running totals over given sentences: probability of each of the words, spare mass, and words spoken."""
    place_of = np.full(int(max(table.explained.max(initial=0), words.max(initial=0))) + 1, -1)
    place_of[words] = np.arange(len(words))
    starts = given.starts[sentences.start : sentences.stop + 1]
    tokens = given.words[starts[0] : starts[-1]]
    row = np.repeat(np.arange(len(sentences)), np.diff(starts))
    entries = table.starts[tokens + 1] - table.starts[tokens]
    entry = np.arange(int(entries.sum())) + np.repeat(table.starts[tokens] - np.cumsum(entries) + entries, entries)
    place = place_of[table.explained[entry]]
    cell = (np.repeat(row, entries) * len(words) + place)[place >= 0]
    mass = np.bincount(cell, table.probability[entry][place >= 0], len(sentences) * len(words))
    spoken = given.spoken[sentences.start : sentences.stop]
    spare = np.bincount(row, table.spare[tokens], len(sentences)) + spoken - np.diff(starts)
    return (
        np.cumsum(np.vstack([np.zeros(len(words)), mass.reshape(len(sentences), len(words))]), axis=0),
        np.append(0.0, np.cumsum(spare)),
        np.append(0, np.cumsum(spoken)),
    )
