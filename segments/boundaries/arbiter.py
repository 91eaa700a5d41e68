"""How likely does a sentence end at a candidate, by what is measured of it?

Gradient boosted trees (J. H. Friedman, "Greedy function approximation: a gradient boosting machine", Annals of
Statistics 29(5), 2001), read from ``weights/splitting.json`` and evaluated all at once (C. Lucchese et al.,
"QuickScorer: a fast algorithm to rank documents with additive ensembles of regression trees", SIGIR 2015).
"""

import json
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import exp
from operator import getitem
from pathlib import Path
from struct import Struct
from typing import Any

__all__ = ["Arbiter", "arbiter", "probability"]

_WEIGHTS = Path(__file__).parents[1] / "weights" / "splitting.json"
_LEAVES = 16  # bits of a slot: a tree has no more leaves

Tree = list[Any] | float
"""A leaf, or the column of a feature, a threshold, the tree up to the threshold and the tree above it."""


class Arbiter:
    """Trees whose leaves add up to the logarithm of the odds that a sentence ends.

    One integer holds a bit for every leaf of every tree, a slot of 16 bits a tree. A feature above a threshold rules
    out the leaves up to it; the lowest bit that is left in a slot is the leaf that the tree comes to.
    """

    def __init__(self, weights: dict[str, Any]) -> None:
        self.signature = str(weights["signature"])
        trees: list[Tree] = weights["trees"]
        leaves = [list(_leaves(tree)) for tree in trees]
        self._values = [{1 << place: value for place, value in enumerate(each)} for each in leaves]
        self._slots = Struct(f"<{len(trees)}H")
        self._lowest = sum(1 << _LEAVES * slot for slot in range(len(trees)))
        self._all = sum((1 << len(each)) - 1 << _LEAVES * slot for slot, each in enumerate(leaves))
        self._tests = _tests(trees, self._all)

    def score(self, features: Sequence[float]) -> float:
        """Return the logarithm of the odds: above 0 a sentence ends."""
        left = self._all
        for column, thresholds, masks in self._tests:
            left &= masks[bisect_left(thresholds, features[column])]
        reached = left & ~(left - self._lowest)
        slots = self._slots.unpack(reached.to_bytes(self._slots.size, "little"))
        return sum(map(getitem, self._values, slots))


def probability(score: float) -> float:
    """Return the probability that a score means.

    >>> probability(0.0)
    0.5
    """
    return 1 / (1 + exp(-score))


@lru_cache(maxsize=1)
def arbiter() -> Arbiter:
    """Return the arbiter with the weights of this package."""
    return Arbiter(json.loads(_WEIGHTS.read_text(encoding="utf-8")))


def _leaves(tree: Tree) -> Iterator[float]:
    """Yield the leaves of a tree, from left to right."""
    if isinstance(tree, list):
        yield from _leaves(tree[2])
        yield from _leaves(tree[3])
    else:
        yield tree


def _tests(trees: Sequence[Tree], everything: int) -> list[tuple[int, list[float], list[int]]]:
    """Return for each column its thresholds, in order, and what is left when a value is above the first n of them."""
    ruled_out: dict[int, dict[float, int]] = {}
    for slot, tree in enumerate(trees):
        for column, threshold, leaves in _nodes(tree, _LEAVES * slot):
            of_column = ruled_out.setdefault(column, {})
            of_column[threshold] = of_column.get(threshold, 0) | leaves
    tests = []
    for column, found in sorted(ruled_out.items()):
        thresholds = sorted(found)
        masks = [everything]
        for threshold in thresholds:
            masks.append(masks[-1] & ~found[threshold])
        tests.append((column, thresholds, masks))
    return tests


def _nodes(tree: Tree, place: int) -> Iterator[tuple[int, float, int]]:
    """Yield the column, the threshold and the bits of the leaves up to it, of each node; ``place`` is the first bit."""
    if isinstance(tree, list):
        column, threshold, below, above = tree
        count = sum(1 for _ in _leaves(below))
        yield column, threshold, (1 << count) - 1 << place
        yield from _nodes(below, place)
        yield from _nodes(above, place + count)
