"""Align existing translations to their sources, and offer the result to the catalogs."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from locales import Catalog
from segments import Bead, SegmentsError, align_documents

from . import entries
from .errors import ProjectError
from .groups import SIDES, Group, Groups
from .ingest import load_version, read_translation
from .project import Progress, Project
from .records import Alignment, BeadRecord, read_alignment, write_alignment
from .segmenting import Version
from .store import save_files

NEIGHBOURS = 100  # beads on either side that a stretch learns from: more cost time and changed 1 bead in 300
CONTEXT = 5_000  # sentences of other documents that a single new document learns from


@dataclass(frozen=True, slots=True)
class Aligned:
    """What aligning one document to its translation in one language gave."""

    document: str
    language: str
    beads: tuple[BeadRecord, ...]
    written: int  # beads offered to the catalog as drafts

    @property
    def confidence(self) -> float:
        """The mean confidence of the beads, 0 to 1."""
        return sum(bead.confidence for bead in self.beads) / max(1, len(self.beads))

    def summary(self) -> str:
        """Say in a few words what was found."""
        return f"{len(self.beads)} beads, mean confidence {self.confidence:.2f}, {self.written} drafts"


@dataclass(frozen=True, slots=True)
class Pair:
    """A document, its translation, and the beads that a person settled.

    ``settled`` are their records by ids; ``fixed`` the sentence ranges of those that stand in order; ``spoken_for`` the
    target sentences of the others, which moved: their text is in use and is offered to no other source sentence.
    """

    document: str
    source: Version
    target: Version
    catalog: Catalog
    fixed: tuple[tuple[range, range], ...]
    settled: Mapping[tuple[tuple[str, ...], tuple[str, ...]], BeadRecord]
    spoken_for: frozenset[str]


def align_project(
    project: Project, documents: Sequence[str], languages: Sequence[str], progress: Progress = lambda *_: None
) -> list[Aligned]:
    """Align documents to their existing translations, all documents of a language together.

    Beads whose grouping or translation a person confirmed stay; other beads are found anew around them, and written
    to the catalogs as drafts where no person has worked.

    Raises:
        ProjectError: a file of the project cannot be used.
    """
    done = []
    for language in languages:
        wanted = [d for d in documents if project.translation_path(d, language) is not None]
        if not wanted:
            continue
        pairs = [_pair(project, d, load_version(project, d, language)) for d in wanted]
        done += _align_and_save(project, pairs, language, {}, progress)
    return done


def align_stretch(
    texts: tuple[Sequence[str], Sequence[str]], languages: tuple[str, str], groups: Groups, start: int, stop: int
) -> list[Group]:
    """Align the sentences of a stretch of groups anew; the groups around it stay, and teach.

    Args:
        texts: the sentences of both texts.
        languages: BCP 47 tags of both.
        groups: the alignment so far.
        start, stop: the stretch, half-open.
    """
    first, last = _neighbours(groups, start, -1), _neighbours(groups, stop, 1)
    places = [list(accumulate((group.count(side) for group in groups[first:last]), initial=0)) for side in SIDES]
    before = [sum(group.count(side) for group in groups[:first]) for side in SIDES]
    around = [n for n, g in enumerate(groups[first:last], first) if not start <= n < stop and g.source and g.target]
    fixed = [tuple(range(side[n - first], side[n - first + 1]) for side in places) for n in around]
    sentences = [text[skip : skip + side[-1]] for text, skip, side in zip(texts, before, places, strict=True)]
    (beads,) = align_documents([(sentences[0], sentences[1])], *languages, fixed=[[(s, t) for s, t in fixed]])
    begin, end = ([side[n - first] for side in places] for n in (start, stop))
    return [
        Group(len(bead.source), len(bead.target), round(bead.confidence, 4))
        for bead in beads
        if begin[0] <= bead.source.start
        and bead.source.stop <= end[0]
        and begin[1] <= bead.target.start
        and bead.target.stop <= end[1]
    ]


def _neighbours(groups: Groups, border: int, step: int) -> int:
    """Return how far the groups beyond a border of a stretch are taken along to teach.

    None are where the nearest has an empty side: it would hold no place, and the border would not hold.
    """
    nearest = border - 1 if step < 0 else border
    if not (0 <= nearest < len(groups) and groups[nearest].source and groups[nearest].target):
        return border
    return min(len(groups), max(0, border + step * NEIGHBOURS))


def check_readable(project: Project, documents: Sequence[str]) -> None:
    """Read all that aligning these documents needs, so that what is broken is met before anything is written.

    Raises:
        ProjectError, LocalesError: a catalog or an alignment cannot be used.
    """
    for document in documents:
        for language in project.targets:
            if project.catalog_path(document, language).exists():
                project.catalog(document, language)
            if project.alignment_path(document, language).exists():
                read_alignment(project.alignment_path(document, language))


def add_translation(
    project: Project,
    path: Path,
    language: str,
    document: str,
    *,
    force: bool = False,
    progress: Progress = lambda *_: None,
) -> Aligned:
    """Take an existing translation of a document into the project and align it; all is written, or nothing.

    Raises:
        ProjectError, SegmentsError: the file or the project cannot be used as they are.
    """
    arrival = read_translation(project, path, language, document, force=force)
    pair = _pair(project, document, arrival.version)
    (aligned,) = _align_and_save(project, [pair], language, arrival.files(project, document), progress)
    return aligned


def _align_and_save(
    project: Project, pairs: Sequence[Pair], language: str, files: dict[Path, bytes], progress: Progress
) -> list[Aligned]:
    context = _context(project, {pair.document for pair in pairs}, language)
    found = _align(pairs, context, lambda done, total: progress(f"align {language}", done, total))
    done = []
    for pair, beads in zip(pairs, found, strict=True):
        offered = [bead for bead in beads if not pair.spoken_for.intersection(bead.target)]
        written = entries.project_beads(pair.catalog, offered, pair.target.segments(), language)
        alignment = Alignment(pair.source.digest(), pair.target.digest(), tuple(beads))
        files[project.alignment_path(pair.document, language)] = write_alignment(alignment)
        files[project.catalog_path(pair.document, language)] = pair.catalog.to_bytes()
        done.append(Aligned(pair.document, language, alignment.beads, written))
    save_files(files)
    return done


def _align(
    pairs: Sequence[Pair], context: Sequence[tuple[list[str], list[str]]], progress: Callable[[int, int], None]
) -> list[list[BeadRecord]]:
    sides = [(pair.source.segments(), pair.target.segments()) for pair in pairs]
    texts = [(list(s.values()), list(t.values())) for s, t in sides] + list(context)
    fixed = [pair.fixed for pair in pairs] + [()] * len(context)
    found = align_documents(texts, pairs[0].source.language, pairs[0].target.language, fixed=fixed, progress=progress)
    return [
        _records(pair, beads, list(s), list(t))
        for pair, beads, (s, t) in zip(pairs, found[: len(pairs)], sides, strict=True)
    ]


def _records(pair: Pair, beads: Iterable[Bead], source: Sequence[str], target: Sequence[str]) -> list[BeadRecord]:
    records = []
    for bead in beads:
        ids = tuple(source[i] for i in bead.source), tuple(target[j] for j in bead.target)
        records.append(pair.settled.get(ids) or BeadRecord(*ids, bead.confidence))
    return records


def _pair(project: Project, document: str, target: Version) -> Pair:
    source = load_version(project, document, project.source)
    catalog = project.catalog(document, target.language)
    path = project.alignment_path(document, target.language)
    old = read_alignment(path).beads if path.exists() else ()
    settled = entries.settled(catalog)
    firm = [bead for bead in old if bead.confirmed_by is not None or bead.source in settled]
    targets = list(target.segments())
    fixed = tuple(_fixed(firm, list(source.segments()), targets))
    in_place = {targets[place] for _, places in fixed for place in places}
    spoken_for = frozenset(identity for bead in firm for identity in bead.target) - in_place
    return Pair(document, source, target, catalog, fixed, {(b.source, b.target): b for b in firm}, spoken_for)


def _fixed(beads: Iterable[BeadRecord], source: Sequence[str], target: Sequence[str]) -> Iterator[tuple[range, range]]:
    """Yield the beads whose sentences are still there, side by side and in order.

    A confirmed omission or addition holds no place on its empty side, so it fixes nothing.
    """
    places = [{identity: place for place, identity in enumerate(side)} for side in (source, target)]
    ends = [0, 0]
    for bead in beads:
        ranges = [_range(ids, place) for ids, place in zip((bead.source, bead.target), places, strict=True)]
        if all(r and r.start >= end for r, end in zip(ranges, ends, strict=True)):
            ends = [r.stop for r in ranges]
            yield ranges[0], ranges[1]


def _range(ids: Sequence[str], place: Mapping[str, int]) -> range:
    """Return where consecutive ids stand; an empty range when they no longer stand side by side."""
    places = [place.get(identity, -1) for identity in ids]
    if not places or places[0] < 0 or places != list(range(places[0], places[0] + len(places))):
        return range(0)
    return range(places[0], places[-1] + 1)


def _context(project: Project, wanted: Collection[str], language: str) -> list[tuple[list[str], list[str]]]:
    """Return the sentences of other pairs of the language, as many as are cheap, for a small document to learn from.

    A pair that cannot be read just now is passed over: nothing of it is at stake here.
    """
    texts: list[tuple[list[str], list[str]]] = []
    room = CONTEXT
    for document in project.documents():
        if document in wanted or project.translation_path(document, language) is None:
            continue
        try:
            source, target = (load_version(project, document, tag).segments() for tag in (project.source, language))
        except (ProjectError, SegmentsError):
            continue
        room -= len(source)
        if room < 0:
            break
        texts.append((list(source.values()), list(target.values())))
    return texts
