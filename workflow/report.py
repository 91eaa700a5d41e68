"""How far a project is, as data."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from locales import State, read_catalog
from locales.tags import language_gap

from . import entries
from .ingest import load_version
from .project import Project
from .records import BeadRecord, read_alignment


@dataclass(frozen=True, slots=True)
class Status:
    """One document in one language; counts are source sentences, words are blank-separated words of the source.

    ``confidence`` is the mean over the machine's untouched drafts; ``additions`` are target sentences without a source.
    """

    document: str
    language: str
    sentences: int
    words_left: int
    states: dict[State, int]
    broken: int
    beads: int
    one_to_one: int
    omissions: int
    additions: int
    confidence: float | None


def status(project: Project, documents: Sequence[str], languages: Sequence[str]) -> list[Status]:
    """Count the states of every document in every language.

    Raises:
        ProjectError, LocalesError: a file of the project is broken.
    """
    return [_status(project, document, language) for document in documents for language in languages]


@dataclass(frozen=True, slots=True)
class Addition:
    """Sentences that the translation alone has, and the source sentence before them ("" at the start)."""

    after: str
    text: str


def additions(project: Project, document: str, language: str) -> list[Addition]:
    """List what the existing translation adds, in its order; only a person can give it a place in the source.

    Raises:
        ProjectError, SegmentsError: a file of the project cannot be used.
    """
    beads = _alignment(project, document, language)
    if all(bead.source for bead in beads):
        return []
    sources, texts = (load_version(project, document, tag).plain_texts() for tag in (project.source, language))
    found, after = [], ""
    for bead in beads:
        if bead.source:
            after = sources.get(bead.source[-1], "")
        else:
            found.append(Addition(after, language_gap(language).join(texts[i] for i in bead.target)))
    return found


def _status(project: Project, document: str, language: str) -> Status:
    path = project.catalog_path(document, language)
    found = entries.beads(read_catalog(path)) if path.exists() else ()
    return count(document, language, [(bead, bead.state) for bead in found], _alignment(project, document, language))


def count(
    document: str, language: str, found: Iterable[tuple[entries.Bead, State]], aligned: Sequence[BeadRecord]
) -> Status:
    """Count the beads of a catalog by state, and those of its alignment by kind."""
    states: Counter[State] = Counter()
    words_left = broken = 0
    confidences = []
    for bead, state in found:
        states[state] += len(bead.entries)
        broken += not bead.valid
        if state < State.TRANSLATED:
            words_left += sum(len(entry.msgid.split()) for entry in bead.entries)
        if state is State.DRAFT and (confidence := bead.confidence) is not None:
            confidences.append(confidence)
    return Status(
        document,
        language,
        sentences=states.total(),
        words_left=words_left,
        states={state: states[state] for state in State},
        broken=broken,
        beads=len(aligned),
        one_to_one=sum(len(bead.source) == len(bead.target) == 1 for bead in aligned),
        omissions=sum(not bead.target for bead in aligned),
        additions=sum(not bead.source for bead in aligned),
        confidence=sum(confidences) / len(confidences) if confidences else None,
    )


def _alignment(project: Project, document: str, language: str) -> tuple[BeadRecord, ...]:
    path = project.alignment_path(document, language)
    return read_alignment(path).beads if path.exists() else ()
