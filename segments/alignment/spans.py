"""How well does a first lexicon explain any stretch of sentences by any other? Weights for a whole band at once.

A sentence is explained by the stretch that is given as a mixture of its words (Model 1), so a bead's score is the sum
over its sentences, and sums over neighbouring sentences come from running totals.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from .arrays import Floats, Ints, Weights, running_total
from .band import Band
from .corpus import Corpus, Side
from .lexicon import Expectation, estimate
from .params import Params
from .prior import LONGEST
from .region import Region

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
        return cls(running_total(counts), together.explained_word[kept], probability[kept], careful.spare)


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

    def row(self, rows: int, columns: int, end: int, ends: range) -> Weights:
        """Score the beads of one shape that end in row ``end`` at the columns ``ends``; both are local."""
        start = end - rows
        piece = self.piece(start // _ROWS)
        row, first = start - piece.row, ends.start - piece.column
        last = first + len(ends)
        target, source = piece.target[rows - 1, row], piece.source[columns - 1]
        scores: Weights = target[first:last] - target[first - columns : last - columns]
        scores += source[row + rows, first - columns : last - columns]
        scores -= source[row, first - columns : last - columns]
        return scores

    def _piece(self, number: int) -> "_Piece":
        """Work out all that the beads need that start in some rows."""
        region, band, end = self.region, self.band, len(self.region.source)
        row, stop = number * _ROWS, min((number + 1) * _ROWS, end)
        until = min(end, stop + LONGEST - 1)
        first, last = band.low[row], band.high[until] - 1
        source, target, share = self.corpus.source, self.corpus.target, self.share
        rows, columns = region.source[row:until], region.target[first:last]
        by_target = _running_totals(self.tables.forward, source, rows, target, columns, share)
        by_source = _running_totals(self.tables.backward, target, columns, source, rows, share)
        return _Piece(row, first, by_target, by_source.swapaxes(1, 2).copy())


class _Piece(NamedTuple):
    """The scores of the beads that start in some rows, from the first row and column on."""

    row: int
    column: int
    target: Weights
    """``[source sentences - 1, row, column]``: running total over the target sentences before the column."""
    source: Weights
    """``[target sentences - 1, row, column]``: running total over the source sentences before the row."""


def _running_totals(
    table: Table, given: Side, stretch: range, explained: Side, sentences: range, share: float
) -> Weights:
    """Score sentences of one side against every short stretch of the other, all by global numbers.

    The result is ``[k - 1, start, n]``: the log likelihood ratio, against chance, of the first ``n`` sentences given
    ``k`` sentences of ``stretch`` from each start on, or as many as are left.
    """
    bounds = explained.starts[sentences.start : sentences.stop + 1]
    words, place = np.unique(explained.words[bounds[0] : bounds[-1]], return_inverse=True)
    mass, spare, spoken = _running_mass(table, given, stretch, words)
    chance = explained.frequency[words]
    totals = np.zeros((LONGEST, len(stretch), len(sentences) + 1), np.float32)
    running = np.zeros((len(stretch), len(place) + 1))
    first = np.arange(len(stretch))
    for k in range(1, LONGEST + 1):
        last = np.minimum(first + k, len(stretch))
        said = np.maximum(spoken[last] - spoken[first], 1)[:, None]
        left = np.where(spoken[last] > spoken[first], spare[last] - spare[first], 1.0)[:, None]
        gain = np.log(share * ((mass[last] - mass[first]) / chance + left) / said + 1 - share)
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
        running_total(spare),
        running_total(spoken),
    )
