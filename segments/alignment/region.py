"""Which parts of two texts are still to be aligned? The rectangles between the beads that a person confirmed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ..errors import AlignmentError
from ..model import Bead

Ranges = tuple[range, range]
"""Sentence numbers of a bead: source and target."""


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of each side, in global sentence numbers, that is aligned within its own borders."""

    source: range
    target: range


@dataclass(frozen=True, slots=True)
class Document:
    """One document: its sentences on both sides and its confirmed beads, in order; global sentence numbers."""

    source: range
    target: range
    fixed: list[Ranges]

    @property
    def linked(self) -> bool:
        """Whether a person confirmed that sentences of both sides belong together; omissions say nothing of that."""
        return any(source and target for source, target in self.fixed)

    def regions(self) -> list[Region]:
        """Return the regions before, between and after the confirmed beads, empty ones too."""
        start = range(self.source.start, self.source.start), range(self.target.start, self.target.start)
        end = range(self.source.stop, self.source.stop), range(self.target.stop, self.target.stop)
        return [
            Region(range(before[0].stop, after[0].start), range(before[1].stop, after[1].start))
            for before, after in pairwise([start, *self.fixed, end])
        ]

    def open_regions(self) -> list[Region]:
        """Return the regions with sentences on both sides."""
        return [region for region in self.regions() if region.source and region.target]


def lay_out(sizes: Iterable[tuple[int, int]], fixed: Iterable[Sequence[Ranges]]) -> list[Document]:
    """Number the sentences of all documents from end to end.

    ``sizes`` are the sentences of each document on both sides, ``fixed`` its confirmed beads in its own numbers.
    Raises AlignmentError when those do not fit.
    """
    documents = []
    source = target = 0
    for (sources, targets), beads in zip(sizes, fixed, strict=True):
        placed = [moved(bead, source, target) for bead in checked(beads, sources, targets)]
        documents.append(Document(range(source, source + sources), range(target, target + targets), placed))
        source, target = source + sources, target + targets
    return documents


def moved(bead: Ranges, source: int, target: int) -> Ranges:
    """Return a bead by numbers that begin so much later on each side.

    >>> moved((range(0, 1), range(2, 4)), 10, -2)
    (range(10, 11), range(0, 2))
    """
    left, right = bead
    return range(left.start + source, left.stop + source), range(right.start + target, right.stop + target)


def stretch_of(stretch: Ranges, sources: int, targets: int) -> Ranges:
    """Return a stretch of a document of so many sentences; raises AlignmentError when it is none."""
    if not all(_is_stretch(side, count) for side, count in zip(stretch, (sources, targets), strict=True)):
        raise AlignmentError(
            f"The stretch {_shown(*stretch)} is not a part of texts of {sources} and {targets} sentences: give ranges "
            "of sentence numbers with step 1."
        )
    return stretch


def inside(fixed: Sequence[Ranges], stretch: Ranges, sources: int, targets: int) -> list[Ranges]:
    """Return the fixed beads of a document by the numbers of a stretch of it.

    Raises AlignmentError as `checked` does, or when a bead is not within the stretch.
    """
    for bead in checked(fixed, sources, targets):
        if any(part.start < whole.start or part.stop > whole.stop for part, whole in zip(bead, stretch, strict=True)):
            raise AlignmentError(
                f"The fixed bead {_shown(*bead)} is not within the stretch {_shown(*stretch)}: give those within it."
            )
    return [moved(bead, -stretch[0].start, -stretch[1].start) for bead in fixed]


def found_in(beads: Sequence[Bead], sources: int, targets: int) -> list[Ranges]:
    """Return the sentences of beads that were found in texts of so many; raises AlignmentError when they cannot be."""
    for bead in beads:
        if not (_is_stretch(bead.source, sources) and _is_stretch(bead.target, targets)):
            raise AlignmentError(
                f"The bead {_shown(bead.source, bead.target)} is not a part of texts of {sources} and {targets} "
                "sentences: give the beads that were found for these texts."
            )
    return [(bead.source, bead.target) for bead in beads]


def checked(fixed: Sequence[Ranges], sources: int, targets: int) -> list[Ranges]:
    """Return the fixed beads of a document of so many sentences, in text order.

    Raises AlignmentError when a bead is empty or out of range, or when two of them overlap or cross.
    """
    ordered = sorted(fixed, key=lambda bead: (bead[0].start, bead[1].start, bead[0].stop, bead[1].stop))
    for source, target in ordered:
        if not (_is_stretch(source, sources) and _is_stretch(target, targets)) or not (source or target):
            raise AlignmentError(
                f"The fixed bead {_shown(source, target)} is not a part of texts of {sources} and {targets} sentences: "
                "give ranges of sentence numbers with step 1, of which one at most is empty."
            )
    for before, after in pairwise(ordered):
        if after[0].start < before[0].stop or after[1].start < before[1].stop:
            raise AlignmentError(
                f"The fixed beads {_shown(*before)} and {_shown(*after)} overlap or cross: drop one of them."
            )
    return ordered


def _is_stretch(sentences: range, count: int) -> bool:
    return sentences.step == 1 and 0 <= sentences.start <= sentences.stop <= count


def _shown(source: range, target: range) -> str:
    return f"{source.start}:{source.stop} = {target.start}:{target.stop}"
