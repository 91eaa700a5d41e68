"""The journal of a document's sentence borders: what people cut and joined, and all that stood on it before and after.

A border goes through several files, and its line is written with them; so it can be taken back, and done again,
exactly, wherever nobody has worked since.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from .bead_journal import Step, bead_of, bead_row
from .folders import STATE
from .journal import read_lines
from .project import Project
from .records import BeadRecord, UnitRecord, unit_of, unit_row
from .store import read_bytes
from .versions import Version

Kind = Literal["cut", "join", "undo", "redo"]


@dataclass(frozen=True, slots=True)
class Work:
    """What stands on some sentences in one language: beads of its alignment, and entries by segment id.

    ``later`` are those that came after the translation was made.
    """

    beads: tuple[BeadRecord, ...] = ()
    entries: Mapping[str, Version] = field(default_factory=dict)
    later: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class BorderStep:
    """A border that was made or removed.

    Attributes:
        id: given by who asked for it; the same id is never carried out twice.
        time: seconds since the epoch.
        user: who asked for it.
        kind: ``undo`` takes back the step that ``of`` names, ``redo`` does it again.
        language: of the text that was cut.
        before, after: the unit that was cut.
        old, new: what stood on it by target language, and what stands there now.
    """

    id: str
    time: float
    user: str
    kind: Kind
    language: str
    before: UnitRecord
    after: UnitRecord
    old: Mapping[str, Work]
    new: Mapping[str, Work]
    of: str = ""

    def is_reversed_by(self, before: UnitRecord, after: UnitRecord) -> bool:
        """Tell whether cutting a unit so puts its sentences back where they were before this step."""
        return self.after.cut == before.cut and self.before.spans() == after.spans()

    def to_line(self) -> bytes:
        """Return the step as a line of the journal."""
        fields = {name: getattr(self, name) for name in ("id", "time", "user", "kind", "language", "of")}
        units = {"before": unit_row(self.before), "after": unit_row(self.after)}
        work = {
            name: {language: _work_row(each) for language, each in side.items()}
            for name, side in (("old", self.old), ("new", self.new))
        }
        return json.dumps(fields | units | work).encode() + b"\n"

    @classmethod
    def from_json(cls, fields: dict[str, Any]) -> "BorderStep":
        """Return the step of a line; raises KeyError, TypeError or ValueError for what is none."""
        return cls(
            id=fields["id"],
            time=float(fields["time"]),
            user=fields["user"],
            kind=fields["kind"],
            language=fields["language"],
            before=unit_of(fields["before"]),
            after=unit_of(fields["after"]),
            old={language: _work(row) for language, row in fields["old"].items()},
            new={language: _work(row) for language, row in fields["new"].items()},
            of=fields["of"],
        )


AnyStep = Step | BorderStep


def border_journal_path(project: Project, document: str) -> Path:
    """Return where the journal of a document's borders is kept."""
    return project.root / STATE / "borders" / f"{document}.jsonl"


def read_borders(project: Project, document: str) -> list[BorderStep]:
    """Return all steps, in order.

    Raises:
        ProjectError: the journal cannot be read, or a line of it is damaged.
    """
    return read_lines(border_journal_path(project, document), BorderStep.from_json)[0]


def journal_with(project: Project, document: str, step: BorderStep) -> bytes:
    """Return the journal with one step more; a last line without an end, which nobody reads, gives way to it.

    Raises:
        ProjectError: the journal cannot be read.
    """
    path = border_journal_path(project, document)
    data = read_bytes(path) if path.exists() else b""
    return data[: data.rfind(b"\n") + 1] + step.to_line()


def _work_row(work: Work) -> dict[str, Any]:
    entries = {identity: version.to_json() for identity, version in work.entries.items()}
    return {"beads": list(map(bead_row, work.beads)), "entries": entries, "later": sorted(work.later)}


def _work(row: Mapping[str, Any]) -> Work:
    entries = {identity: Version.from_json(fields) for identity, fields in row["entries"].items()}
    return Work(tuple(map(bead_of, row["beads"])), entries, frozenset(row["later"]))
