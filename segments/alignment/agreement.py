"""Do a third language's translations agree? What leads from the source by way of another language to the target.

A source text S with translations T and W: where S is aligned to W and W to T, each link from S to T by way of W is a
testimony about the beads between S and T, independent enough to help where a text is short (transitivity of alignment:
Simard 1999, "Text-translation alignment: three languages are better than two").
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ..model import Bead
from .arrays import Floats
from .cooccurrence import Beads

_WEIGHT = 2.0
"""What a sentence tells, in nats, whose links by way of others all stay inside the bead; as much against, outside."""

Links = Mapping[int, Mapping[int, float]]
"""For each sentence the sentences of the other side that it goes with, and how surely, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Witness:
    """A translation of the same source into another language, and the beads from the source to it."""

    sentences: Sequence[str]
    language: str
    beads: Sequence[Bead]


def links(beads: Iterable[Bead]) -> Links:
    """Return the links of an alignment, from source to target."""
    found: dict[int, dict[int, float]] = {}
    for bead in beads:
        for i in bead.source if bead.target else ():
            found[i] = dict.fromkeys(bead.target, bead.confidence)
    return found


def by_way_of(first: Links, second: Links) -> Links:
    """Return the links that lead over two alignments, each as sure as its surest way.

    >>> by_way_of({0: {0: 1.0}, 1: {1: 0.5}}, {0: {0: 0.9}, 1: {1: 0.8, 2: 0.8}})
    {0: {0: 0.9}, 1: {1: 0.4, 2: 0.4}}
    """
    found = {}
    for i, middle in first.items():
        ways: dict[int, float] = defaultdict(float)
        for k, sure in middle.items():
            for j, further in second.get(k, {}).items():
                ways[j] = max(ways[j], sure * further)
        if ways:
            found[i] = dict(ways)
    return found


def agreement_scores(testimonies: Sequence[Links], beads: Beads) -> Floats:
    """Return what links by way of other languages tell for each bead, in nats; the mean of all testimonies."""
    ranges = [
        (range(source, source + rows), range(target, target + columns))
        for source, target, rows, columns in zip(*(column.tolist() for column in beads), strict=True)
    ]
    scores = np.zeros(len(ranges))
    for forward in testimonies:
        backward = _turned(forward)
        for number, (rows, columns) in enumerate(ranges):
            inside = sum(_inside(forward.get(i, {}), columns) for i in rows)
            inside += sum(_inside(backward.get(j, {}), rows) for j in columns)
            scores[number] += _WEIGHT / 2 * inside / len(testimonies)
    return scores


def _turned(forward: Links) -> Links:
    backward: dict[int, dict[int, float]] = defaultdict(dict)
    for i, ways in forward.items():
        for j, sure in ways.items():
            backward[j][i] = sure
    return backward


def _inside(ways: Mapping[int, float], sentences: range) -> float:
    """Return 1 when all links of a sentence end among these sentences, -1 when none does; less if they are unsure."""
    total = sum(ways.values())
    if not total:
        return 0.0
    return (2 * sum(sure for j, sure in ways.items() if j in sentences) / total - 1) * min(1.0, total)
