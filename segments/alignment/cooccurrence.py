"""Which words stand together in the beads? Every word pair of every sentence pair, in dense blocks.

A sentence pair that several beads share is laid out once. Sentence pairs of like size form a block: an array of word
pair numbers, ``[sentence pair, given word, explained word]``, padded with 0. That keeps every step a plain array
operation, and the memory at a few bytes a word pair.

One side is *given*, the other *explained* by it; ``turned()`` swaps the roles without copying.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .arrays import Bools, Floats, Ints, Places, Weights, running_total, sums_at
from .corpus import Corpus, Side

CHUNK = 4
"""Given words that stand together share one position: a third of the cost for the same result."""
_SIZES = np.array([4, 8, 12, 16, 24, 32, 48, 64, 96])
"""Padded sentence lengths, in words; multiples of the chunk."""
_NONE = np.zeros(0, np.int32)
_LARGEST_BLOCK = 1 << 19


class Beads(NamedTuple):
    """Beads with sentences on both sides, as arrays: first sentences (global) and numbers of sentences."""

    source: Ints
    target: Ints
    rows: Ints
    columns: Ints

    @classmethod
    def of(cls, ranges: Iterable[tuple[range, range]]) -> "Beads":
        """Return beads given by their sentences, in global numbers."""
        found = [(left.start, right.start, len(left), len(right)) for left, right in ranges]
        return cls(*np.array(found, np.int64).reshape(-1, 4).T)

    @classmethod
    def joined(cls, parts: Iterable["Beads"]) -> "Beads":
        """Return all beads of the parts, in order."""
        return cls(*(np.concatenate(column) for column in zip(*parts, strict=True)))


@dataclass(frozen=True, slots=True)
class Extents:
    """One side of all beads, in words."""

    first: Ints
    """Place of the bead's first word among all words of the side."""
    count: Ints
    """Words of the bead."""
    share: Floats
    """The share of the bead's words that can be learned, and so are counted here."""
    offset: Ints
    """Place of the bead's first word when the words of all beads are laid end to end."""

    @classmethod
    def of(cls, side: Side, sentence: Ints, sentences: Ints) -> "Extents":
        """Measure beads of so many ``sentences`` from ``sentence`` on."""
        first = side.starts[sentence]
        count = side.starts[sentence + sentences] - first
        ends = running_total(side.spoken)
        spoken = ends[sentence + sentences] - ends[sentence]
        return cls(first, count, count / np.maximum(spoken, 1), np.cumsum(count) - count)

    def by_slot(self, values: NDArray[Any]) -> NDArray[Any]:
        """Repeat a value of each bead for each of its words: one a slot."""
        repeated: NDArray[Any] = np.repeat(values, self.count)
        return repeated

    def places(self) -> Ints:
        """Return the place among all words of the side of each slot."""
        places: Ints = np.arange(int(self.count.sum())) + self.by_slot(self.first - self.offset)
        return places


@dataclass(frozen=True, slots=True)
class Axis:
    """One side of a block; padded words lie one past the last."""

    place: Places
    """``[sentence pair, word]``: the word's place among all words of the side."""
    slot: Places
    """``[use, word]``: the word's place when the words of all beads are laid end to end."""


