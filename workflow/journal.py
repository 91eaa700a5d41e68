"""The journal of a catalog: every operation of a person, on the disk before it counts.

One JSON line an operation, appended and never changed. It gives history, undo, and recovery after a crash. A line
``{"kind": "saved"}`` says that the catalog file holds everything before it, ``{"kind": "saved", "through": ID}`` that
it holds everything up to the record of that id.
"""

import json
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Protocol, TypeVar

from locales.tags import locale_id

from .errors import ProjectError
from .folders import STATE
from .project import Project
from .store import unwritable
from .versions import Version

Kind = Literal["save", "undo", "comment", "conflict", "settle"]
SAVED = b'{"kind": "saved"}\n'
_BLOCK = 1 << 16


class Line(Protocol):
    """What a journal is made of."""

    @property
    def id(self) -> str:
        """Given by who asked for it; the same id is never carried out twice."""

    def to_line(self) -> bytes:
        """Return it as a line of the journal."""


T = TypeVar("T", bound=Line)


@dataclass(frozen=True, slots=True)
class Record:
    """One operation as it was carried out.

    Attributes:
        id: given by who asked for it; the same id is never carried out twice.
        time: seconds since the epoch.
        user: who asked for it.
        kind: ``save`` a decision, ``undo`` of another operation, ``comment``; ``conflict`` keeps a saved text that
            an edit from outside displaced, ``settle`` says that a person decided what becomes of it.
        row: id of the bead that the person saw.
        entries: ids of the entries of the bead, in order.
        before, after: what stood in each of these entries.
        group: of operations that are taken back together.
        of: the operation that an undo takes back, or the conflict that is settled.
        text: of a comment.
        base: what the operation made the base of the row.
    """

    id: str
    time: float
    user: str
    kind: Kind
    row: str
    entries: tuple[str, ...] = ()
    before: tuple[Version, ...] = ()
    after: tuple[Version, ...] = ()
    group: str = ""
    of: str = ""
    text: str = ""
    base: str = ""

    @property
    def texts(self) -> tuple[str, ...]:
        """The translation that it put there: every form of a plural, else one text."""
        return self.after[0].forms if self.after else ()

    def to_line(self) -> bytes:
        """Return the record as a line of the journal."""
        always = {"id": self.id, "time": self.time, "user": self.user, "kind": self.kind, "row": self.row}
        if self.entries != (self.row,):
            always["entries"] = self.entries
        rest = {
            "before": [version.to_json() for version in self.before],
            "after": [version.to_json() for version in self.after],
            "group": self.group,
            "of": self.of,
            "text": self.text,
            "base": self.base,
        }
        return json.dumps(always | {name: value for name, value in rest.items() if value}).encode() + b"\n"

    @classmethod
    def from_json(cls, fields: dict[str, Any]) -> "Record":
        """Return the record of a line; raises KeyError, TypeError or ValueError for what is none."""
        return cls(
            id=fields["id"],
            time=float(fields["time"]),
            user=fields["user"],
            kind=fields["kind"],
            row=fields["row"],
            entries=tuple(fields.get("entries", (fields["row"],))),
            before=tuple(map(Version.from_json, fields.get("before", ()))),
            after=tuple(map(Version.from_json, fields.get("after", ()))),
            group=fields.get("group", ""),
            of=fields.get("of", ""),
            text=fields.get("text", ""),
            base=fields.get("base", ""),
        )


def journal_path(project: Project, document: str, language: str) -> Path:
    """Return where the journal of a catalog is kept."""
    return project.root / STATE / "journal" / locale_id(language) / f"{document}.jsonl"


def journals(project: Project) -> list[tuple[str, str]]:
    """List the document and language of every journal of the project."""
    found = ((document, language) for language in project.targets for document in project.documents())
    return [pair for pair in found if journal_path(project, *pair).exists()]


