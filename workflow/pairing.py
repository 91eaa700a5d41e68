"""Align existing translations to their sources, and offer the result to the catalogs."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from locales.tags import language_gap
from segments import Bead, Section, find_sections
from segments.alignment import Associations, Embed, align_stretch
from segments.documents import Segment

from . import entries
from .associations import Note, associations
from .bead_search import search
from .carrying import carry
from .errors import DoubtfulError, ProjectError
from .ingest import Change, Plan, load_version, read_translation, update_document
from .pairs import Pair, read_pair
from .plausibility import Plausibility, plausibility
from .project import Progress, Project
from .records import Alignment, BeadRecord, read_alignment, write_alignment
from .rejudging import judged_anew
from .store import save_together
from .tagging import matched_tags


@dataclass(frozen=True, slots=True)
class Aligned:
    """What aligning one document to its translation in one language gave."""

    document: str
    language: str
    beads: tuple[BeadRecord, ...]
    written: int  # beads offered to the catalog as drafts
    sections: tuple[Section, ...] = ()  # stretches with no counterpart in their place, where these were looked for

    @property
    def plausibility(self) -> Plausibility:
        """How sure the alignment is as a whole."""
        return plausibility(self.beads)

    def summary(self) -> str:
        """Say in a few words what was found."""
        judged = self.plausibility
        moved = sum(section.moved for section in self.sections)
        found = [f"{len(self.beads)} beads, mean confidence {judged.confidence:.2f}, {self.written} drafts"]
        found += [f"sections moved: {moved}"] if moved else []
        found += [f"sections on one side only: {len(self.sections) - moved}"] if len(self.sections) > moved else []
        return "; ".join(filter(None, [", ".join(found), judged.doubt]))


def align_project(
    project: Project,
    documents: Sequence[str],
    languages: Sequence[str],
    progress: Progress = lambda *_: None,
    *,
    embed: Embed | None = None,
    note: Note = lambda text: None,
    followed: Mapping[str, Change] = MappingProxyType({}),
) -> list[Aligned]:
    """Align documents to their existing translations, all documents of a language together.

    `bead_search` says what has a say; ``note`` is told what is wrong with what the project learned before, and
    ``embed`` is a model of meaning that is asked too.

    Beads whose grouping or translation a person confirmed stay; other beads are found anew around them, and written
    to the catalogs as drafts where no person has worked. Source sentences that came after the translation was made
    stay untranslated. Where sources were ``followed`` just now, by document, the beads of what is as it was stay, too.

    Raises:
        ProjectError: a file of the project cannot be used.
    """
    wanted = {
        language: [
            read_pair(project, document, load_version(project, document, language), followed.get(document))
            for document in documents
            if project.translation_path(document, language) is not None
        ]
        for language in languages
    }
    return _save(project, search(project, wanted, progress, note, embed), {})


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
    doubtful: bool = True,
    progress: Progress = lambda *_: None,
    note: Note = lambda text: None,
) -> Aligned:
    """Take an existing translation of a document into the project and align it; all is written, or nothing.

    Without ``doubtful`` a text that hardly translates the document is refused.

    Raises:
        DoubtfulError: it hardly does.
        ProjectError, SegmentsError: the file or the project cannot be used as they are.
    """
    arrival = read_translation(project, path, language, document, force=force)
    pair = read_pair(project, document, arrival.version)
    ((_, beads),) = found = list(search(project, {pair.language: [pair]}, progress, note, embed=None))
    doubt = plausibility(beads).doubt
    if doubt and not doubtful:
        raise DoubtfulError(
            f"{path.name} and {document} may not belong together ({doubt}); look whether the file is right"
        )
    (aligned,) = _save(project, found, arrival.files(project, document))
    return aligned


def follow_source(
    project: Project,
    document: str,
    path: Path,
    *,
    progress: Progress = lambda *_: None,
    note: Note = lambda text: None,
) -> Change:
    """Take a new version of a source document, which its translations do not know yet; all of it, or nothing.

    Beads stay with their sentences. What came is untranslated, and no omission; a bead whose own text changed is judged
    anew, and what a catalog has for it is a draft.

    Raises:
        ProjectError, SegmentsError: see `update_document`.
    """
    check_readable(project, [document])
    plan = update_document(project, document, path)
    files = plan.files
    for number, language in enumerate(project.targets if plan.version else ()):
        progress("align", number, len(project.targets))
        files |= _carried(project, document, language, plan, note)
    progress("align", len(project.targets), len(project.targets))
    save_together(project.root, files)
    return plan.change


def _carried(project: Project, document: str, language: str, plan: Plan, note: Note) -> dict[Path, bytes]:
    """Return the alignment of a translation with the new version of its source, if it was aligned as it stands."""
    path = project.alignment_path(document, language)
    if plan.version is None or not path.exists() or project.translation_path(document, language) is None:
        return {}
    old, target = read_alignment(path), load_version(project, document, language)
    source = plan.version
    if old.target_digest != target.digest():
        note(f"{document}: its translation in {language} changed since it was aligned; run `hexapla align {document}`")
        return {}
    carried = carry(old.beads, list(source.segments), plan.rewritten)
    beads = carried.beads
    if carried.touched:
        known = Associations.joined(list(associations(project, language, stale=True, note=note).values()))
        texts = source.plain_texts(), target.plain_texts()
        beads = tuple(judged_anew(beads, carried.touched, texts, (project.source, language), known))
    later = carried.later | old.later
    return {path: write_alignment(Alignment(source.digest(), target.digest(), beads, later))}


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

    What the whole document taught when it was last learned from is kept, so the time is that of the stretch.

    Args:
        project, document, language: what is aligned.
        after, before: the id of a source sentence in each of the two beads; None stands for an end of the document.
        note: see `align_project`.

    Raises:
        ProjectError: a bead is not confirmed, the two are not in this order, the document or its translation changed
            since it was aligned, or a file of the project cannot be used.
    """
    pair = read_pair(project, document, load_version(project, document, language))
    old = pair.alignment
    if (old.source_digest, old.target_digest) != pair.digests:
        raise ProjectError(f"{document}: changed since it was aligned; run `hexapla align {document}` first")
    between = _between(pair, after, before)
    known = Associations.joined(list(associations(project, language, stale=True, note=note).values()))
    inside = [bead for bead in pair.fixed if all(map(_within, bead, between))]
    beads = align_stretch(*pair.texts(), project.source, language, between, fixed=inside, kinds=pair.kinds, known=known)
    first = next((n for n, bead in enumerate(old.beads, 1) if after in bead.source), 0)
    last = next((n for n, bead in enumerate(old.beads) if before in bead.source), len(old.beads))
    files: dict[Path, bytes] = {}
    aligned = _write(project, pair, [*old.beads[:first], *_records(pair, beads), *old.beads[last:]], files)
    save_together(project.root, files)
    return aligned


