"""Documents in: add a source or a translation, cut it into sentences, follow a source that changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from locales import read_catalog
from locales.update import Update
from segments.documents import Document, read_document

from . import entries
from .errors import ProjectError
from .project import Project, check_name, is_catalog
from .records import VERSION, UnitRecord, read_alignment, read_units, write_units
from .segmenting import Version, recuttable, segment
from .software import plan_template
from .store import read_document_bytes, save_together
from .upgrading import upgrade_catalog, upgrade_records


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a document's source sentences, and of the work on them in each language that had any.

    ``changed_texts`` has the text before and the text now, ``steady`` the ids of sentences that are as they were, and
    ``later`` of those that came with a new text.
    """

    document: str
    kept: int
    changed_texts: tuple[tuple[str, str], ...]
    new_texts: tuple[str, ...]
    gone_texts: tuple[str, ...]
    updates: Mapping[str, Update]
    steady: frozenset[str] = frozenset()
    later: frozenset[str] = frozenset()

    @property
    def changed(self) -> int:
        """How many sentences have another text."""
        return len(self.changed_texts)

    @property
    def new(self) -> int:
        """How many sentences there were not."""
        return len(self.new_texts)

    @property
    def gone(self) -> int:
        """How many sentences there are no more."""
        return len(self.gone_texts)


@dataclass(frozen=True, slots=True)
class Plan:
    """A new version of a source document, nothing of it written yet.

    Attributes:
        change: what becomes of the sentences.
        files: what has to be written.
        version: the sentences; None for a template, which has messages.
        rewritten: ids of the sentences that have another text.
    """

    change: Change
    files: dict[Path, bytes]
    version: Version | None = None
    rewritten: frozenset[str] = frozenset()


def load_version(project: Project, document: str, language: str) -> Version:
    """Return a document in one language as it was last cut into sentences.

    Raises:
        ProjectError: it was never cut, or its file changed since.
    """
    path = _version_path(project, document, language)
    records, _ = _stored(project, document, language)
    read = read_document(path.name, read_document_bytes(path), language)
    texts = [unit.text for unit in read.units]
    if len(records) != len(texts) or not all(r.fits(text) for r, text in zip(records, texts, strict=True)):
        raise ProjectError(f"{path}: is not cut into sentences as it stands; run `hexapla segment {document}`")
    return Version(language, read, tuple(records))


def add_document(project: Project, path: Path, name: str | None = None) -> Change:
    """Take a source document into the project: its bytes, its sentences, its template and catalogs.

    Raises:
        ProjectError, SegmentsError: the file cannot be read or the project not written.
        ProjectError: the name cannot be used, or is taken.
    """
    document = check_name(project, name or path.name)
    if Path(document).suffix not in ("", path.suffix):
        raise ProjectError(f"{document}: {path.name} is a {path.suffix or 'plain text'} file; let the name end like it")
    home = project.document_path(document)
    if home.exists() and home.resolve() != path.resolve():
        raise ProjectError(
            f"{home}: is there already; use `hexapla update {document} {path}`, or another name with --as"
        )
    plan = _plan_source(project, document, path.name, read_document_bytes(path))
    save_together(project.root, plan.files)
    return plan.change


def update_document(project: Project, document: str, path: Path) -> Plan:
    """Read a new version of a source document; what was translated stays with the sentences that stayed.

    Nothing is written; see `workflow.pairing.follow_source`.

    Raises:
        ProjectError, SegmentsError: the file or the project cannot be read.
        ProjectError: there is no such document.
    """
    project.select_documents(document)
    if path.suffix != Path(document).suffix:
        raise ProjectError(f"{path}: {document} stays what it is; give a {Path(document).suffix or 'plain text'} file")
    return _plan_source(project, document, path.name, read_document_bytes(path))


@dataclass(frozen=True, slots=True)
class Arrival:
    """An existing translation that is to come into the project: where it will lie, its bytes, its sentences."""

    path: Path
    data: bytes
    version: Version

    def files(self, project: Project, document: str) -> dict[Path, bytes]:
        """Return what has to be written for it to be in the project."""
        records = project.segments_path(document, self.version.language)
        return {self.path: self.data, records: write_units(self.version.records)}


def read_translation(project: Project, path: Path, language: str, document: str, *, force: bool = False) -> Arrival:
    """Read an existing translation of a document, cut into sentences; nothing is written.

    Raises:
        ProjectError, SegmentsError: the file cannot be read, the document or language is unknown, or another
            translation is there and ``force`` is not given.
    """
    if document not in project.documents():
        raise ProjectError(
            f"{path}: its source document {document} is not in the project; add that first,"
            " or name the document it translates with --of"
        )
    (tag,) = project.select_languages(language)
    home = project.root / "sources" / tag / document
    if path.suffix != home.suffix:
        home = home.with_name(home.name + path.suffix)
    data = read_document_bytes(path)
    present = project.translation_path(document, tag)
    if present is not None and present != home:
        raise ProjectError(f"{present}: translates {document} already, in another format; remove it first")
    if present is not None and not force and present.read_bytes() != data:
        raise ProjectError(f"{present}: {document} has a translation in {tag} already; --force replaces it")
    read, old = read_document(path.name, data, tag), old_units(project, document, tag)
    return Arrival(home, data, segment(read, tag, old, ends=project.ends(tag)))


