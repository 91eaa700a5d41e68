"""How far is every document in every language, and what is to be done next? Files that did not change are not read."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import lru_cache
from pathlib import Path

from locales import LocalesError, State, read_catalog

from . import entries
from .errors import ProjectError
from .journal import journal_path, read_journal, unsettled
from .plausibility import plausibility
from .project import Project
from .records import Alignment, BeadRecord, read_alignment
from .report import Status, count
from .rows import RowMaker
from .store import Stamp, stamp

CATALOGS = 8_192  # that are known at once

Judged = tuple[entries.Bead, State]


class Task(IntEnum):
    """What can wait for a person; what makes other work wrong comes first."""

    UNLIKELY = 0  # the two texts hardly translate each other
    CONFLICT = 1  # two people changed a sentence
    BROKEN = 2  # another editor broke a bead
    DOUBTFUL = 3  # beads, if there is a sentence among them whose translation nobody confirmed either
    DRAFT = 4
    UNTRANSLATED = 5


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do in a document: how many sentences or beads wait, and where to begin.

    ``row`` is the id of the row to begin with, the least sure one, ``text`` its source, ``confidence`` how sure the
    aligner is of it. Where there is no row, they are empty.
    """

    task: Task
    document: str
    language: str
    count: int
    row: str = ""
    text: str = ""
    confidence: float | None = None

    @property
    def urgency(self) -> tuple[int, float]:
        """What to sort by, so that the most doubtful comes first."""
        return self.task, 2.0 if self.confidence is None else self.confidence


@dataclass(frozen=True, slots=True)
class Standing:
    """A document in one language: its figures, or the ``problem`` that keeps its files from being read."""

    document: str
    language: str
    status: Status | None
    steps: tuple[Step, ...] = ()
    problem: str = ""


def overview(project: Project) -> list[Standing]:
    """Return how every document stands in every language, by document and then language."""
    return [_standing(project, document, language) for document in project.documents() for language in project.targets]


def next_steps(standings: Iterable[Standing]) -> list[Step]:
    """Return what is to be done, the most doubtful first."""
    return sorted((step for each in standings for step in each.steps), key=lambda step: step.urgency)


def _standing(project: Project, document: str, language: str) -> Standing:
    try:
        paths = (
            project.present_catalog(document, language),
            project.alignment_path(document, language),
            journal_path(project, document, language),
        )
        return _read(document, language, paths, tuple(stamp(path) if path.exists() else None for path in paths))
    except (ProjectError, LocalesError, OSError) as error:
        return Standing(document, language, None, problem=str(error))


@lru_cache(CATALOGS)
def _read(document: str, language: str, paths: tuple[Path, Path, Path], stamps: tuple[Stamp | None, ...]) -> Standing:
    catalog, alignment, journal = paths
    found = [(bead, bead.state) for bead in entries.beads(read_catalog(catalog))]
    kept = read_alignment(alignment) if stamps[1] else Alignment("", "", ())
    conflicts = list(unsettled(read_journal(journal)[0])) if stamps[2] else []
    unanswered = kept.unanswered()
    said = [bead for bead in kept.beads if unanswered.isdisjoint(bead.source)]
    steps = _steps(RowMaker(document), found, said, conflicts)
    placed = (replace(step, document=document, language=language) for step in steps)
    return Standing(document, language, count(document, language, found, kept.beads), tuple(placed))


def _steps(
    maker: RowMaker, found: Sequence[Judged], aligned: Sequence[BeadRecord], conflicts: Sequence[str]
) -> Iterator[Step]:
    if aligned and plausibility(aligned).doubt:
        yield Step(Task.UNLIKELY, "", "", 1, confidence=plausibility(aligned).confidence)
    tasks: tuple[tuple[Task, Callable[[entries.Bead, State], bool]], ...] = (
        (Task.CONFLICT, lambda bead, _: bool(conflicts) and maker.row_id(bead) in conflicts),
        (Task.BROKEN, lambda bead, _: not bead.valid),
        (Task.DRAFT, lambda bead, state: bead.valid and state is State.DRAFT),
        (Task.UNTRANSLATED, lambda bead, state: bead.valid and state is State.UNTRANSLATED),
    )
    for task, waits in tasks:
        waiting = [bead for bead, state in found if waits(bead, state)]
        if waiting:
            first = min(waiting, key=_doubt)
            yield Step(task, "", "", len(waiting), maker.row_id(first), first.head.msgid, first.confidence)
    texts = {i: bead.head.msgid for bead, state in found if state < State.TRANSLATED for i in bead.ids}
    doubtful = [bead for bead in aligned if bead.doubtful]
    untranslated = [bead for bead in doubtful if not texts.keys().isdisjoint(bead.source)]
    if untranslated:
        least = min(untranslated, key=lambda bead: bead.confidence)
        row = next(identity for identity in least.source if identity in texts)
        yield Step(Task.DOUBTFUL, "", "", len(doubtful), row, texts[row], least.confidence)


def _doubt(bead: entries.Bead) -> float:
    confidence = bead.confidence
    return 2.0 if confidence is None else confidence
