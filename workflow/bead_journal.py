"""The journal of an alignment: what people did to its beads, on the disk before it counts.

Each line has the beads that gave way and those that came, by segment ids: so it finds its place again in a file that
another program wrote meanwhile, and doing it twice changes nothing.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar

from .folders import STATE
from .project import Project
from .records import BeadRecord


class Undoable(Protocol):
    """What a journal says of any operation, whatever it changed."""

    @property
    def id(self) -> str:
        """Given by who asked for it."""

    @property
    def user(self) -> str:
        """Who asked for it."""

    @property
    def kind(self) -> str:
        """Name of the operation, or ``undo`` or ``redo``."""

    @property
    def of(self) -> str:
        """The operation that an undo or redo is about."""


U = TypeVar("U", bound=Undoable)
Name = tuple[tuple[str, ...], tuple[str, ...]]
Row = tuple[Sequence[str], Sequence[str], float, str | None]


@dataclass(frozen=True, slots=True)
class Step:
    """One operation as it was carried out.

    Attributes:
        id: given by who asked for it; the same id is never carried out twice.
        time: seconds since the epoch.
        user: who asked for it.
        kind: name of the operation; ``undo`` takes back the one that ``of`` names, ``redo`` does it again.
        old, new: the beads that stood there, and those that stand there now.
    """

    id: str
    time: float
    user: str
    kind: str
    old: tuple[BeadRecord, ...]
    new: tuple[BeadRecord, ...]
    of: str = ""

    def to_line(self) -> bytes:
        """Return the step as a line of the journal."""
        fields = {"id": self.id, "time": self.time, "user": self.user, "kind": self.kind, "of": self.of}
        beads = {"old": list(map(bead_row, self.old)), "new": list(map(bead_row, self.new))}
        return json.dumps(fields | beads).encode() + b"\n"

    @classmethod
    def from_json(cls, fields: dict[str, Any]) -> "Step":
        """Return the step of a line; raises KeyError, TypeError or ValueError for what is none."""
        return cls(
            id=fields["id"],
            time=float(fields["time"]),
            user=fields["user"],
            kind=fields["kind"],
            old=tuple(map(bead_of, fields["old"])),
            new=tuple(map(bead_of, fields["new"])),
            of=fields.get("of", ""),
        )


def bead_journal_path(project: Project, document: str, language: str) -> Path:
    """Return where the journal of an alignment is kept."""
    return project.root / STATE / "beads" / language / f"{document}.jsonl"


def bead_journals(project: Project) -> list[tuple[str, str]]:
    """List the document and language of every journal of an alignment."""
    found = ((document, language) for language in project.targets for document in project.documents())
    return [pair for pair in found if bead_journal_path(project, *pair).exists()]


def undoable(steps: Iterable[U], user: str) -> tuple[list[U], list[U]]:
    """Return what a person can take back, and what can be done again, the latest last.

    Each is the step that stands: of an operation that was taken back and done again, the doing again.
    """
    done: list[U] = []
    undone: list[U] = []
    for step in steps:
        if step.user != user:
            continue
        if step.kind == "undo":
            done = [other for other in done if other.id != step.of]
            undone.append(step)
        elif step.kind == "redo":
            undone = [other for other in undone if other.id != step.of]
            done.append(step)
        else:
            done.append(step)
            undone.clear()
    return done, undone


def replay_steps(beads: Sequence[BeadRecord], steps: Iterable[Step]) -> tuple[list[BeadRecord], list[Step]]:
    """Carry steps out on beads that may hold some of them; return the beads, and the steps that found no place.

    A step has its place where its old beads stand side by side. Where its new ones stand instead, or those of a later
    step on the same sentences, it is done already.
    """
    now = list(beads)
    displaced: list[Step] = []
    for step in steps:
        places = {_first(bead): place for place, bead in enumerate(now)}
        if _stands(now, places, step.new):
            done = True
        else:
            done = _stands(now, places, step.old)
            if done:
                start = places[_first(step.old[0])]
                now[start : start + len(step.old)] = step.new
        displaced = [other for other in displaced if not done or _sentences(other).isdisjoint(_sentences(step))]
        displaced += [] if done else [step]
    return now, displaced


def _stands(beads: Sequence[BeadRecord], places: dict[Name, int], stretch: tuple[BeadRecord, ...]) -> bool:
    start = places.get(_first(stretch[0]), -1) if stretch else -1
    return start >= 0 and tuple(beads[start : start + len(stretch)]) == stretch


def _first(bead: BeadRecord) -> Name:
    """Name a bead by where it begins on each side that it has."""
    return bead.source[:1], bead.target[:1]


def _sentences(step: Step) -> set[tuple[str, str]]:
    return {sentence for bead in step.new for sentence in bead.sentences}


def bead_row(bead: BeadRecord) -> Row:
    """Return a bead as JSON has it."""
    return bead.source, bead.target, bead.confidence, bead.confirmed_by


def bead_of(row: Row) -> BeadRecord:
    """Return the bead that `bead_row` gave; raises TypeError or ValueError for anything else."""
    source, target, confidence, who = row
    return BeadRecord(tuple(source), tuple(target), float(confidence), who)
