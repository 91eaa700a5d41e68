"""Documents out in the target language."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from locales import Catalog
from segments.documents import CueFinding, cue_findings, encodable, join_targets, with_numbers, write_document

from . import entries
from .bilingual import Arrangement, bilingual_page
from .bilingual_docx import bilingual_docx
from .errors import ProjectError
from .ingest import load_version
from .project import Progress, Project, is_catalog
from .segmenting import Version
from .store import save_files
from .tagging import translation_problems
from .tally import included, tally


class Fallback(StrEnum):
    """What stands for a sentence without a translation that can be used: its source, that in ⟦ ⟧, or nothing."""

    SOURCE = "source"
    MARK = "mark"
    OMIT = "omit"


@dataclass(frozen=True, slots=True)
class TagProblem:
    """A translation that was not used because its tags are not those of its source."""

    segment: str
    source: str
    problem: str


@dataclass(frozen=True, slots=True)
class Published:
    """A file that was made, and what went into it: sentences translated, and left out for their state.

    ``tags`` are translations that could not be used, ``cues`` subtitles that are hard to read. ``lacking`` names the
    encoding of the source where it has not all characters of the translation.
    """

    document: str
    language: str
    path: Path
    translated: int
    drafts: int
    untranslated: int
    broken: int
    tags: tuple[TagProblem, ...] = ()
    cues: tuple[CueFinding, ...] = ()
    lacking: str = ""


def build_documents(
    project: Project,
    documents: Sequence[str],
    languages: Sequence[str],
    *,
    drafts: bool = False,
    fallback: Fallback = Fallback.SOURCE,
    bilingual: Arrangement | None = None,
    word: bool = False,
    progress: Progress = lambda *_: None,
) -> list[Published]:
    """Build the translated documents, or where ``bilingual`` is given a page of both languages for each, in HTML or in
    a ``word`` document.

    ``fallback`` is what stands for a sentence without a confirmed translation, or with one whose tags are wrong. In a
    page of both languages every state is shown.

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
        _check_sources(project, document, catalog, version.texts())
        path = project.output_path(document, language)
        counts = tally(list(entries.beads(catalog)), drafts=drafts)
        if bilingual is not None:
            path = path.with_name(f"{path.name}.bilingual.{'docx' if word else 'html'}")
            page = bilingual_docx if word else bilingual_page
            files[path] = page(version, catalog, language, bilingual)
            done.append(Published(document, language, path, *counts))
        else:
            texts, problems = _texts(version, included(entries.beads(catalog), drafts=drafts))
            targets = _targets(version, texts, language, fallback)
            files[path] = write_document(version.document, targets, language)
            cues = cue_findings(version.document, targets, language)
            lacking = "" if encodable(version.document, targets) else version.document.parts[0].encoding
            done.append(Published(document, language, path, *counts, tuple(problems), tuple(cues), lacking))
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


def _texts(version: Version, beads: Iterable[entries.Bead]) -> tuple[dict[str, str], list[TagProblem]]:
    """Return the text to build for each segment id: continuations and omissions are empty.

    Tags bear the numbers of the unit. A bead whose translation has not the tags of its source is passed over and named.
    """
    texts: dict[str, str] = {}
    problems: list[TagProblem] = []
    for bead in beads:
        segments = [version.segments[i] for i in bead.ids]
        wrong = translation_problems([segment.text for segment in segments], bead.text)
        if not wrong and any(_unit(i) != _unit(bead.ids[0]) for i in bead.ids if version.segments[i].tags):
            wrong = ["its tags are of another paragraph; give each paragraph a translation of its own"]
        if wrong:
            problems.append(TagProblem(bead.ids[0], bead.head.msgid, ", ".join(wrong)))
            continue
        texts.update(dict.fromkeys(bead.ids, ""))
        texts[bead.ids[0]] = with_numbers(bead.text, [number for segment in segments for number in segment.numbers])
    return texts, problems


def _targets(version: Version, texts: Mapping[str, str], language: str, fallback: Fallback) -> dict[int, str]:
    """Return the text of each unit by its number."""
    targets = {}
    for number, (unit, record, _) in enumerate(version.unit_segments()):
        sentences = [unit.text[span.slice()] for span in record.spans()]
        wanted = [texts.get(i, _instead(s, fallback)) for i, s in zip(record.segment_ids, sentences, strict=True)]
        targets[number] = join_targets(sentences, record.gaps, wanted, version.language, language)
    return targets


def _unit(segment: str) -> str:
    return segment.rpartition(".")[0]


def _instead(sentence: str, fallback: Fallback) -> str | None:
    return {Fallback.SOURCE: None, Fallback.MARK: f"⟦{sentence}⟧", Fallback.OMIT: ""}[fallback]
