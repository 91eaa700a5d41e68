"""What else could stand where a bead stands? The other ways to cover it, alone or with one of its neighbours."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .prior import USUAL
from .region import Ranges

_MOST_BEADS = 3
_WIDEST = 7
"""Sentences a side; a wider place would have too many ways to be covered."""


class Place(NamedTuple):
    """A run of neighbouring beads, and a way to cover the same sentences without any of them."""

    beads: tuple[Ranges, ...]
    rival: tuple[Ranges, ...]


def rivals(beads: Sequence[Ranges], number: int) -> Iterator[Place]:
    """Yield every way to cover the sentences of a bead with other beads, alone or with those of the bead beside it.

    >>> place = [(range(0, 1), range(0, 1))]
    >>> [rival for _, rival in rivals(place, 0)] == [
    ...     ((range(0, 0), range(0, 1)), (range(0, 1), range(1, 1))),
    ...     ((range(0, 1), range(0, 0)), (range(1, 1), range(0, 1))),
    ... ]
    True
    """
    for first, last in ((number, number + 1), (number, number + 2), (number - 1, number + 1)):
        if first >= 0 and last <= len(beads):
            place = tuple(beads[first:last])
            for rival in _coverings(*_whole(place)):
                if set(place).isdisjoint(rival):
                    yield Place(place, rival)


def _whole(place: Sequence[Ranges]) -> Ranges:
    (left, right), (last_left, last_right) = place[0], place[-1]
    return range(left.start, last_left.stop), range(right.start, last_right.stop)


def _coverings(source: range, target: range, room: int = _MOST_BEADS) -> Iterator[tuple[Ranges, ...]]:
    """Yield the ways to cut two stretches into at most ``room`` beads of the usual shapes."""
    if not source and not target:
        yield ()
    elif room and max(len(source), len(target)) <= _WIDEST:
        for rows, columns in sorted(USUAL):
            if rows <= len(source) and columns <= len(target):
                row, column = source.start + rows, target.start + columns
                for rest in _coverings(range(row, source.stop), range(column, target.stop), room - 1):
                    yield ((range(source.start, row), range(target.start, column)), *rest)
