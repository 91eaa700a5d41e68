"""How two changed versions of a value or a list become one: who changed something wins over who did not.

Every function is symmetric: with ours and theirs exchanged it returns the same.
"""

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from typing import Any, TypeVar

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)


def merge_value(base: T, ours: T, theirs: T, rank: Callable[[T], Any] = repr) -> T:
    """Return the value of the side that changed it; where both did, the one of the higher ``rank``.

    >>> merge_value("a", "a", "b"), merge_value("a", "c", "b")
    ('b', 'c')
    """
    if ours == theirs or theirs == base:
        return ours
    return theirs if ours == base else max(ours, theirs, key=rank)


def merge_items(base: Sequence[K], ours: Sequence[K], theirs: Sequence[K]) -> tuple[K, ...]:
    """Return the items that nobody took away and those that somebody added, in the order of `merge_order`.

    An item that comes twice is two items, the first and the second of its kind.

    >>> merge_items(["a", "b"], ["a", "b", "c"], ["b"])
    ('b', 'c')
    """
    if ours == theirs or theirs == base:
        return tuple(ours)
    if ours == base:
        return tuple(theirs)
    old, one, other = _numbered(base), _numbered(ours), _numbered(theirs)
    in_all = set(one) & set(other)
    known = set(old)
    return tuple(item[0] for item in merge_order(old, one, other) if item in in_all or item not in known)


def merge_order(
    base: Sequence[K], ours: Sequence[K], theirs: Sequence[K], glued: Collection[K] = frozenset()
) -> list[K]:
    """Return all items of both sides in one order; the items of each sequence are different.

    What both sides have stands as both have it; where they differ, as the side that moved something has it, and if both
    did, as the side that sorts first. What one side alone has follows the item it follows there. Two such runs after
    one item are sorted, but one that begins with a ``glued`` item comes first.

    >>> merge_order("ab", "axb", "ayzb")
    ['a', 'x', 'y', 'z', 'b']
    """
    common = set(ours) & set(theirs)
    first, second = _by_lead(base, ours, theirs, common)
    others = dict(_runs(second, common))
    merged: list[K] = []
    for anchor, run in _runs(first, common):
        merged += anchor
        runs = [each for each in (run, others[anchor]) if each]
        for each in sorted(runs, key=lambda items: (items[0] not in glued, repr(items))):
            merged += each
    return merged


def _by_lead(
    base: Sequence[K], ours: Sequence[K], theirs: Sequence[K], common: set[K]
) -> tuple[Sequence[K], Sequence[K]]:
    """Return the two sides, the one whose order leads first."""
    shared = common.intersection(base)
    known, one, other = (_only(sequence, shared) for sequence in (base, ours, theirs))
    if (one == known) != (other == known):
        return (theirs, ours) if one == known else (ours, theirs)
    ordered = repr(_only(ours, common)) <= repr(_only(theirs, common))
    return (ours, theirs) if ordered else (theirs, ours)


def _only(sequence: Iterable[K], wanted: Collection[K]) -> list[K]:
    return [item for item in sequence if item in wanted]


def _runs(sequence: Iterable[K], common: Collection[K]) -> list[tuple[tuple[K, ...], list[K]]]:
    """Return what follows each common item, which stands alone in a tuple; at the start of the sequence, none does."""
    runs: list[tuple[tuple[K, ...], list[K]]] = [((), [])]
    for item in sequence:
        if item in common:
            runs.append(((item,), []))
        else:
            runs[-1][1].append(item)
    return runs


def _numbered(items: Iterable[K]) -> list[tuple[K, int]]:
    seen: Counter[K] = Counter()
    numbered = []
    for item in items:
        numbered.append((item, seen[item]))
        seen[item] += 1
    return numbered
