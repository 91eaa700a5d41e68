"""How often do translators make beads of each shape? A prior, then what the texts themselves show."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

Shape = tuple[int, int]
"""Source and target sentences of a bead."""

Prior = Mapping[Shape, float]
"""The probability of each shape that the search may use."""


class Gaps(NamedTuple):
    """Log cost of unaligned sentences: of the first one of a run on either side, and of each further one."""

    skip_source: float
    skip_target: float
    extend: float


LONGEST = 5
"""The search makes beads of up to five sentences a side."""

USUAL: Prior = {
    (1, 1): 0.80,
    (1, 0): 0.015,
    (0, 1): 0.015,
    (1, 2): 0.055,
    (2, 1): 0.055,
    (2, 2): 0.012,
    (1, 3): 0.014,
    (3, 1): 0.014,
    (1, 4): 0.005,
    (4, 1): 0.005,
    (2, 3): 0.003,
    (3, 2): 0.003,
    (1, 5): 0.002,
    (5, 1): 0.002,
    (3, 3): 0.001,
    (2, 4): 0.001,
    (4, 2): 0.001,
}
"""After the bead counts of Gale and Church (1993), with room for the freer hands of novels."""

_LEAST = 2e-4
"""No shape is ruled out because a text shows none of it."""
_MOST_UNEVEN = 4.0
"""However uneven two texts are, a longer side alone is no reason to expect long beads."""
_STRENGTH = 40
"""What is believed beforehand weighs as much as forty beads."""
MEETING = 0.3
"""What share of two recut sentences in a row cannot be told apart."""


def shapes(prior: Prior) -> list[Shape]:
    """Return the shapes with sentences on both sides."""
    return [(rows, columns) for rows, columns in prior if rows and columns]


def first_prior(source_sentences: int, target_sentences: int) -> Prior:
    """Return the usual prior, leaning towards the side that has more sentences."""
    ratio = min(max((target_sentences + 1) / (source_sentences + 1), 1 / _MOST_UNEVEN), _MOST_UNEVEN)
    prior = {}
    for (rows, columns), probability in USUAL.items():
        if rows and columns and rows != columns:
            probability *= ratio**2 if columns > rows else ratio**-2
        prior[rows, columns] = probability
    total = sum(prior.values())
    return {shape: max(probability / total, 1e-5) for shape, probability in prior.items()}


def adapted(before: Prior, counts: Mapping[Shape, float], pooled: Mapping[Shape, float], meeting: float) -> Prior:
    """Return the prior after the beads of a document were counted, and those of all documents.

    Beads of several sentences on both sides are too few, and too often omissions in disguise, to be counted. Who
    recuts sentences does so on either side, so they are expected ``meeting`` times as often as one recut sentence
    follows another by chance.
    """
    total, count = sum(pooled.values()), sum(counts.values())
    prior = {}
    for shape, probability in before.items():
        overall = (pooled.get(shape, 0) + _STRENGTH * probability) / (total + _STRENGTH)
        prior[shape] = (counts.get(shape, 0) + _STRENGTH * overall) / (count + _STRENGTH)
    recut = sum(probability for shape, probability in prior.items() if min(shape) == 1 < max(shape))
    many = {shape: probability for shape, probability in USUAL.items() if min(shape) > 1}
    for shape, probability in many.items():
        prior[shape] = meeting * recut**2 * probability / sum(many.values())
    return {shape: max(probability, _LEAST) for shape, probability in prior.items()}


def gaps(prior: Prior, extend: float) -> Gaps:
    """Return the cost of unaligned sentences, where a run goes on with probability ``extend``."""
    skip_source, skip_target = math.log(prior[1, 0]), math.log(prior[0, 1])
    return Gaps(skip_source, skip_target, max(math.log(extend), skip_source, skip_target))


def count_shapes(path: Iterable[Shape]) -> dict[Shape, float]:
    """Count the shapes along a first path; a run of unaligned sentences is one decision and counts once.

    >>> sorted(count_shapes([(1, 1), (0, 1), (0, 1), (0, 1), (2, 1)]).items())
    [((0, 1), 1.0), ((1, 1), 1.0), ((2, 1), 1.0)]
    """
    counts: dict[Shape, float] = defaultdict(float)
    in_gap = False
    for rows, columns in path:
        is_gap = not (rows and columns)
        if not (is_gap and in_gap):
            counts[rows, columns] += 1
        in_gap = is_gap
    return counts
