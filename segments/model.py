"""The data that splitting, alignment and documents speak of; offsets are half-open and in code points."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """The half-open range ``start:end`` of a text, in code points.

    >>> "One. Two."[Span(5, 9).slice()]
    'Two.'
    """

    start: int
    end: int

    def slice(self) -> slice:
        """Return the slice that cuts this span out of its text."""
        return slice(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Bead:
    """The smallest group of sentences that translate each other.

    ``source`` and ``target`` are ranges of sentence indices (0-based). An empty range marks a deletion (nothing on the
    target side) or an addition (nothing on the source side); its ``start`` is the place where it stands.
    ``confidence`` is the probability, 0 to 1, that exactly this bead is right.
    """

    source: range
    target: range
    confidence: float
