"""A document beside its translation: both as sentences, and what a person has settled between them."""

from collections.abc import Collection, Iterator, Mapping, Sequence
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
    absent = old.unanswered() if same else frozenset()
    settled = entries.settled(catalog)
    standing = [bead for bead in old.beads if not bead.source or not absent.issuperset(bead.source)]
    firm = {
        bead
        for bead in standing
        if bead.confirmed_by is not None
        or bead.source in settled
        or (bead.source and bead.target and all(i in steady for i in bead.source))
    }
    kinds = dict(zip(source.segments, source.kinds(), strict=True))
    sources = {identity: segment for identity, segment in source.segments.items() if identity not in absent}
    targets = target.segments
    fixed = tuple(_fixed(standing, firm, list(sources), list(targets)))
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


def _fixed(
    beads: Sequence[BeadRecord], firm: Collection[BeadRecord], source: Sequence[str], target: Sequence[str]
) -> Iterator[tuple[range, range]]:
    """Yield where the firm ones of some beads stand now: those whose sentences are still there, side by side, in order.

    An omission or addition stands, on its empty side, where the sentences around it still meet.
    """
    sides = [
        _Side([i for bead in beads for i in bead.source], source),
        _Side([i for bead in beads for i in bead.target], target),
    ]
    ends = [0, 0]
    for bead in beads:
        rows, columns = (side.pass_by(ids) for side, ids in zip(sides, (bead.source, bead.target), strict=True))
        if bead not in firm or rows is None or columns is None or not (rows or columns):
            continue
        if rows.start >= ends[0] and columns.start >= ends[1]:
            ends = [rows.stop, columns.stop]
            yield rows, columns


class _Side:
    """The sentences of one side as they stood, passed by bead after bead, and where they stand now."""

    def __init__(self, old: Sequence[str], new: Sequence[str]) -> None:
        self._old, self._passed = old, 0
        self._place = {identity: place for place, identity in enumerate(new)}

    def pass_by(self, ids: Sequence[str]) -> range | None:
        """Return where the next sentences stand now, or the sentences around none; None where they do not any more."""
        start = self._passed
        self._passed += len(ids)
        if ids:
            return stretch(ids, self._place) or None
        before = self._place.get(self._old[start - 1]) if start else -1
        after = self._place.get(self._old[start]) if start < len(self._old) else len(self._place)
        return range(after, after) if before is not None and after == before + 1 else None
