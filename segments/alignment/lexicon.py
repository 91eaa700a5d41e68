"""Which words translate each other? IBM Model 1 (Brown et al. 1993), learned by EM from beads that are only likely.

A bead counts with its probability. Inside it a given word explains a word best that stands at about the same relative
place: the preference falls as ``exp(-sharpness * distance)``, with distances between 0 and 1 (after Dyer et al. 2013).
At sharpness 0 this is Model 1 as published. The two directions share what they learn: the counts of both are averaged
after each E step (after Matusov et al. 2004), so that neither runs off on its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from .arrays import Floats, Weights, add_at, sums_at
from .cooccurrence import CHUNK, Block, Cooccurrence

_COGNATE = 1.0
"""A pair that is spelled alike has been seen this often before the first text is read."""
_TINY = 1e-12


@dataclass(frozen=True, slots=True)
class Expectation:
    """How often each word pair translates each other, as far as one direction explains the beads."""

    together: Cooccurrence
    probability: Floats
    scale: Floats
    """By slot: the bead's weight over the probability mass that explains the word there."""
    counts: Floats
    """Expected count of each word pair."""

    def shares(self, block: Block) -> Weights:
        """Return the part of the counts that each word pair of a block has, in the shape of ``pair``."""
        scale = self.scale[block.explained.slot].astype(np.float32)
        by_chunk = np.add.reduceat(block.attention * scale[:, None, :], block.first_use, axis=0)
        shares: Weights = block.look_up(self.probability) * by_chunk.repeat(CHUNK, axis=1)
        return shares


def expect(together: Cooccurrence, probability: Floats, weight: Floats) -> Expectation:
    """Take the E step: share out each explained word among the given words of its bead; beads count by ``weight``."""
    mass = np.zeros(int(together.explained.count.sum()) + 1)
    for block in together.blocks:
        add_at(mass, block.explained.slot, block.attended(block.look_up(probability)))
    scale = np.append(together.explained.by_slot(weight), 0.0) / np.maximum(mass, _TINY)
    expectation = Expectation(together, probability, scale, np.zeros(len(probability)))
    for block in together.blocks:
        expectation.counts[block.numbers] += block.totals(expectation.shares(block))
    return expectation


@dataclass(frozen=True, slots=True)
class Agreement:
    """The mean of what both directions expect, in the roles of one of them."""

    one: Expectation
    other: Expectation
    counts: Floats
    """Expected count of each word pair."""

    @classmethod
    def of(cls, one: Expectation, other: Expectation) -> "Agreement":
        """Average two directions."""
        return cls(one, other, (one.counts + other.counts) / 2)

    @property
    def together(self) -> Cooccurrence:
        """The word pairs, in the roles of this side."""
        return self.one.together

    def shares(self, block: Block) -> Weights:
        """Return the part of the counts that each word pair of a block has, in the shape of ``pair``."""
        return np.float32(0.5) * (self.one.shares(block) + self.other.shares(block.turned()).swapaxes(1, 2))

    def turned(self) -> "Agreement":
        """Return the same with given and explained side swapped."""
        return Agreement(self.other, self.one, self.counts)


def learn_on(
    directions: Sequence[Cooccurrence], lexicons: Sequence[Floats], weight: Floats, steps: int
) -> tuple[Agreement, list[Floats]]:
    """Take some EM steps in both directions at once; return what they expect and the lexicons after it."""
    for _ in range(steps):
        agreement = Agreement.of(*(expect(*side, weight) for side in zip(directions, lexicons, strict=True)))
        lexicons = [maximise(agreement), maximise(agreement.turned())]
    return agreement, list(lexicons)


def seen(expectation: Expectation | Agreement) -> Floats:
    """Return the counts with those of other texts."""
    return expectation.counts + expectation.together.known


def maximise(expectation: Expectation | Agreement) -> Floats:
    """Take the M step: return the probability of each word pair's explained word, given the other."""
    together = expectation.together
    counts = seen(expectation) + together.cognate * _COGNATE
    total = by_given(together, counts) + together.given_elsewhere
    return counts / np.maximum(total, _TINY)[together.given_word]


def by_given(together: Cooccurrence, values: Floats) -> Floats:
    """Add up the values of the word pairs of each given word."""
    return sums_at(together.given_word, values, len(together.given_side.frequency))


class Estimate(NamedTuple):
    """Counts made careful by absolute discounting (Ney et al. 1994): a little is taken off each, for what was not seen.

    Without it a word seen once would be sure of its translation, and everything else would count against it.
    """

    kept: Floats
    """What is left of the count of each word pair."""
    total: Floats
    """The count of each given word."""
    spare: Floats
    """The share of each given word that is left for words not seen with it."""
    cognates: Floats
    """The part of ``kept`` that does not come from the texts."""

    def probability(self, together: Cooccurrence) -> Floats:
        """Return the probability of each word pair's explained word, given the other."""
        return self.kept / self.total[together.given_word]


def estimate(expectation: Expectation | Agreement, discount: float) -> Estimate:
    """Take ``discount`` off the count of each word pair."""
    together, counts = expectation.together, seen(expectation)
    cognates = np.where(together.cognate, _COGNATE / 2, 0.0)
    kept = np.maximum(counts - discount, 0) + cognates
    elsewhere = together.given_elsewhere
    total = by_given(together, counts + cognates) + elsewhere + 0.5
    return Estimate(kept, total, np.clip(1 - (by_given(together, kept) + elsewhere) / total, 0, 1), cognates)
