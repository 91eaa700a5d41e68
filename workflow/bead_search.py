"""Which beads lie between documents and their translations? All that the project knows has its say.

The documents of a language are searched together, starting from what the project's other documents have taught. Those
that are short are then searched once more, with their translations into other languages as witnesses.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from segments import Bead, SegmentsError, align, align_documents
from segments.alignment import Associations, Embed, Witness, learn

from .associations import Note, associations, bead_lessons
from .errors import ProjectError
from .ingest import load_version
from .pairs import Pair
from .project import Progress, Project
from .records import read_alignment

SHORT = 100
"""Up to so many sentences other translations help: see `benchmarks/agreement.py`."""


Witnesses = Mapping[str, tuple[list[str], Witness]]
"""By document a witness, and the ids of the source sentences that its beads number."""


@dataclass(frozen=True, slots=True)
class Found:
    """The beads of some documents in one language, and what other documents had taught before."""

    language: str
    pairs: Sequence[Pair]
    known: Associations
    beads: Sequence[Sequence[Bead]]

    def witnesses(self) -> Witnesses:
        """Return these translations as witnesses for others, by document."""
        return {
            pair.document: (list(pair.sources), Witness(pair.texts()[1], self.language, beads))
            for pair, beads in zip(self.pairs, self.beads, strict=True)
        }


def search(
    project: Project, pairs: Mapping[str, Sequence[Pair]], progress: Progress, note: Note, embed: Embed | None
) -> Iterator[tuple[Pair, Sequence[Bead]]]:
    """Find the beads of the pairs of each language.

    Raises:
        ProjectError: a file of the project cannot be used.
    """
    found = [_together(project, language, some, progress, note, embed) for language, some in pairs.items() if some]
    fresh = {each.language: each.witnesses() for each in found}
    for each in found:
        yield from _agreed(project, each, fresh, embed)


def _together(
    project: Project, language: str, pairs: Sequence[Pair], progress: Progress, note: Note, embed: Embed | None
) -> Found:
    others = associations(project, language, without={pair.document for pair in pairs}, note=note)
    known = Associations.joined(list(others.values()))
    beads = align_documents(
        [pair.texts() for pair in pairs],
        project.source,
        language,
        fixed=[pair.fixed for pair in pairs],
        kinds=[pair.kinds for pair in pairs],
        known=known,
        embed=embed,
        progress=lambda done, total: progress(f"align {language}", done, total),
    )
    return Found(language, pairs, known, beads)


def _agreed(
    project: Project, found: Found, fresh: Mapping[str, Witnesses], embed: Embed | None
) -> Iterator[tuple[Pair, Sequence[Bead]]]:
    """Yield each document of a language with its beads, after its other translations had their say."""
    heard = [_witnesses(project, pair, fresh) if len(pair.sources) <= SHORT else [] for pair in found.pairs]
    taught = [_taught(project, *each) for each in _pairs(found)] if any(heard) else []
    for number, (pair, beads) in enumerate(_pairs(found)):
        if not heard[number]:
            yield pair, beads
            continue
        again = align(
            *pair.texts(),
            project.source,
            found.language,
            fixed=pair.fixed,
            kinds=pair.kinds,
            known=Associations.joined([found.known, *taught[:number], *taught[number + 1 :]]),
            embed=embed,
            witnesses=heard[number],
        )
        yield pair, again


def _pairs(found: Found) -> Iterator[tuple[Pair, Sequence[Bead]]]:
    return zip(found.pairs, found.beads, strict=True)


def _taught(project: Project, pair: Pair, beads: Sequence[Bead]) -> Associations:
    lessons = list(bead_lessons(*pair.texts(), project.source, pair.language, beads))
    return learn(lessons, project.source, pair.language)


def _witnesses(project: Project, pair: Pair, fresh: Mapping[str, Witnesses]) -> list[Witness]:
    """Return a document's translations into other languages: as they were just found, or as the project has them."""
    others = [language for language in project.targets if language != pair.language]
    heard = []
    for other in others:
        sources, witness = fresh.get(other, {}).get(pair.document, ([], None))
        if sources != list(pair.sources):  # it knows other sentences than this one
            witness = _kept_witness(project, pair, other)
        heard += [witness] if witness else []
    return heard


def _kept_witness(project: Project, pair: Pair, language: str) -> Witness | None:
    """Return a translation that is aligned to the document as it stands; nothing of it is at stake if it is not."""
    path = project.alignment_path(pair.document, language)
    if not path.exists():
        return None
    try:
        alignment, version = read_alignment(path), load_version(project, pair.document, language)
    except (ProjectError, SegmentsError):
        return None
    if (alignment.source_digest, alignment.target_digest) != (pair.digests[0], version.digest()):
        return None
    segments = version.plain_texts()
    return Witness(list(segments.values()), language, alignment.by_number(pair.sources, segments))
