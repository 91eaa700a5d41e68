"""How sure is an alignment as a whole? Its beads know whether the texts belong together (`alignment.belonging`)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

SURE_ENOUGH = 0.55
"""Whole texts are told apart without a mistake, of parts of eighty sentences all but one wrong pair in fifty.

A few sentences tell less: see `benchmarks/belonging.py`.
"""
HALF = 0.5


class _Bead(Protocol):
    @property
    def source(self) -> Sequence[object]: ...
    @property
    def target(self) -> Sequence[object]: ...
    @property
    def confidence(self) -> float: ...


@dataclass(frozen=True, slots=True)
class Plausibility:
    """What an alignment says of its two texts as a whole.

    ``confidence`` is the mean over the beads with sentences on both sides (0 if there is none), ``matched`` the share
    of all sentences that such beads hold; both 0 to 1.
    """

    confidence: float
    matched: float

    @property
    def doubt(self) -> str | None:
        """Say in a few words why these texts may not translate each other; None where they seem to."""
        if self.confidence < SURE_ENOUGH:
            return f"confidence {self.confidence:.2f}: they hardly translate each other"
        if self.matched < HALF:
            return f"only {self.matched:.0%} of the sentences have a counterpart"
        return None


def plausibility(beads: Iterable[_Bead]) -> Plausibility:
    """Judge two texts by their beads; two empty texts are no reason for doubt."""
    found = list(beads)
    if not found:
        return Plausibility(1.0, 1.0)
    both = [bead for bead in found if bead.source and bead.target]
    matched, sentences = (sum(len(b.source) + len(b.target) for b in part) for part in (both, found))
    confidence = sum(bead.confidence for bead in both) / max(1, len(both))
    return Plausibility(confidence, matched / max(1, sentences))
