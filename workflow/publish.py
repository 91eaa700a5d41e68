"""Documents out in the target language."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from locales import Catalog
from segments.documents import join_targets, write_document

from . import entries
from .errors import ProjectError
from .ingest import load_version
from .project import Progress, Project, is_catalog
from .store import save_files
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
        texts = _texts(included(entries.beads(catalog), drafts=drafts))
        _check_sources(project, document, catalog, version.segments())
        targets = {
            number: join_targets(
                sentences, record.gaps, [texts.get(i) for i in record.segment_ids], project.source, language
            )
            for number, (_, record, sentences) in enumerate(version.unit_sentences())
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


def _texts(beads: Iterable[entries.Bead]) -> dict[str, str]:
    """Return the text to build for each segment id: continuations and omissions are empty."""
    texts = {}
    for bead in beads:
        texts.update(dict.fromkeys(bead.ids, ""))
        texts[bead.ids[0]] = bead.text
    return texts


def _published(document: str, language: str, path: Path, catalog: Catalog, *, drafts: bool) -> Published:
    return Published(document, language, path, *tally(list(entries.beads(catalog)), drafts=drafts))
