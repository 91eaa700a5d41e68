"""What do the words of a bead tell for it? Each bead is judged by what all *other* beads teach.

A bead's own counts are left out when it is scored: otherwise every bead would confirm itself, the wrong ones too.
"""

import numpy as np
from numpy.typing import NDArray

from .cooccurrence import Block, Cooccurrence
from .lexicon import Expectation, attention, chunk_sizes, estimate, slots
from .params import Params

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

def word_scores(expectation: Expectation, params: Params) -> Floats:
    """Return for each bead the log likelihood ratio of its explained side, given the other, against chance."""
    together = expectation.together
    explained = together.explained
    known, spare = _explained(expectation, params.discount)
    chance = together.explained_side.frequency[together.explained_side.words[explained.places()]]
    gain = np.log(params.lexicon_share * (known / chance + spare) + 1 - params.lexicon_share)
    return np.bincount(explained.by_slot(np.arange(len(explained.count))), gain, len(explained.count))


def _explained(expectation: Expectation, discount: float) -> tuple[Floats, Floats]:
    """Return by slot the probability of the explained word, and what the given words leave for unseen ones."""
    together = expectation.together
    careful = estimate(expectation, discount)
    own = _own_counts(expectation)
    word_of = np.append(together.given_side.words, 0)
    spare_of = np.append(careful.spare[together.given_side.words], 0.0)
    known, spare, room = np.zeros((3, int(together.explained.count.sum()) + 1))
    for block in together.blocks:
        place = given_places(block, together)
        others = block.look_up(expectation.counts) - expectation.shares(block)
        kept = np.maximum(others - np.float32(discount), 0) + block.look_up(careful.cognates)
        total = np.maximum(careful.total[word_of[place]] - own[place], 0.5).astype(np.float32)
        spares = block.chunked(spare_of[place][:, :, None].astype(np.float32))[:, :, 0]
        weights, slot = attention(block, together, expectation.sharpness), slots(block, together)
        known_chunks = block.chunked(kept / total[:, :, None])
        np.add.at(known, slot, np.einsum("uce,uce->ue", known_chunks[block.cell], weights))
        np.add.at(spare, slot, np.einsum("uc,uce->ue", spares[block.cell], weights))
        np.add.at(room, slot, np.einsum("uc,uce->ue", chunk_sizes(block)[block.cell], weights))
    share = together.explained.by_slot(together.given.share)
    scale = share / np.maximum(room[:-1], 1e-12)
    return known[:-1] * scale, spare[:-1] * scale + 1 - share


def _own_counts(expectation: Expectation) -> Floats:
    """Return what each given word in the text adds to the counts: by place, with a last place for padding."""
    together = expectation.together
    own = np.zeros(len(together.given_side.words) + 1)
    for block in together.blocks:
        np.add.at(own, given_places(block, together), expectation.shares(block).sum(axis=2))
    return own


def given_places(block: Block, together: Cooccurrence) -> Ints:
    """Return the place of each given word among all words: ``[sentence pair, given word]``; padding lies past the end."""
    place = np.arange(block.pair.shape[1])
    within = place < block.given.count[:, None]
    return np.where(within, block.given.first[:, None] + place, len(together.given_side.words))