def is_settled(path: Path) -> bool:
    """Tell whether the catalog file holds everything that the journal has."""
    try:
        with path.open("rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - len(SAVED)))
            end = file.read()
    except FileNotFoundError:
        return True
    return end in (b"", SAVED)


def read_journal(path: Path) -> tuple[list[Record], list[Record]]:
    """Return all records of the journal of a catalog, and those that the catalog file may not hold yet.

    Raises:
        ProjectError: the journal cannot be read, or a line of it is damaged.
    """
    return read_lines(path, Record.from_json)


def read_lines(path: Path, build: Callable[[dict[str, Any]], T]) -> tuple[list[T], list[T]]:
    """Return all that a journal has, and what the file behind it may not hold yet.

    A last line without an end was never acknowledged; it is left out.

    Raises:
        ProjectError: the journal cannot be read, or a line of it is damaged.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return [], []
    except OSError as error:
        raise unwritable(path, error) from error
    records: list[T] = []
    places: dict[str, int] = {}
    saved = 0
    for number, line in enumerate(data[: data.rfind(b"\n") + 1].splitlines(), 1):
        try:
            fields = json.loads(line)
            if fields["kind"] == "saved":
                saved = places[fields["through"]] if "through" in fields else len(records)
            else:
                records.append(build(fields))
                places[records[-1].id] = len(records)
        except (AttributeError, KeyError, TypeError, ValueError):
            raise ProjectError(
                f"{path}:{number}: is damaged; move the journal away, its file has all but the last edits"
            ) from None
    return records, records[saved:]


def latest(records: Iterable[Record]) -> dict[str, Record]:
    """Return the latest decision or undo of each entry, by entry id."""
    return {entry: record for record in records if record.before for entry in record.entries}


def unsettled(records: Iterable[Record]) -> dict[str, Record]:
    """Return the conflicts that nobody has settled, by the id of their row; of several on a row the latest."""
    conflicts: dict[str, Record] = {}
    for record in records:
        if record.kind == "conflict":
            conflicts[record.id] = record
        elif record.kind == "settle":
            conflicts.pop(record.of, None)
    return {conflict.row: conflict for conflict in conflicts.values()}


def mark_caught_up(path: Path, through: str) -> None:
    """Say in the journal of another process that its file holds everything up to the record of this id.

    Raises:
        ProjectError: it cannot be written.
    """
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | getattr(os, "O_BINARY", 0))
        try:
            os.write(descriptor, _saved(through))
            _sync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise unwritable(path, error) from error


def _saved(through: str) -> bytes:
    return json.dumps({"kind": "saved", "through": through}).encode() + b"\n"


class Journal:
    """A journal that is open for appending, by one process at a time.

    Raises:
        ProjectError: it cannot be made.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o600)
            self._drop_torn_line()
        except OSError as error:
            raise unwritable(path, error) from error

    def append(self, records: Iterable[Line]) -> None:
        """Write records and return when the disk has them; all or none.

        Raises:
            ProjectError: the disk does not take them; the journal is as before.
        """
        self._write(b"".join(record.to_line() for record in records))

    def mark_saved(self, through: str = "") -> None:
        """Say that the catalog file holds everything so far, or up to the record of this id.

        Raises:
            ProjectError: the disk does not take it, which loses nothing.
        """
        self._write(_saved(through) if through else SAVED)

    def close(self) -> None:
        """Give the file back."""
        os.close(self._file)

    def _write(self, data: bytes) -> None:
        size = os.lseek(self._file, 0, os.SEEK_END)  # another process may have said that the file is up to it
        try:
            view = memoryview(data)
            while view:
                view = view[os.write(self._file, view) :]
            _sync(self._file)
        except OSError as error:
            os.ftruncate(self._file, size)
            raise unwritable(self.path, error) from error

    def _drop_torn_line(self) -> None:
        """Cut off a line that a crash left half-written."""
        size = end = os.lseek(self._file, 0, os.SEEK_END)
        while end:
            start = max(0, end - _BLOCK)
            os.lseek(self._file, start, os.SEEK_SET)
            end = start + os.read(self._file, end - start).rfind(b"\n") + 1
            if end > start:
                break
        if end < size:
            os.ftruncate(self._file, end)


def _sync(descriptor: int) -> None:
    if hasattr(os, "fdatasync"):
        os.fdatasync(descriptor)
    else:  # macOS and Windows have no fdatasync
        os.fsync(descriptor)
