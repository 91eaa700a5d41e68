"""What becomes of an alignment when its source changes: beads stay with their sentences, whatever came is later."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from .records import BeadRecord


@dataclass(frozen=True, slots=True)
class Carried:
    """Beads that hold every sentence once and in order.

    ``touched`` are the places of those whose own sentences changed; ``later`` has the source sentences that came, or
    went elsewhere, after the translation was made: that they have no counterpart says nothing.
    """

    beads: tuple[BeadRecord, ...]
    touched: tuple[int, ...]
    later: frozenset[str]


def carry(beads: Sequence[BeadRecord], source: Sequence[str], changed: Iterable[str] = ()) -> Carried:
    """Bring beads along to a source of other sentences.

    A bead whose sentences moved past others, or were parted, keeps its translation where most beads keep their order:
    with the first of those that stand side by side.

    Args:
        beads: of the source before.
        source: ids of the sentences there are now, in order.
        changed: ids of those that have another text.
    """
    places = {identity: place for place, identity in enumerate(source)}
    runs = [_first_run(bead, places) for bead in beads]
    kept = _in_order(runs)
    rewritten = set(changed)
    found: list[BeadRecord] = []
    touched = []
    later: set[str] = set()

    def come(stop: int, start: int) -> Iterator[BeadRecord]:
        for identity in source[start:stop]:
            later.add(identity)
            yield BeadRecord((identity,), (), 0.0)

    end = 0
    for number, (bead, run) in enumerate(zip(beads, runs, strict=True)):
        if number in kept:
            found += come(run.start, end)
            end = run.stop
            own = tuple(source[run.start : run.stop])
            if own != bead.source or not rewritten.isdisjoint(own):
                touched.append(len(found))
            found.append(bead if own == bead.source else replace(bead, source=own, confirmed_by=None))
        elif bead.target:
            found.append(replace(bead, source=(), confirmed_by=None) if bead.source else bead)
    found += come(len(source), end)
    return Carried(tuple(found), tuple(touched), frozenset(later))


def _first_run(bead: BeadRecord, places: Mapping[str, int]) -> range:
    """Return where the first of a bead's sentences that are still there stand side by side."""
    there = [places[identity] for identity in bead.source if identity in places]
    run = range(there[0], there[0] + 1) if there else range(0)
    for place in there[1:]:
        if place != run.stop:
            break
        run = range(run.start, place + 1)
    return run


def _in_order(runs: Sequence[range]) -> set[int]:
    """Return the numbers of as many runs as stand in order, none of them empty: a longest increasing subsequence."""
    tails: list[int] = []  # of the subsequence of each length, the least place that it can end at, and who stands there
    ends: list[int] = []
    before: dict[int, int] = {}
    for number, run in enumerate(runs):
        if not run:
            continue
        length = bisect_left(tails, run.start)
        tails[length : length + 1] = [run.start]
        ends[length : length + 1] = [number]
        if length:
            before[number] = ends[length - 1]
    kept = set(ends[-1:])
    while (last := min(kept, default=-1)) in before:
        kept.add(before[last])
    return kept
