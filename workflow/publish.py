"""Documents out in the target language."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from locales import Catalog
from segments.documents import Unit, join_targets, with_numbers, write_document

from . import entries
from .errors import ProjectError
from .ingest import load_version
from .project import Progress, Project, is_catalog
from .records import UnitRecord
from .segmenting import Version
from .store import save_files
from .tagging import translation_problems
from .tally import included, tally


@dataclass(frozen=True, slots=True)
class Published:
    """A file that was made, and what went into it: sentences translated, and left out for their state."""

    document: str
    language: str
    path: Path
    translated: int
    drafts: int
    untranslated: int
    broken: int


def build_documents(
    project: Project,
    documents: Sequence[str],
    languages: Sequence[str],
    *,
    drafts: bool = False,
    progress: Progress = lambda *_: None,
) -> list[Published]:
    """Build the translated documents; a sentence without a confirmed translation stays as its source.

    A document that is a catalog is passed over: what is made of it is its MO files.

    Raises:
        ProjectError, LocalesError, SegmentsError: a file of the project cannot be used; nothing is written then.
    """
    files: dict[Path, bytes] = {}
    done = []
    documents = [document for document in documents if not is_catalog(document)]
    versions = {document: load_version(project, document, project.source) for document in documents}
    for document, language, catalog in _catalogs(project, documents, languages):
        version = versions[document]
        texts = _texts(version, included(entries.beads(catalog), drafts=drafts))
        _check_sources(project, document, catalog, version.texts())
        targets = {
            number: _unit_target(unit, record, texts, project.source, language)
            for number, (unit, record, _) in enumerate(version.unit_segments())
        }
        path = project.output_path(document, language)
        files[path] = write_document(version.document, targets, language)
        done.append(_published(document, language, path, catalog, drafts=drafts))
        progress("build", len(done), len(documents) * len(languages))
    save_files(files)
    return done


def _catalogs(
    project: Project, documents: Sequence[str], languages: Sequence[str]
) -> Iterator[tuple[str, str, Catalog]]:
    for document in documents:
        for language in languages:
            yield document, language, project.catalog(document, language)


def _check_sources(project: Project, document: str, catalog: Catalog, segments: Mapping[str, str]) -> None:
    """Refuse a catalog that speaks of other sentences than the document has, as after half a merge or update."""
    for entry in catalog:
        if not entry.obsolete and segments.get(entries.segment_id(entry)) != entry.msgid:
            raise ProjectError(
                f"{catalog.path}:{entry.line}: the document has no such sentence (any more);"
                f" run `hexapla segment {document}` to bring both together"
            )


def _texts(version: Version, beads: Iterable[entries.Bead]) -> dict[str, str]:
    """Return the text to build for each segment id: continuations and omissions are empty.

    Tags bear the numbers of the unit. A bead whose translation has not the tags of its source is passed over.
    """
    texts = {}
    for bead in beads:
        segments = [version.segments[i] for i in bead.ids]
        if translation_problems([segment.text for segment in segments], bead.text):
            continue
        texts.update(dict.fromkeys(bead.ids, ""))
        texts[bead.ids[0]] = with_numbers(bead.text, [number for segment in segments for number in segment.numbers])
    return texts


def _unit_target(
    unit: Unit, record: UnitRecord, texts: Mapping[str, str], source_language: str, target_language: str
) -> str:
    sentences = [unit.text[span.slice()] for span in record.spans()]
    targets = [texts.get(i) for i in record.segment_ids]
    return join_targets(sentences, record.gaps, targets, source_language, target_language)


def _published(document: str, language: str, path: Path, catalog: Catalog, *, drafts: bool) -> Published:
    return Published(document, language, path, *tally(list(entries.beads(catalog)), drafts=drafts))
