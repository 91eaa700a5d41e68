"""What do the words of a bead tell for it? Each bead is judged by what all *other* beads teach.

A bead's own counts are left out when it is scored: otherwise every bead would confirm itself, the wrong ones too.
"""

from typing import NamedTuple

import numpy as np

from .arrays import Floats, Weights, add_at, sums_at
from .cooccurrence import Block, Cooccurrence
from .lexicon import Agreement, estimate, seen
from .params import Params


def word_scores(agreement: Agreement, params: Params) -> Floats:
    """Return for each bead the log likelihood ratio of its words against chance, both directions added up."""
    forward, backward = (_Direction.of(side, params) for side in (agreement, agreement.turned()))
    for block in agreement.together.blocks:
        shares = agreement.shares(block)
        add_at(forward.own, block.given.place, shares.sum(axis=2))
        add_at(backward.own, block.explained.place, shares.sum(axis=1))
    for block in agreement.together.blocks:
        others = block.look_up(seen(agreement)) - agreement.shares(block)
        kept = np.maximum(others - np.float32(params.discount), 0) + block.look_up(forward.cognates)
        forward.add(block, kept)
        backward.add(block.turned(), kept.swapaxes(1, 2))
    return forward.scores(params.lexicon_share) + backward.scores(params.lexicon_share)


class _Direction(NamedTuple):
    """One side given, the other explained: what is known so far of each explained word, by slot."""

    together: Cooccurrence
    own: Floats
    """What each given word in the text adds to the counts: by place, with a last place for padding."""
    total: Floats
    """The count of each given word, by place."""
    spare: Floats
    """The share of each given word that is left for unseen words, by place."""
    cognates: Floats
    known: Floats
    """The probability of the explained word."""
    unseen: Floats
    """What the given words leave for words not seen with them."""
    room: Floats
    """The attention of all given words."""

    @classmethod
    def of(cls, side: Agreement, params: Params) -> "_Direction":
        together, careful = side.together, estimate(side, params.discount)
        words = together.given_side.words
        total, spare = np.append(careful.total[words], 1.0), np.append(careful.spare[words], 0.0)
        slots = np.zeros((3, int(together.explained.count.sum()) + 1))
        return cls(together, np.zeros(len(words) + 1), total, spare, careful.cognates, *slots)

    def add(self, block: Block, kept: Weights) -> None:
        """Take in a block; ``kept`` is what is left of the counts of its word pairs, in the shape of ``pair``."""
        place, slot = block.given.place, block.explained.slot
        total = np.maximum(self.total[place] - self.own[place], 0.5).astype(np.float32)
        add_at(self.known, slot, block.attended(kept / total[:, :, None]))
        add_at(self.unseen, slot, block.attended(self.spare[place].astype(np.float32)[:, :, None]))
        add_at(self.room, slot, block.attended((place < len(self.own) - 1).astype(np.float32)[:, :, None]))

    def scores(self, lexicon_share: float) -> Floats:
        """Return the log likelihood ratio of the explained side of each bead against chance, its words by emphasis."""
        explained = self.together.explained
        share = explained.by_slot(self.together.given.share)
        scale = share / np.maximum(self.room[:-1], 1e-12)
        known, spare = self.known[:-1] * scale, self.unseen[:-1] * scale + 1 - share
        side = self.together.explained_side
        words = side.words[explained.places()]
        gain = np.log(lexicon_share * (known / side.frequency[words] + spare) + 1 - lexicon_share)
        gain *= side.emphasis[words]
        return sums_at(explained.by_slot(np.arange(len(explained.count))), gain, len(explained.count))
