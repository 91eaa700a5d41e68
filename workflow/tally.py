"""What of a catalog is published, and how many entries are left out for which reason."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:  # a tally that was kept is read without them
    from .entries import Bead


class Tally(NamedTuple):
    """Entries of a catalog: published, left out as drafts, without translation, in broken beads."""

    translated: int
    drafts: int
    untranslated: int
    broken: int


def included(beads: "Iterable[Bead]", *, drafts: bool) -> "list[Bead]":
    """Return the beads that are published: whole, and translated or, where they are asked for, drafts."""
    from locales import State

    least = State.DRAFT if drafts else State.TRANSLATED
    return [bead for bead in beads if bead.valid and bead.state >= least]


def tally(beads: "Sequence[Bead]", *, drafts: bool) -> Tally:
    """Count the entries of a catalog by what becomes of them."""
    from locales import State

    def entries(*states: State) -> int:
        return sum(len(bead.entries) for bead in beads if bead.valid and bead.state in states)

    waiting = entries(State.DRAFT)
    return Tally(
        translated=entries(State.TRANSLATED, State.APPROVED) + (waiting if drafts else 0),
        drafts=0 if drafts else waiting,
        untranslated=entries(State.UNTRANSLATED),
        broken=sum(len(bead.entries) for bead in beads if not bead.valid),
    )
