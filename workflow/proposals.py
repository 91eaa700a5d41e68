"""What the aligner proposes where a person has translated: shown beside that text, taken when a person says so."""

from dataclasses import dataclass

from locales import State

from .groups import beads_of
from .open_alignment import OpenAlignment
from .pairing import translations
from .records import BeadRecord
from .rows import Row


@dataclass(frozen=True, slots=True)
class Proposal:
    """A stretch in which the borders of catalog rows and of beads meet, and what each has there.

    Attributes:
        rows: the rows of the catalog.
        aligned: the beads with their translations; an empty one leaves the source out.
    """

    rows: tuple[Row, ...]
    aligned: tuple[tuple[BeadRecord, str], ...]

    @property
    def differs(self) -> bool:
        """Whether a person's text stands there, and the aligner would have another, or other borders."""
        standing = [(row.entries, row.target) for row in self.rows]
        return any(not _open(row) for row in self.rows) and standing != [(b.source, text) for b, text in self.aligned]


def proposal(alignment: OpenAlignment, at: int) -> Proposal | None:
    """Return what stands in the catalog at a group of the alignment, and what the aligner has there.

    None where the group has no source sentence: the catalog has no place for it.
    """
    _, groups = alignment.groups()
    ids, catalog = alignment.ids(), alignment.catalog
    catalog.refresh()
    start, stop = at, at + 1
    while True:
        beads = beads_of(groups[start:stop], *ids, alignment.place(start))
        source = [i for bead in beads for i in bead.source]
        places = [catalog.place(i) for i in source]
        if not places or places[0] is None or places[-1] is None:
            return None
        rows = tuple(catalog.rows(places[0], places[-1] + 1))
        first, last = alignment.place_of(rows[0].entries[0]), alignment.place_of(rows[-1].entries[-1])
        if first is None or last is None:
            return None
        if (min(start, first), max(stop, last + 1)) == (start, stop):
            original, translated = (version.segments for version in alignment.texts())
            wanted = (bead for bead in beads if bead.source)
            return Proposal(rows, tuple(translations(wanted, original, translated, alignment.language)))
        start, stop = min(start, first), max(stop, last + 1)


def _open(row: Row) -> bool:
    """Whether the machine may write there by itself, as `workflow.entries.Bead.open` says."""
    return row.state is State.UNTRANSLATED or (row.state is State.DRAFT and row.confidence is not None)