@dataclass(frozen=True, slots=True)
class Block:
    """Sentence pairs of like size. A *use* is a sentence pair as part of one bead; uses are sorted by sentence pair."""

    pair: Places
    """``[sentence pair, given word, explained word]``: 1 + place in ``numbers``; 0 is padding."""
    numbers: Places
    """The word pairs that occur in the block, rising."""
    cell: Ints
    """The sentence pair of each use."""
    first_use: Ints
    """The first use of each sentence pair."""
    given: Axis
    explained: Axis
    attention: Weights
    """``[use, chunk of given words, explained word]``: how well the chunk is placed to explain the word."""
    turned_attention: Weights
    """The same with the roles swapped."""

    def turned(self) -> "Block":
        """Return the block with given and explained side swapped."""
        return replace(
            self,
            pair=self.pair.swapaxes(1, 2),
            given=self.explained,
            explained=self.given,
            attention=self.turned_attention,
            turned_attention=self.attention,
        )

    def look_up(self, values: Floats) -> Weights:
        """Return a value of each word pair in the shape of ``pair``; 0 for padding."""
        table = np.zeros(len(self.numbers) + 1, np.float32)
        table[1:] = values[self.numbers]
        return table[self.pair]

    def totals(self, values: Weights) -> Floats:
        """Add up the values of each word pair, in the order of ``numbers``."""
        return sums_at(self.pair, values, len(self.numbers) + 1)[1:]

    def attended(self, values: Weights) -> Weights:
        """Add up the values of all given words by attention: ``[use, explained word]``.

        ``values`` are ``[sentence pair, given word, explained word]``; the last may be one for all.
        """
        sums = in_chunks(values)[self.cell]
        attended: Weights = np.einsum("uce,uce->ue", np.broadcast_to(sums, self.attention.shape), self.attention)
        return attended


