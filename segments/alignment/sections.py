"""Which stretches of one text are missing, added or moved in the other? What a path that only goes forward cannot say.

A run of sentences that nothing translates is a section without a counterpart. Where two such runs stand in different
places of the two sides, they may be one section that moved: they are aligned to each other, with all beads as teachers,
and taken together when most of their sentences surely match.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import groupby, product

from ..model import Bead
from .corpus import with_kinds
from .params import Params
from .passes import align_all
from .region import Ranges, found_in

_MOST_RUNS, _MOST_PAIRS = 60, 60
"""The longest runs of a side and pairs of runs are enough: texts with more of them are not one in another order."""
_MOST_UNEVEN = 2
"""A section that moved has at most so many times the sentences that it had."""
_ENOUGH = 0.6
"""The share of its sentences, by confidence, that must match."""


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of sentences with no counterpart in its place: one side is empty, unless the section moved."""

    source: range
    target: range

    @property
    def moved(self) -> bool:
        """Whether it stands on both sides, in different places."""
        return bool(self.source and self.target)


def find_sections(
    source: Sequence[str],
    target: Sequence[str],
    source_language: str,
    target_language: str,
    beads: Sequence[Bead],
    *,
    least: int = 3,
) -> list[Section]:
    """Return the sections of ``least`` sentences or more that have no counterpart in their place.

    ``beads`` are those of the whole text, as `segments.align` returns them. Sections that moved come first, then what
    is left out of the source, then what the target adds, each in text order.

    Raises AlignmentError when beads are not those of these texts.

    >>> beads = [Bead(range(n, n + 1), range(0), 0.9) for n in range(3)]
    >>> find_sections(["One.", "Two.", "Three."], [], "en", "de", beads)
    [Section(source=range(0, 3), target=range(0, 0))]
    """
    ranges = found_in(beads, len(source), len(target))
    gaps = list(_gaps(ranges))
    left_out = [gap[0] for gap in gaps if len(gap[0]) >= least]
    added = [gap[1] for gap in gaps if len(gap[1]) >= least]
    candidates = _candidates(left_out, added, set(gaps))
    parts = [([source[i] for i in rows], [target[j] for j in columns]) for rows, columns in candidates]
    texts = [with_kinds(*part, None) for part in [(source, target), *parts]] if parts else []
    fixed = [ranges, *([] for _ in parts)] if parts else []
    found = align_all(texts, source_language, target_language, fixed, Params(), lambda done, total: None)[1:]
    moved = []
    for match, (rows, columns) in sorted(
        ((_matching(inner), pair) for inner, pair in zip(found, candidates, strict=True)), key=lambda one: -one[0]
    ):
        if match >= _ENOUGH and rows in left_out and columns in added:
            moved.append(Section(rows, columns))
            left_out.remove(rows)
            added.remove(columns)
    moved.sort(key=lambda section: section.source.start)
    return [*moved, *(Section(rows, range(0)) for rows in left_out), *(Section(range(0), columns) for columns in added)]


def _gaps(beads: Sequence[Ranges]) -> Iterator[Ranges]:
    """Yield what each run of unaligned sentences takes of both sides."""
    for aligned, run in groupby(beads, key=all):
        if not aligned:
            gap = list(run)
            (source, target), (last_source, last_target) = gap[0], gap[-1]
            yield range(source.start, last_source.stop), range(target.start, last_target.stop)


def _candidates(left_out: Sequence[range], added: Sequence[range], gaps: Collection[Ranges]) -> list[Ranges]:
    """Return the pairs of runs that may be one section that moved: the longest, and of those the most even, first."""
    source, target = (nlargest(_MOST_RUNS, side, key=len) for side in (left_out, added))
    pairs = (pair for pair in product(source, target) if _alike(*pair) and pair not in gaps)
    return nlargest(_MOST_PAIRS, pairs, key=lambda pair: (min(map(len, pair)), -max(map(len, pair))))


def _alike(source: range, target: range) -> bool:
    return max(len(source), len(target)) <= _MOST_UNEVEN * min(len(source), len(target))


def _matching(beads: Sequence[Bead]) -> float:
    """Return the share of the sentences that match, each by the confidence of its bead."""
    sizes = [len(bead.source) + len(bead.target) for bead in beads]
    matched = sum(
        size * bead.confidence for size, bead in zip(sizes, beads, strict=True) if bead.source and bead.target
    )
    return matched / sum(sizes)
