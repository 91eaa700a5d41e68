"""A document beside its translation: both as sentences, and what a person has settled between them."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from locales import Catalog
from segments.documents import Segment

from . import entries
from .carrying import carry
from .ingest import Change, load_version
from .project import Project
from .records import Alignment, BeadRecord, read_alignment, stretch
from .segmenting import Version


@dataclass(frozen=True, slots=True)
class Pair:
    """A document, its translation, and the beads that a person settled.

    ``sources`` and ``targets`` are the sentences by id, ``kinds`` the kinds of unit they stand in, side by side.
    ``alignment`` is how it stood; ``settled`` has the records of
    the settled beads by ids, ``fixed`` the sentences of those that stand in order, ``spoken_for`` the target sentences
    of the others, which moved: their text is in use and is offered to no other source sentence. Source sentences that
    came after the translation was made are no part of ``sources``; ``all_sources`` has them, too, and
    ``later`` names them.
    """

    document: str
    language: str
    sources: Mapping[str, Segment]
    targets: Mapping[str, Segment]
    kinds: tuple[list[str], list[str]]
    digests: tuple[str, str]
    catalog: Catalog
    alignment: Alignment
    fixed: tuple[tuple[range, range], ...]
    settled: Mapping[tuple[tuple[str, ...], tuple[str, ...]], BeadRecord]
    spoken_for: frozenset[str]
    all_sources: Mapping[str, Segment]
    later: frozenset[str]

    def texts(self) -> tuple[list[str], list[str]]:
        """Return what a reader sees of the sentences of both sides."""
        source, target = ([segment.plain for segment in side.values()] for side in (self.sources, self.targets))
        return source, target


def read_pair(project: Project, document: str, target: Version, followed: Change | None = None) -> Pair:
    """Read what the project has of a document and of a version of its translation.

    Where the source was ``followed`` just now, and the translation is as it was, beads of sentences that are as they
    were are settled, too, and what came is later.

    Raises:
        ProjectError, LocalesError: a file cannot be used, or the document is not cut as it stands.
    """
    source = load_version(project, document, project.source)
    catalog = project.catalog(document, target.language)
    path = project.alignment_path(document, target.language)
    old = read_alignment(path) if path.exists() else Alignment("", "", ())
    same = old.target_digest == target.digest()
    steady: Collection[str] = ()
    if same and followed:
        old, steady = _followed(old, list(source.segments), followed), followed.steady
    absent = old.unanswered() if same else ()
    settled = entries.settled(catalog)
    firm = [
        bead
        for bead in old.beads
        if bead.confirmed_by is not None
        or bead.source in settled
        or (bead.source and bead.target and all(i in steady for i in bead.source))
    ]
    kinds = dict(zip(source.segments, source.kinds(), strict=True))
    sources = {identity: segment for identity, segment in source.segments.items() if identity not in absent}
    targets = target.segments
    fixed = tuple(_fixed(firm, list(sources), list(targets)))
    names = list(targets)
    in_place = {names[place] for _, places in fixed for place in places}
    return Pair(
        document,
        target.language,
        sources,
        targets,
        ([kinds[identity] for identity in sources], target.kinds()),
        (source.digest(), target.digest()),
        catalog,
        old,
        fixed,
        settled={(bead.source, bead.target): bead for bead in firm},
        spoken_for=frozenset(identity for bead in firm for identity in bead.target) - in_place,
        all_sources=source.segments,
        later=old.later if same else frozenset(),
    )


def _followed(old: Alignment, source: Sequence[str], change: Change) -> Alignment:
    """Return an alignment brought along to a source that changed; what is only cut otherwise is not later."""
    carried = carry(old.beads, source)
    known = {identity for bead in old.beads for identity in bead.source}
    return replace(old, beads=carried.beads, later=old.later | carried.later & (known | change.later))


def _fixed(beads: Iterable[BeadRecord], source: Sequence[str], target: Sequence[str]) -> Iterator[tuple[range, range]]:
    """Yield the beads whose sentences are still there, side by side and in order.

    A confirmed omission or addition holds no place on its empty side, so it fixes nothing.
    """
    places = [{identity: place for place, identity in enumerate(side)} for side in (source, target)]
    ends = [0, 0]
    for bead in beads:
        ranges = [stretch(ids, place) for ids, place in zip((bead.source, bead.target), places, strict=True)]
        if all(r and r.start >= end for r, end in zip(ranges, ends, strict=True)):
            ends = [r.stop for r in ranges]
            yield ranges[0], ranges[1]
