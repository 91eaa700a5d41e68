"""How well does a first lexicon explain any stretch of sentences by any other? Weights for a whole band at once.

A sentence is explained by the stretch that is given as a mixture of its words (Model 1), so a bead's score is the sum
over its sentences, and sums over neighbouring sentences come from running totals.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

import numpy as np

from .arrays import Floats, Ints, Places, Weights, running_total
from .corpus import Corpus, Side
from .lexicon import Expectation, estimate
from .params import Params
from .prior import LONGEST, Shape
from .region import Region
from .scores import Evidence, moved

_LEAST = 1e-4


@dataclass(frozen=True, slots=True)
class Table:
    """A lexicon by given word: those of word ``w`` are at ``starts[w] : starts[w + 1]``."""

    starts: Ints
    explained: Places
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
    """The lexical scores of all beads in a band."""

    def __init__(self, tables: Tables, corpus: Corpus, params: Params) -> None:
        self.tables, self.corpus = tables, corpus
        self.weight, self.share = np.float32(params.lexical_weight), params.lexicon_share

    def within(self, region: Region) -> Callable[[range, range], Evidence]:
        """Return what scores the beads that end in a block of a region."""
        return partial(self._block, region)

    def _block(self, region: Region, rows: range, columns: range) -> Evidence:
        row, column = max(0, rows.start - LONGEST), max(0, columns.start - LONGEST)
        source, target, share = self.corpus.source, self.corpus.target, self.share
        left, right = region.source[row : rows.stop - 1], region.target[column : columns.stop - 1]
        # Running totals over the explained side, for each place where k given sentences start.
        explained = _running_totals(self.tables.forward, source, left, target, right, share)
        explaining = _running_totals(self.tables.backward, target, right, source, left, share).swapaxes(1, 2)

        def score(shape: Shape, down: range, across: range) -> Weights:
            deep, wide = shape
            end, start = moved(down, -row), moved(down, -row - deep)
            last, first = moved(across, -column), moved(across, -column - wide)
            by_source, by_target = explained[deep - 1, start], explaining[wide - 1, :, first]
            scores: Weights = by_source[:, last] - by_source[:, first] + by_target[end] - by_target[start]
            return self.weight * scores

        return score


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
    chance = explained.frequency[words].astype(np.float32)
    totals = np.zeros((LONGEST, len(stretch), len(sentences) + 1), np.float32)
    running = np.zeros((len(stretch), len(place) + 1), np.float32)
    first = np.arange(len(stretch))
    for k in range(1, LONGEST + 1):
        last = np.minimum(first + k, len(stretch))
        said = np.maximum(spoken[last] - spoken[first], 1)[:, None].astype(np.float32)
        left = np.where(spoken[last] > spoken[first], spare[last] - spare[first], 1.0)[:, None].astype(np.float32)
        gain = np.log(np.float32(share) * ((mass[last] - mass[first]) / chance + left) / said + np.float32(1 - share))
        np.cumsum(gain[:, place], axis=1, out=running[:, 1:])
        totals[k - 1] = running[:, bounds - bounds[0]]
    return totals


def _running_mass(table: Table, given: Side, sentences: range, words: Ints) -> tuple[Weights, Floats, Ints]:
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
        np.cumsum(
            np.vstack([np.zeros(len(words)), mass.reshape(len(sentences), len(words))]), axis=0, dtype=np.float32
        ),
        running_total(spare),
        running_total(spoken),
    )
