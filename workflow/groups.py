"""An alignment as a sequence of groups: how many sentences of each text come next, and belong together.

Sentences keep their order, so every sentence stands in one group and in order, whatever is done. Every change is one
`Replace`, whose inverse swaps what was and what is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

from .errors import ProjectError
from .plausibility import plausibility
from .records import BeadRecord

Side = Literal["source", "target"]
SIDES: tuple[Side, Side] = ("source", "target")


@dataclass(frozen=True, slots=True)
class Group:
    """A bead by how many sentences it takes up on each side; not both are 0."""

    source: int
    target: int
    confidence: float = 0.0
    confirmed_by: str | None = None

    def count(self, side: Side) -> int:
        """Return how many sentences it has on a side."""
        return self.source if side == "source" else self.target

    def with_count(self, side: Side, count: int) -> "Group":
        """Return a group that nobody has judged, with another number of sentences on a side."""
        return Group(count, self.target) if side == "source" else Group(self.source, count)


Groups = Sequence[Group]


@dataclass(frozen=True, slots=True)
class Replace:
    """An operation: the groups ``old``, which stand at place ``start``, give way to ``new``."""

    start: int
    old: tuple[Group, ...]
    new: tuple[Group, ...]

    @property
    def inverse(self) -> "Replace":
        """The operation that takes this one back."""
        return Replace(self.start, self.new, self.old)

    def apply(self, groups: Groups) -> tuple[Group, ...]:
        """Return the groups after it.

        Raises:
            ProjectError: other groups stand there.
        """
        stop = self.start + len(self.old)
        if tuple(groups[self.start : stop]) != self.old:
            raise ProjectError("these beads were changed meanwhile; look at them as they are now")
        return (*groups[: self.start], *self.new, *groups[stop:])


def replace_stretch(groups: Groups, start: int, stop: int, new: Iterable[Group]) -> Replace:
    """Group the sentences of a stretch of groups anew.

    Raises:
        ProjectError: the new groups do not have the sentences of the old.
    """
    operation = Replace(start, tuple(groups[start:stop]), tuple(new))
    for side in SIDES:
        if sum(g.count(side) for g in operation.old) != sum(g.count(side) for g in operation.new):
            raise ProjectError("the new beads do not have the sentences of the old")
    return operation


def between_confirmed(groups: Groups, at: int) -> tuple[int, int]:
    """Return the stretch, start and stop, of unconfirmed groups around a place; empty where that one is confirmed."""
    start = stop = at
    while start > 0 and groups[start - 1].confirmed_by is None and groups[at].confirmed_by is None:
        start -= 1
    while stop < len(groups) and groups[stop].confirmed_by is None:
        stop += 1
    return start, stop


def groups_of(beads: Sequence[BeadRecord], source: Sequence[str], target: Sequence[str]) -> list[Group]:
    """Return beads by segment ids as groups of the sentences of both texts.

    Raises:
        ProjectError: the beads do not hold every sentence once and in order.
    """
    found = [[i for bead in beads for i in bead.source], [i for bead in beads for i in bead.target]]
    if found != [list(source), list(target)]:
        raise ProjectError("its beads do not hold every sentence of both texts once and in order")
    return list(groups_like(beads))


def groups_like(beads: Iterable[BeadRecord]) -> tuple[Group, ...]:
    """Return how many sentences beads hold on each side; confidence has four digits, as in the file."""
    return tuple(Group(len(b.source), len(b.target), round(b.confidence, 4), b.confirmed_by) for b in beads)


def beads_of(
    groups: Groups, source: Sequence[str], target: Sequence[str], places: tuple[int, int] = (0, 0)
) -> tuple[BeadRecord, ...]:
    """Return groups as beads by segment ids, the first of them at these sentence numbers of both texts."""
    sources = accumulate((group.source for group in groups), initial=places[0])
    targets = accumulate((group.target for group in groups), initial=places[1])
    return tuple(
        BeadRecord(tuple(source[s : s + g.source]), tuple(target[t : t + g.target]), g.confidence, g.confirmed_by)
        for g, s, t in zip(groups, sources, targets, strict=False)
    )


def strangers(beads: Sequence[BeadRecord]) -> bool:
    """Tell whether two texts hardly belong together: their beads are no likely ones, and nobody has confirmed any."""
    return plausibility(beads).doubt is not None and all(bead.confirmed_by is None for bead in beads)