def in_chunks(values: Weights) -> Weights:
    """Add up the values of each chunk of given words: ``[sentence pair, chunk, explained word]``."""
    pairs, given, explained = values.shape
    sums: Weights = values.reshape(pairs, given // CHUNK, CHUNK, explained).sum(axis=2)
    return sums


@dataclass(frozen=True, slots=True)
class Cooccurrence:
    """The word pairs of many beads."""

    given_word: Places
    """The given word of each word pair."""
    explained_word: Places
    cognate: Bools
    known: Floats
    """How often other texts had each word pair translate each other."""
    given_elsewhere: Floats
    """How often they had each given word translated by words that do not occur here."""
    explained_elsewhere: Floats
    """The same with the roles swapped."""
    given: Extents
    explained: Extents
    given_side: Side
    explained_side: Side
    blocks: list[Block]

    @classmethod
    def of(cls, beads: Beads, corpus: Corpus, sharpness: float) -> "Cooccurrence":
        """Lay out the beads, the source side given; ``sharpness`` is that of the attention."""
        source = Extents.of(corpus.source, beads.source, beads.rows)
        target = Extents.of(corpus.target, beads.target, beads.columns)
        drafts = _blocks(beads, corpus, source, target, sharpness)
        known = corpus.known
        pairs = np.concatenate([corpus.cognates, known.pairs, *(numbers for numbers, _ in drafts)])
        pairs.sort()
        pairs = pairs[np.diff(pairs, prepend=-1) > 0]  # three times faster than np.unique
        source_word, target_word = np.divmod(pairs, max(len(corpus.target.frequency), 1))
        return cls(
            source_word.astype(np.int32),
            target_word.astype(np.int32),
            np.isin(pairs, corpus.cognates),
            sums_at(pairs.searchsorted(known.pairs), known.counts, len(pairs)),
            known.source_elsewhere,
            known.target_elsewhere,
            source,
            target,
            corpus.source,
            corpus.target,
            [replace(block, numbers=pairs.searchsorted(numbers).astype(np.int32)) for numbers, block in drafts],
        )

    def turned(self) -> "Cooccurrence":
        """Return the same word pairs with given and explained side swapped."""
        return Cooccurrence(
            self.explained_word,
            self.given_word,
            self.cognate,
            self.known,
            self.explained_elsewhere,
            self.given_elsewhere,
            self.explained,
            self.given,
            self.explained_side,
            self.given_side,
            [block.turned() for block in self.blocks],
        )


def _blocks(
    beads: Beads, corpus: Corpus, source: Extents, target: Extents, sharpness: float
) -> list[tuple[Ints, Block]]:
    """Lay out the sentence pairs inside beads, those of like size together; return the word pairs of each block too."""
    area = beads.rows * beads.columns
    bead = np.repeat(np.arange(len(area)), area)
    within = np.arange(int(area.sum())) - np.repeat(np.cumsum(area) - area, area)
    left = beads.source[bead] + within // beads.columns[bead]
    right = beads.target[bead] + within % beads.columns[bead]
    size = _size(corpus.source, left) * len(_SIZES) + _size(corpus.target, right)
    order = np.lexsort((bead, right, left, size))
    bead, left, right, size = bead[order], left[order], right[order], size[order]
    fresh = (np.diff(left, prepend=-1) != 0) | (np.diff(right, prepend=-1) != 0)
    first_use = np.append(np.flatnonzero(fresh), len(fresh))
    blocks = []
    for start, stop, width, height in _pieces(size[first_use[:-1]]):
        uses = slice(first_use[start], first_use[stop])
        cell, first = np.cumsum(fresh[uses]) - 1, first_use[start:stop] - first_use[start]
        given = _words(corpus.source, source, left[uses], bead[uses], first, width)
        explained = _words(corpus.target, target, right[uses], bead[uses], first, height)
        numbers, pair = _pairs(given.axis, explained.axis, corpus)
        attention = _attention(given, explained, sharpness), _attention(explained, given, sharpness)
        blocks.append((numbers, Block(pair, _NONE, cell, first, given.axis, explained.axis, *attention)))
    return blocks


def _size(side: Side, sentence: Ints) -> Ints:
    return _SIZES.searchsorted(side.starts[sentence + 1] - side.starts[sentence])


def _pieces(size: Ints) -> Iterator[tuple[int, int, int, int]]:
    """Cut the sorted sizes into runs of one size that fit a block: start, stop and padded words of both sides."""
    edges = np.flatnonzero(np.diff(size, prepend=-1, append=-1))
    for first, last in pairwise(edges.tolist()):
        width, height = (int(_SIZES[number]) for number in divmod(int(size[first]), len(_SIZES)))
        most = max(1, _LARGEST_BLOCK // (width * height))
        for start in range(first, last, most):
            yield start, min(start + most, last), width, height


class _Words(NamedTuple):
    """The words of one side of a block, and where they stand in their beads, from 0 to 1: by use."""

    axis: Axis
    chunk_at: Weights
    word_at: Weights


def _words(side: Side, extents: Extents, sentence: Ints, bead: Ints, first_use: Ints, width: int) -> _Words:
    """Lay out the sentence and bead of each use in ``width`` words."""
    word = np.arange(width)
    start = side.starts[sentence][:, None]
    count = side.starts[sentence + 1][:, None] - start
    before = start - extents.first[bead][:, None]
    place = np.where(word < count, start + word, len(side.words))[first_use]
    slot = np.where(word < count, extents.offset[bead][:, None] + before + word, int(extents.count.sum()))
    in_bead = np.maximum(extents.count[bead][:, None], 1).astype(np.float32)
    chunk = word[::CHUNK]
    return _Words(
        Axis(place.astype(np.int32), slot.astype(np.int32)),
        (before + chunk + np.clip(count - chunk, 0, CHUNK) / 2).astype(np.float32) / in_bead,
        (before + word + 0.5).astype(np.float32) / in_bead,
    )


def _pairs(given: Axis, explained: Axis, corpus: Corpus) -> tuple[Ints, Places]:
    """Return the distinct word pairs of a block, and 1 + their place in it for each pair of words; 0 is padding."""
    left = np.append(corpus.source.words, -1)[given.place][:, :, None]
    right = np.append(corpus.target.words, -1)[explained.place][:, None, :]
    pair = np.where((left < 0) | (right < 0), -1, left * len(corpus.target.frequency) + right)
    numbers, place = np.unique(pair, return_inverse=True)
    padding = int(np.searchsorted(numbers, 0))
    return numbers[padding:], (place.reshape(pair.shape) + 1 - padding).astype(np.int32)


def _attention(given: _Words, explained: _Words, sharpness: float) -> Weights:
    distance = given.chunk_at[:, :, None] - explained.word_at[:, None, :]
    weights: Weights = np.exp(-np.float32(sharpness) * np.abs(distance))
    return weights
