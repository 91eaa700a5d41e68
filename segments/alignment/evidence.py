"""What do the words of a bead tell for it? Each bead is judged by what all *other* beads teach.

A bead's own counts are left out when it is scored: otherwise every bead would confirm itself, the wrong ones too.
"""

import numpy as np

from .arrays import Floats, add_at, sums_at
from .lexicon import Agreement, estimate
from .params import Params


def word_scores(expectation: Agreement, params: Params) -> Floats:
    """Return for each bead the log likelihood ratio of its explained side, given the other, against chance."""
    together = expectation.together
    explained = together.explained
    known, spare = _explained(expectation, params.discount)
    chance = together.explained_side.frequency[together.explained_side.words[explained.places()]]
    gain = np.log(params.lexicon_share * (known / chance + spare) + 1 - params.lexicon_share)
    return sums_at(explained.by_slot(np.arange(len(explained.count))), gain, len(explained.count))


def _explained(expectation: Agreement, discount: float) -> tuple[Floats, Floats]:
    """Return by slot the probability of the explained word, and what the given words leave for unseen ones."""
    together = expectation.together
    careful = estimate(expectation, discount)
    own = _own_counts(expectation)
    words = together.given_side.words
    total_of, spare_of = np.append(careful.total[words], 1.0), np.append(careful.spare[words], 0.0)
    known, spare, room = np.zeros((3, int(together.explained.count.sum()) + 1))
    for block in together.blocks:
        place, slot = block.given.place, block.explained.slot
        others = block.look_up(expectation.counts) - expectation.shares(block)
        kept = np.maximum(others - np.float32(discount), 0) + block.look_up(careful.cognates)
        total = np.maximum(total_of[place] - own[place], 0.5).astype(np.float32)
        add_at(known, slot, block.attended(kept / total[:, :, None]))
        add_at(spare, slot, block.attended(spare_of[place].astype(np.float32)[:, :, None]))
        add_at(room, slot, block.attended((place < len(words)).astype(np.float32)[:, :, None]))
    share = together.explained.by_slot(together.given.share)
    scale = share / np.maximum(room[:-1], 1e-12)
    return known[:-1] * scale, spare[:-1] * scale + 1 - share


def _own_counts(expectation: Agreement) -> Floats:
    """Return what each given word in the text adds to the counts: by place, with a last place for padding."""
    together = expectation.together
    own = np.zeros(len(together.given_side.words) + 1)
    for block in together.blocks:
        add_at(own, block.given.place, expectation.shares(block).sum(axis=2))
    return own
