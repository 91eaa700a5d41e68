"""Compile and build in one go: what was made, what is wrong with it and where, and one archive of all of it."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from locales import LocalesError, read_catalog

from .bilingual import Arrangement
from .compiling import Compiled, Options, compile_catalogs, project_sources
from .project import Progress, Project
from .publish import Fallback, Published, build_documents
from .rows import RowMaker
from .session import recover
from .store import writing

Kind = Literal["refused", "tags", "broken", "cue", "encoding"]


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be made of which documents in which languages; see `workflow.publish.build_documents`."""

    documents: tuple[str, ...]
    languages: tuple[str, ...]
    drafts: bool = False
    fallback: Fallback = Fallback.SOURCE
    bilingual: Arrangement | None = None
    word: bool = False


@dataclass(frozen=True, slots=True)
class Delivery:
    """What was made: a compiled catalog for each document and language, and the documents that were built."""

    compiled: tuple[tuple[str, str, Compiled], ...]
    built: tuple[Published, ...]

    @property
    def files(self) -> list[Path]:
        """The files that were made, documents first."""
        made = [each.path for each in self.built]
        return made + [each.path for _, _, each in self.compiled if not each.refused]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that a person should look at, with the row that shows it, where one does.

    ``text`` is, of a ``refused`` message, why; of ``tags`` that are not those of the source, the source and what is
    wrong; of ``broken`` beads, how many sentences stay as source; of a ``cue`` that is hard to read, why; of an
    ``encoding`` that lacks characters, its name.
    """

    kind: Kind
    document: str
    language: str
    text: str
    row: str = ""


def deliver(project: Project, wish: Wish, progress: Progress = lambda *_: None) -> Delivery:
    """Compile and build; a catalog that is refused keeps the MO file that it had.

    Raises:
        ProjectError, LocalesError, SegmentsError: a file of the project cannot be used; no document is written then.
    """
    recover(project)
    pairs = [(document, language) for document in wish.documents for language in wish.languages]
    with writing(project.root):
        sources = project_sources(project, wish.documents, wish.languages)
        built = build_documents(
            project,
            wish.documents,
            wish.languages,
            drafts=wish.drafts,
            fallback=wish.fallback,
            bilingual=wish.bilingual,
            word=wish.word,
            progress=progress,
        )
        compiled = compile_catalogs(project.root, sources, Options(drafts=wish.drafts, keep_going=True))
    made = tuple((*pair, each) for pair, each in zip(pairs, compiled, strict=True))
    return Delivery(made, tuple(built))


def problems(project: Project, delivery: Delivery) -> list[Problem]:
    """Return what is wrong with what was made, document by document."""
    found = [problem for made in delivery.compiled for problem in _refusals(project, *made)]
    return found + [problem for made in delivery.built for problem in _faults(made)]


def archive(project: Project, files: Sequence[Path]) -> bytes:
    """Return a ZIP archive of those of the files that are there, by their places in the project."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as target:
        for path in filter(Path.is_file, files):
            target.write(path, path.relative_to(project.root).as_posix())
    return data.getvalue()


def _refusals(project: Project, document: str, language: str, compiled: Compiled) -> Iterator[Problem]:
    """Yield why a catalog was refused, each at the row of its message."""
    if not compiled.findings:
        return
    rows = _rows_by_line(document, compiled.source.path)
    for finding in compiled.findings:
        place = f"{compiled.source.name}:{finding.line}"
        yield Problem("refused", document, language, f"{place}: {finding.problem}", rows.get(finding.line, ""))


def _rows_by_line(document: str, path: Path) -> dict[int, str]:
    try:
        catalog = read_catalog(path)
    except LocalesError:
        return {}  # what cannot be read has no rows
    maker = RowMaker(document, catalog)
    return {entry.line: maker.entry_id(entry) for entry in catalog if not entry.obsolete}


def _faults(made: Published) -> Iterator[Problem]:
    document, language = made.document, made.language
    for tag in made.tags:
        yield Problem("tags", document, language, f"“{tag.source}” {tag.problem}", tag.segment)
    if made.broken:
        yield Problem("broken", document, language, str(made.broken))
    for cue in made.cues:
        yield Problem("cue", document, language, f"{cue.cue}: {cue.problem}")
    if made.lacking:
        yield Problem("encoding", document, language, made.lacking)
