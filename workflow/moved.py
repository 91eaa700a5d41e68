"""Which parts of a text stand in another place of its translation."""

from segments import Bead, Section, find_sections

from .open_alignment import OpenAlignment


def moved_sections(alignment: OpenAlignment) -> list[Section]:
    """Return the sections that moved, as ranges of sentence numbers, in source order; see `segments.find_sections`.

    Raises:
        OutdatedError: the texts or the alignment changed, and do not fit together any more.
    """
    _, groups = alignment.groups()
    texts = [list(version.plain_texts().values()) for version in alignment.texts()]
    beads, source, target = [], 0, 0
    for group in groups:
        ends = source + group.source, target + group.target
        beads.append(Bead(range(source, ends[0]), range(target, ends[1]), group.confidence))
        source, target = ends
    tags = alignment.project.source, alignment.language
    return [section for section in find_sections(texts[0], texts[1], *tags, beads) if section.moved]
