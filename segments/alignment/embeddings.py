"""Do two stretches of text mean the same to a model of meaning? An optional voice beside the texts' own evidence.

The model is any function from texts to vectors, and is asked only about the beads still in question after the second
pass. As in Vecalign (Thompson and Koehn 2019), a similarity is set against that of stretches chosen without regard to
meaning, because some texts are close to everything.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from ..errors import AlignmentError
from .arrays import Floats, Ints, Weights
from .cooccurrence import Beads

Embed = Callable[[list[str]], NDArray[np.float32]]
"""Returns a vector for each text: ``float32[n, d]``."""

_WEIGHT = 4.0
"""What a sentence pair that means the same tells, in nats, against one that has nothing in common."""
_SAMPLE = 64
_BATCH = 4096


def meaning_scores(embed: Embed, beads: Beads, source: Sequence[str], target: Sequence[str]) -> Floats:
    """Return for each bead what the likeness of its sides tells for it, in nats; 0 is that of unrelated texts.

    Raises AlignmentError when the function does not return a finite vector for each text.
    """
    if not len(beads.rows):
        return np.zeros(0)
    left, left_place = _vectors(embed, source, beads.source, beads.rows)
    right, right_place = _vectors(embed, target, beads.target, beads.columns)
    apart = 1 - np.einsum("bd,bd->b", left[left_place], right[right_place]).astype(np.float64)
    usual = (_usual_distance(left, right)[left_place] + _usual_distance(right, left)[right_place]) / 2
    scores: Floats = _WEIGHT * (beads.rows + beads.columns) / 2 * (1 - apart / np.maximum(usual, 1e-6))
    return scores


def _vectors(embed: Embed, texts: Sequence[str], start: Ints, count: Ints) -> tuple[Weights, Ints]:
    """Return the unit vector of each distinct stretch of sentences, and the place of each bead's among them."""
    stretches, place = np.unique(np.stack([start, count], axis=1), axis=0, return_inverse=True)
    joined = [" ".join(texts[first : first + length]) for first, length in stretches.tolist()]
    vectors = np.concatenate([_embedded(embed, joined[at : at + _BATCH]) for at in range(0, len(joined), _BATCH)])
    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9), place.ravel()


def _embedded(embed: Embed, texts: list[str]) -> Weights:
    returned = embed(texts)
    try:
        vectors = np.asarray(returned, np.float32)
    except (TypeError, ValueError) as error:
        raise AlignmentError(
            f"The embedding function returned no array of numbers ({error}): it must return one row of finite numbers "
            "for each text."
        ) from error
    if vectors.ndim != 2 or len(vectors) != len(texts) or not np.isfinite(vectors).all():
        raise AlignmentError(
            f"The embedding function returned an array of shape {vectors.shape} for {len(texts)} texts: it must return "
            "one row of finite numbers for each text."
        )
    return vectors


def _usual_distance(vectors: Weights, others: Weights) -> Floats:
    """Return how far each vector is from stretches of the other side, taken at even steps."""
    sample = others[np.linspace(0, len(others) - 1, min(_SAMPLE, len(others))).astype(np.int64)]
    distance: Floats = 1 - vectors.astype(np.float64) @ sample.mean(axis=0)
    return distance