def _between(pair: Pair, after: str | None, before: str | None) -> tuple[range, range]:
    """Return the sentences between two confirmed beads."""
    places = {identity: place for place, identity in enumerate(pair.sources)}
    sizes = len(pair.sources), len(pair.targets)
    ends = [(range(0), range(0)), (range(sizes[0], sizes[0]), range(sizes[1], sizes[1]))]
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


def _save(project: Project, found: Iterable[tuple[Pair, Sequence[Bead]]], files: dict[Path, bytes]) -> list[Aligned]:
    """Write the beads of each pair, and files that belong with them; all or nothing."""
    done = []
    for pair, beads in found:
        sections = find_sections(*pair.texts(), project.source, pair.language, beads)
        done.append(replace(_write(project, pair, _records(pair, beads), files), sections=tuple(sections)))
    save_together(project.root, files)
    return done


def _write(project: Project, pair: Pair, beads: Sequence[BeadRecord], files: dict[Path, bytes]) -> Aligned:
    """Offer the beads to the catalog, and add what is to be written to ``files``."""
    carried = carry(beads, list(pair.all_sources))
    alignment = Alignment(*pair.digests, carried.beads, carried.later | pair.later)
    offered = [bead for bead in alignment.beads if not pair.spoken_for.intersection(bead.target)]
    texts = translations(offered, pair.all_sources, pair.targets, pair.language)
    written = entries.project_beads(pair.catalog, texts, alignment.unanswered())
    files[project.alignment_path(pair.document, pair.language)] = write_alignment(alignment)
    files[project.catalog_path(pair.document, pair.language)] = pair.catalog.to_bytes()
    return Aligned(pair.document, pair.language, alignment.beads, written)


def translations(
    beads: Iterable[BeadRecord], sources: Mapping[str, Segment], targets: Mapping[str, Segment], language: str
) -> Iterator[tuple[BeadRecord, str]]:
    """Yield beads with the text that each has in the translation, its tags matched to the source.

    Args:
        beads: by segment ids.
        sources, targets: the sentences of both sides by id.
        language: BCP 47 tag of the translation.
    """
    gap = language_gap(language)
    for bead in beads:
        sides = [sources[i] for i in bead.source], [targets[i] for i in bead.target]
        yield bead, matched_tags(*sides, gap)


def _records(pair: Pair, beads: Iterable[Bead]) -> list[BeadRecord]:
    source, target = list(pair.sources), list(pair.targets)
    records = []
    for bead in beads:
        ids = tuple(source[i] for i in bead.source), tuple(target[j] for j in bead.target)
        records.append(pair.settled.get(ids) or BeadRecord(*ids, bead.confidence))
    return records
