"""Align existing translations to their sources, and offer the result to the catalogs."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from locales import Catalog
from segments import Bead, align_documents
from segments.alignment import Associations, Embed, align_stretch

from . import entries
from .associations import Note, associations
from .errors import ProjectError
from .ingest import load_version, read_translation
from .plausibility import Plausibility, plausibility
from .project import Progress, Project
from .records import Alignment, BeadRecord, read_alignment, write_alignment
from .segmenting import Version
from .store import save_files


@dataclass(frozen=True, slots=True)
class Aligned:
    """What aligning one document to its translation in one language gave."""

    document: str
    language: str
    beads: tuple[BeadRecord, ...]
    written: int  # beads offered to the catalog as drafts

    @property
    def plausibility(self) -> Plausibility:
        """How sure the alignment is as a whole."""
        return plausibility(self.beads)

    def summary(self) -> str:
        """Say in a few words what was found."""
        judged = self.plausibility
        found = f"{len(self.beads)} beads, mean confidence {judged.confidence:.2f}, {self.written} drafts"
        return f"{found}; {judged.doubt}" if judged.doubt else found


@dataclass(frozen=True, slots=True)
class Pair:
    """A document, its translation, and the beads that a person settled.

    ``alignment`` is how it stood; ``settled`` has the records of the settled beads by ids, ``fixed`` the sentences of
    those that stand in order, ``spoken_for`` the target sentences of the others, which moved: their text is in use and
    is offered to no other source sentence.
    """

    document: str
    source: Version
    target: Version
    catalog: Catalog
    alignment: Alignment
    fixed: tuple[tuple[range, range], ...]
    settled: Mapping[tuple[tuple[str, ...], tuple[str, ...]], BeadRecord]
    spoken_for: frozenset[str]


def align_project(
    project: Project,
    documents: Sequence[str],
    languages: Sequence[str],
    progress: Progress = lambda *_: None,
    *,
    embed: Embed | None = None,
    note: Note = lambda text: None,
) -> list[Aligned]:
    """Align documents to their existing translations, all documents of a language together.

    They start from what the other documents have taught (`associations`); ``note`` is told what is wrong with that.
    ``embed`` is a model of meaning that is asked too.

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
        done += _align_and_save(project, pairs, language, {}, progress, note, embed)
    return done


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
    note: Note = lambda text: None,
) -> Aligned:
    """Take an existing translation of a document into the project and align it; all is written, or nothing.

    Raises:
        ProjectError, SegmentsError: the file or the project cannot be used as they are.
    """
    arrival = read_translation(project, path, language, document, force=force)
    pair = _pair(project, document, arrival.version)
    (aligned,) = _align_and_save(project, [pair], language, arrival.files(project, document), progress, note)
    return aligned


def realign(
    project: Project,
    document: str,
    language: str,
    after: str | None,
    before: str | None,
    *,
    note: Note = lambda text: None,
) -> Aligned:
    """Align a document anew between two beads that a person confirmed, and leave all else of it as it is.

    What the whole document teaches is kept in the project, so the time is that of the stretch.

    Args:
        project, document, language: what is aligned.
        after, before: the id of a source sentence in each of the two beads; None stands for an end of the document.
        note: see `align_project`.

    Raises:
        ProjectError: a bead is not confirmed, the two are not in this order, the document or its translation changed
            since it was aligned, or a file of the project cannot be used.
    """
    pair = _pair(project, document, load_version(project, document, language))
    old = pair.alignment
    if (old.source_digest, old.target_digest) != (pair.source.digest(), pair.target.digest()):
        raise ProjectError(f"{document}: changed since it was aligned; run `hexapla align {document}` first")
    stretch = _stretch(pair, after, before)
    known = Associations.joined(list(associations(project, language, note=note).values()))
    source, target = pair.source.segments(), pair.target.segments()
    beads = align_stretch(
        list(source.values()),
        list(target.values()),
        project.source,
        language,
        stretch,
        fixed=[bead for bead in pair.fixed if all(map(_within, bead, stretch))],
        known=known,
    )
    first = next((n for n, bead in enumerate(old.beads, 1) if after in bead.source), 0)
    last = next((n for n, bead in enumerate(old.beads) if before in bead.source), len(old.beads))
    found = _records(pair, beads, list(source), list(target))
    files: dict[Path, bytes] = {}
    aligned = _write(project, pair, [*old.beads[:first], *found, *old.beads[last:]], files)
    save_files(files)
    return aligned


def _stretch(pair: Pair, after: str | None, before: str | None) -> tuple[range, range]:
    """Return the sentences between two confirmed beads."""
    places = {identity: place for place, identity in enumerate(pair.source.segments())}
    targets = pair.target.segments()
    ends = [(range(0), range(0)), (range(len(places), len(places)), range(len(targets), len(targets)))]
    for number, identity in enumerate((after, before)):
        if identity is not None:
            found = [bead for bead in pair.fixed if places.get(identity) in bead[0]]
            if not found:
                raise ProjectError(f"{identity}: is in no confirmed bead of {pair.document}; confirm its bead first")
            ends[number] = found[0]
    start, end = ends
    if start[0].stop > end[0].start:
        raise ProjectError(f"{after} does not come before {before} in {pair.document}: name the earlier one first")
    return range(start[0].stop, end[0].start), range(start[1].stop, end[1].start)


def _within(part: range, whole: range) -> bool:
    return whole.start <= part.start and part.stop <= whole.stop


def _align_and_save(
    project: Project,
    pairs: Sequence[Pair],
    language: str,
    files: dict[Path, bytes],
    progress: Progress,
    note: Note,
    embed: Embed | None = None,
) -> list[Aligned]:
    others = associations(project, language, without={pair.document for pair in pairs}, note=note)
    sides = [(pair.source.segments(), pair.target.segments()) for pair in pairs]
    found = align_documents(
        [(list(source.values()), list(target.values())) for source, target in sides],
        project.source,
        language,
        fixed=[pair.fixed for pair in pairs],
        known=Associations.joined(list(others.values())),
        embed=embed,
        progress=lambda done, total: progress(f"align {language}", done, total),
    )
    done = [
        _write(project, pair, _records(pair, beads, list(source), list(target)), files)
        for pair, beads, (source, target) in zip(pairs, found, sides, strict=True)
    ]
    save_files(files)
    return done


def _write(project: Project, pair: Pair, beads: Sequence[BeadRecord], files: dict[Path, bytes]) -> Aligned:
    """Offer the beads to the catalog, and add what is to be written to ``files``."""
    language = pair.target.language
    offered = [bead for bead in beads if not pair.spoken_for.intersection(bead.target)]
    written = entries.project_beads(pair.catalog, offered, pair.target.segments(), language)
    alignment = Alignment(pair.source.digest(), pair.target.digest(), tuple(beads))
    files[project.alignment_path(pair.document, language)] = write_alignment(alignment)
    files[project.catalog_path(pair.document, language)] = pair.catalog.to_bytes()
    return Aligned(pair.document, language, alignment.beads, written)


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
    old = read_alignment(path) if path.exists() else Alignment("", "", ())
    settled = entries.settled(catalog)
    firm = [bead for bead in old.beads if bead.confirmed_by is not None or bead.source in settled]
    targets = list(target.segments())
    fixed = tuple(_fixed(firm, list(source.segments()), targets))
    in_place = {targets[place] for _, places in fixed for place in places}
    spoken_for = frozenset(identity for bead in firm for identity in bead.target) - in_place
    return Pair(document, source, target, catalog, old, fixed, {(b.source, b.target): b for b in firm}, spoken_for)


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