def resegment(project: Project, document: str, *, recut: bool = False, dry_run: bool = False) -> Change:
    """Cut again what is new or changed in a document and its translations; confirmed work stays as it is.

    Args:
        project: the project.
        document: its name.
        recut: also cut units anew that today's splitter cuts differently, where no person has worked.
        dry_run: write nothing.
    """
    files: dict[Path, bytes] = {}
    for language in project.targets:
        path = project.translation_path(document, language)
        if path is not None:
            old = old_units(project, document, language)
            read = read_document(path.name, read_document_bytes(path), language)
            ends = project.ends(language)
            version = segment(read, language, old, ends=ends)
            if recut:
                again = recuttable(version, _settled_targets(project, document, language), ends)
                version = segment(read, language, version.records, recut=again, ends=ends)
            files[project.segments_path(document, language)] = write_units(version.records)
    path = project.document_path(document)
    plan = _plan_source(project, document, path.name, read_document_bytes(path), recut=recut)
    if not dry_run:
        save_together(project.root, files | plan.files)
    return plan.change


def _settled_targets(project: Project, document: str, language: str) -> set[str]:
    """Return the ids of the target sentences in beads that a person worked on, or whose grouping one confirmed."""
    path = project.alignment_path(document, language)
    if not path.exists():
        return set()
    worked = entries.worked_on([project.catalog(document, language)])
    beads = read_alignment(path).beads
    return {i for bead in beads if bead.confirmed_by or worked.intersection(bead.source) for i in bead.target}


def old_units(project: Project, document: str, language: str) -> list[UnitRecord]:
    """Return how a document in one language was last cut, brought up to date; nothing if it never was."""
    records, stored = _stored(project, document, language)
    return records if stored is None else upgrade_records(records, stored)


def _stored(project: Project, document: str, language: str) -> tuple[list[UnitRecord], Document | None]:
    """Return how a document in one language was last cut, and the document, if that was before there were tags."""
    path = project.segments_path(document, language)
    records = read_units(path) if path.exists() else []
    if all(record.version == VERSION for record in records):
        return records, None
    home = _version_path(project, document, language)
    return records, read_document(home.name, read_document_bytes(home), language)


def _plan_source(project: Project, document: str, name: str, data: bytes, *, recut: bool = False) -> Plan:
    if is_catalog(document):
        plan = plan_template(project, document, data)
        return Plan(_change(document, plan.before, plan.after, plan.updates), dict(plan.files))
    read = read_document(name, data, project.source)
    pot_path = project.template_path(document)
    old_pot = read_catalog(pot_path) if pot_path.exists() else None
    paths = {language: project.catalog_path(document, language) for language in project.targets}
    catalogs = {language: project.catalog(document, language) for language, path in paths.items() if path.exists()}
    old, stored = _stored(project, document, project.source)
    if stored is not None and old_pot is not None:
        upgraded = upgrade_records(old, stored)
        for catalog in (old_pot, *catalogs.values()):
            upgrade_catalog(catalog, stored, old, upgraded)
        old = upgraded
    texts = {entries.segment_id(e): e.msgid for e in old_pot or ()}

    def old_texts(record: UnitRecord) -> tuple[str, ...] | None:
        known = tuple(texts.get(i) for i in record.segment_ids)
        return None if None in known else tuple(text for text in known if text is not None)

    ends = project.ends(project.source)
    version = segment(read, project.source, old, old_texts, ends=ends)
    if recut:
        again = recuttable(version, entries.worked_on(catalogs.values()), ends)
        version = segment(read, project.source, version.records, recut=again, ends=ends)
    now = version.texts()
    pot = entries.template(document, project.name, now, version.notes(), old_pot)
    files = {
        project.document_path(document): data,
        project.segments_path(document, project.source): write_units(version.records),
        pot_path: pot.to_bytes(),
    }
    stayed, cut_anew = _same_units(old, version.records)
    updates = {language: entries.follow_segments(catalog, pot, cut_anew) for language, catalog in catalogs.items()}
    for language in paths.keys() - catalogs.keys():
        catalogs[language] = entries.carry_over(None, pot, project.name, language)
    files |= {path: catalogs[language].to_bytes() for language, path in paths.items()}
    change = _change(document, texts, now, updates)
    came = frozenset(now.keys() - stayed - texts.keys())
    rewritten = frozenset(i for i in now.keys() & texts.keys() - stayed if now[i] != texts[i])
    return Plan(replace(change, later=came), files, version, rewritten)


def _same_units(old: Sequence[UnitRecord], new: Sequence[UnitRecord]) -> tuple[set[str], set[str]]:
    """Return the ids of the sentences, old and new, of the units whose text stands, and of those that are cut anew."""
    before = {record.id: record for record in old}
    pairs = [(before[record.id], record) for record in new if record.id in before]
    same = [pair for pair in pairs if pair[0].digest == pair[1].digest]
    anew = [pair for pair in same if pair[0].spans() != pair[1].spans()]
    stayed, cut_anew = ({i for pair in some for record in pair for i in record.segment_ids} for some in (same, anew))
    return stayed, cut_anew


def _change(document: str, old: Mapping[str, str], new: Mapping[str, str], updates: Mapping[str, Update]) -> Change:
    stayed = [i for i in new if i in old]
    changed = tuple((old[i], new[i]) for i in stayed if old[i] != new[i])
    return Change(
        document,
        kept=len(stayed) - len(changed),
        changed_texts=changed,
        new_texts=tuple(text for i, text in new.items() if i not in old),
        gone_texts=tuple(text for i, text in old.items() if i not in new),
        updates=updates,
        steady=frozenset(i for i in stayed if old[i] == new[i]),
    )


def _version_path(project: Project, document: str, language: str) -> Path:
    if language == project.source:
        return project.document_path(document)
    path = project.translation_path(document, language)
    if path is None:
        raise ProjectError(
            f"{document}: has no translation in {language};"
            f" add one with `hexapla add FILE --lang {language} --of {document}`"
        )
    return path
