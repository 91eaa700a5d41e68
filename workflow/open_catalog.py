"""A catalog under review: in memory, every operation in its journal before it counts, the file brought up behind.

What is in memory is always the file with the journal's unsaved operations carried out on it. So a crash, an edit by
another program and a `git pull` are one case: read the file, replay the journal.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import islice
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, TypeVar

from locales import Catalog, Entry, LocalesError, State, parse_catalog, write_atomically

from . import entries
from .decisions import check, check_charset, write
from .errors import BusyError, ProjectError, WorkflowError
from .journal import Journal, Record, journal_path, read_journal, unsettled
from .locks import file_lock
from .operations import Changes, Operation, Outcome, Presence
from .project import Project
from .records import BeadRecord
from .replay import add_comment, replay
from .rows import Row, RowMaker
from .served import Running, served
from .store import Stamp, finish_broken_off, is_being_written, read_bytes, save_files, stamp, unwritable, writing
from .versions import Version, restore, version_of

if TYPE_CHECKING:
    from filelock import FileLock

PRESENT_SECONDS = 15.0  # who has not been heard of for so long is away

SLICE = 200  # rows
CHANGES = ("save", "undo", "comment")  # the records that change the catalog

T = TypeVar("T")


class _OvertakenError(Exception):
    """Another program wrote the file while we were about to."""


class OpenCatalog:
    """The catalog of a document in one language, open for review by this process alone.

    All methods may be called from any thread. A row is named by the id of its first entry.

    Args:
        project, document, language: which catalog.
        clock: seconds since the epoch.

    Raises:
        BusyError: another process has it open.
        ProjectError, LocalesError: the catalog is missing or broken, or the journal is damaged.
    """

    def __init__(self, project: Project, document: str, language: str, clock: Callable[[], float]) -> None:
        self.project = project
        self.document = document
        self.language = language
        self.path = project.present_catalog(document, language)
        self._clock = clock
        self._lock = RLock()
        self._present: dict[str, tuple[Presence, float]] = {}
        self._revision = self._reloaded = int(clock() * 1000)  # later than any that an earlier process gave
        self._log: list[tuple[int, str]] = []
        self._records: dict[str, Record] = {}
        self._conflicts: dict[str, Record] = {}
        self._catalog: Catalog
        self._ours: tuple[Stamp, ...] = ()  # the file as it was read or written last, and as it is being written
        self._maker = RowMaker(document)
        self._beads: list[entries.Bead] = []
        self._problem = ""
        journal = journal_path(project, document, language)
        self._hold = _hold(project.root, journal.with_suffix(".lock"), self.path)
        try:
            records, self._unsaved = read_journal(journal)
            self._remember(records)
            self._journal = Journal(journal)
            self._load()
        except BaseException:
            self._hold.release()
            raise

    def close(self) -> None:
        """Bring the file up to the journal if that can be done, and let others open the catalog."""
        try:
            self.checkpoint()
        except WorkflowError:
            pass  # the journal has everything; who opens the catalog next tries again
        finally:
            self._journal.close()
            self._hold.release()

    # What stands there.

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self._beads)

    @property
    def revision(self) -> int:
        """What `changes` is to be asked for the first time."""
        return self._revision

    def rows(self, start: int = 0, stop: int | None = None) -> list[Row]:
        """Return the rows from ``start`` to before ``stop``, in document order."""
        return self._each(self._maker.row, start, stop)

    def summary(self) -> list[tuple[str, State, bool]]:
        """Return of every row its id, its state, and whether there is nothing to translate, in document order."""
        return self._each(lambda bead: (self._maker.row_id(bead), bead.state, self._maker.locked(bead)))

    def unit(self, row: str) -> list[Row]:
        """Return the rows of the unit, the paragraph or cell, that a row stands in."""
        unit, place = row.rpartition(".")[0], self._places.get(row)
        if place is None:
            return []
        with self._lock:
            first = last = place
            while first > 0 and self._unit(first - 1) == unit:
                first -= 1
            while last + 1 < len(self._beads) and self._unit(last + 1) == unit:
                last += 1
            return [self._maker.row(bead) for bead in self._beads[first : last + 1]]

    def place(self, entry: str) -> int | None:
        """Return where the row stands that has this entry; None where there is none."""
        return self._places.get(entry)

    def row(self, row: str) -> Row | None:
        """Return a row by its id; None if it is gone or joined to another."""
        with self._lock:
            bead = self._bead(row)
            return self._maker.row(bead) if bead else None

    def entry(self, row: str) -> Entry | None:
        """Return the first entry of a row."""
        bead = self._bead(row)
        return bead.head if bead else None

    def catalog(self) -> Catalog:
        """Return the catalog itself, to be read and not changed."""
        return self._catalog

    def history(self, row: str) -> list[Record]:
        """Return what people did to a row, the latest first."""
        with self._lock:
            bead = self._bead(row)
            own = {self._maker.entry_id(entry) for entry in bead.entries} if bead else {row}
            found = [record for record in self._records.values() if not own.isdisjoint(record.entries)]
        return found[::-1]

    def records(self) -> list[Record]:
        """Return everything in the journal, in its order."""
        with self._lock:
            return list(self._records.values())

    def conflicts(self) -> dict[str, Record]:
        """Return the saved texts that an edit from outside displaced and nobody has settled, by row id."""
        return dict(self._conflicts)

    def has(self, operation: str) -> bool:
        """Tell whether an operation, or a group of this name, stands in the journal."""
        return operation in self._records or any(r.group == operation for r in self.records())

    def approves(self, operation: str) -> bool:
        """Tell whether taking an operation or a group back would approve something again."""
        records = (record for record in self.records() if operation in (record.id, record.group))
        return any(version.approved for record in records for version in record.before)

    def record(self, operation: str) -> Record | None:
        """Return an operation by its id."""
        return self._records.get(operation)

    def changes(self, since: int, client: str = "", user: str = "", row: str = "") -> Changes:
        """Return what happened since a revision; tell the others on which row this client is."""
        with self._lock:
            self._look()
            now = self._clock()
            if client:
                self._present[client] = Presence(client, user, row), now + PRESENT_SECONDS
            present = [who for who, until in self._present.values() if until >= now and who.client != client]
            changed = dict.fromkeys(name for revision, name in self._log if revision > since)
            reload = not self._reloaded <= since <= self._revision
            homeless = [record for row, record in self._conflicts.items() if row not in self._places]
            return Changes(self._revision, list(changed), reload, present, len(self._unsaved), self._problem, homeless)

    # What people do.

    def apply(self, operations: Sequence[Operation], user: str) -> list[Outcome]:
        """Carry decisions out, in order; when it returns, the disk has all that are ``saved``.

        Raises:
            ProjectError: the journal cannot be written; none of them was carried out.
        """
        with self._lock:
            self._look()
            done: dict[str, Record] = {}
            outcomes = [self._known(o.id, done, o.row) or self._decide(o, user, done) for o in operations]
            self._write(done)
            return outcomes

    def undo(self, target: str, operation: str, user: str) -> list[Outcome]:
        """Take back an operation, or all of a group, where nothing has changed since; an undo can be undone.

        Args:
            target: id of the operation or of the group.
            operation: id of the undo itself.
            user: who wants it.

        Raises:
            ProjectError: there is no such operation, or the journal cannot be written.
        """
        with self._lock:
            self._look()
            one = self._records.get(target)
            group = [r for r in self._records.values() if r.group == target and target and r.before]
            targets = group or ([one] if one and one.before else [])
            if not targets:
                raise ProjectError(f"{target}: is no decision that can be taken back")
            done: dict[str, Record] = {}
            outcomes = []
            for number, record in enumerate(reversed(targets)):
                name = f"{operation}.{number}" if group else operation
                outcomes.append(
                    self._known(name, done, record.row)
                    or self._take_back(record, name, operation if group else "", user, done)
                )
            self._write(done)
            return outcomes

    def take(
        self, aligned: Sequence[tuple[BeadRecord, str]], seen: Sequence[str], operation: str, user: str
    ) -> Outcome:
        """Let translations of the aligner stand where a person's do, as drafts; it can be taken back like a decision.

        Args:
            aligned: beads with their translations, which together cover whole rows.
            seen: the bases of these rows as the person saw them.
            operation: id of the operation.
            user: who wants it.

        Raises:
            ProjectError: the journal cannot be written.
        """
        with self._lock:
            self._refresh()
            ids = [i for bead, _ in aligned for i in bead.source]
            if known := self._known(operation, {}, ids[0] if ids else ""):
                return known
            places = [self._places.get(i) for i in ids]
            if not ids or places[0] is None or places[-1] is None:
                return _gone(operation, ids[0] if ids else "")
            beads = self._beads[places[0] : places[-1] + 1]
            stretch = [entry for bead in beads for entry in bead.entries]
            if [self._maker.row(bead).base for bead in beads] != list(seen) or len(stretch) != len(ids):
                return Outcome(operation, "conflict", ids[0], message="changed meanwhile; look at it as it is now")
            before = tuple(map(version_of, stretch))
            members = iter(stretch)
            for bead, text in aligned:
                own = list(islice(members, len(bead.source)))
                entries.write_bead(self._catalog, own, text or entries.OMITTED, State.DRAFT, entries.align_origin(bead))
            done: dict[str, Record] = {}
            outcome = self._decided(operation, user, beads, before, done)
            self._write(done)
            return outcome

    def comment(self, row: str, text: str, operation: str, user: str) -> Outcome:
        """Add a comment to a row.

        Raises:
            ProjectError: the journal cannot be written.
        """
        with self._lock:
            self._look()
            if known := self._known(operation, {}, row):
                return known
            bead = self._bead(row)
            if bead is None:
                return _gone(operation, row)
            try:
                add_comment(self._catalog, bead.head, text)
            except (ProjectError, ValueError) as error:
                return Outcome(operation, "refused", row, message=f"{error}; write it without that")
            now = self._maker.row(bead)
            record = Record(operation, self._clock(), user, "comment", row, (row,), text=text, base=now.base)
            self._write({record.id: record})
            self._note(row)
            return self._saved(record)

    def settle(self, row: str, operation: str, user: str) -> Outcome:
        """Say that the conflict of a row is decided as it stands, also where the row is gone.

        Raises:
            ProjectError: the journal cannot be written.
        """
        with self._lock:
            conflict = self._conflicts.get(row)
            if conflict is not None and operation not in self._records:
                record = Record(operation, self._clock(), user, "settle", row, conflict.entries, of=conflict.id)
                self._write({record.id: record})
                self._note(row)
            now = self.row(row)
            if now is not None:
                return Outcome(operation, "saved", row, now.base, now.state.name.lower())
            return Outcome(operation, "saved", row) if operation in self._records else _gone(operation, row)

    # The file.

    @property
    def unsaved(self) -> int:
        """How many operations the journal has that the catalog file does not."""
        return len(self._unsaved)

    @property
    def problem(self) -> str:
        """Why the catalog file cannot be written or read; "" where it can."""
        return self._problem

    def checkpoint(self) -> None:
        """Bring the catalog file up to the journal; no operation waits for it.

        Raises:
            ProjectError: the file cannot be written; the journal has everything.
        """
        if not self._unsaved:
            return
        try:
            with writing(self.project.root):
                self._checkpoint()
        except WorkflowError as error:
            self._problem = str(error)
            raise

    def refresh(self) -> None:
        """Take up what another program wrote to the file."""
        with self._lock:
            self._refresh()

    def rewrite(self, change: Callable[[Catalog], object]) -> None:
        """Change the catalog file as another program would, on top of all that was saved; it is taken up at once.

        Raises:
            ProjectError, LocalesError: the file cannot be read or written; nothing was changed.
        """
        with writing(self.project.root), self._lock:
            self._refresh()
            if self._problem:
                raise ProjectError(self._problem)
            catalog = parse_catalog(self._catalog.to_bytes(), str(self.path))
            change(catalog)
            save_files({self.path: catalog.to_bytes()})
            if self._unsaved:
                self._unsaved = []
                self._journal.mark_saved()
            self._refresh()

    def _checkpoint(self) -> None:
        with self._lock:
            self._refresh()
            if self._problem or not self._unsaved:
                return
            content, through, ours = self._catalog.freeze(), self._unsaved[-1].id, self._ours

        def last_look(temporary: Path) -> None:
            if stamp(self.path) not in ours:
                raise _OvertakenError
            self._ours = (ours[-1], stamp(temporary))

        try:
            write_atomically(self.path, content(), last_look=last_look)
        except _OvertakenError:
            return  # the next checkpoint takes up what the other program wrote
        except OSError as error:
            raise unwritable(self.path, error) from error
        with self._lock:
            ids = [record.id for record in self._unsaved]
            self._unsaved = self._unsaved[ids.index(through) + 1 :]
            self._journal.mark_saved(through if self._unsaved else "")

    def _look(self) -> None:
        """Take up what another program wrote, once it has finished: half of an update is no version of anything."""
        with suppress(OSError):  # what `_refresh` says
            if stamp(self.path) not in self._ours:
                if is_being_written(self.project.root):
                    return
                finish_broken_off(self.project.root)
        self._refresh()

    def _refresh(self) -> None:
        """Take up what another program wrote to the file; a file that cannot be read is said and left alone."""
        try:
            if stamp(self.path) not in self._ours:
                self._load()
        except (ProjectError, LocalesError, OSError) as error:
            self._problem = f"{error}; what you save is kept and comes to the file when it can be read again"
        else:
            self._problem = ""

    def _load(self) -> None:
        """Read the file and carry the unsaved operations out on it.

        Raises:
            ProjectError, LocalesError: the file cannot be used; what is in memory stays.
        """
        found = stamp(self.path)
        catalog = parse_catalog(read_bytes(self.path), str(self.path))
        if catalog.header_entry is None:
            raise ProjectError(
                f"{self.path}: has no header; restore it from git, or delete it and run `hexapla segment`"
            )
        maker = RowMaker(self.document, catalog)
        live = {maker.entry_id(entry): entry for entry in catalog if not entry.obsolete}
        if self._beads:  # who wrote the file may have brought it up to the journal before
            unsaved = {record.id for record in read_journal(self._journal.path)[1]}
            self._unsaved = [record for record in self._unsaved if record.id in unsaved]
        displaced = replay(catalog, live, self._unsaved)
        beads = list(entries.beads(catalog))
        heads = {maker.entry_id(entry): maker.row_id(bead) for bead in beads for entry in bead.entries}
        conflicts = [self._conflict(record, heads) for record in displaced]
        if conflicts:
            self._journal.append(conflicts)
            self._remember(conflicts)
            self._unsaved += conflicts
        before = [(self._maker.row_id(bead), bead.digest, bead.state) for bead in self._beads]
        self._catalog, self._maker, self._beads = catalog, maker, beads
        self._ours = (found,)
        self._number()
        self._note_changes(before)
        self._note(*(record.row for record in conflicts))

    def _note_changes(self, before: list[tuple[str, str, State]]) -> None:
        if not before:
            return
        now = [(self._maker.row_id(bead), bead.digest, bead.state) for bead in self._beads]
        if [row for row, *_ in before] == [row for row, *_ in now]:
            self._note(*(new[0] for old, new in zip(before, now, strict=True) if old != new))
        else:
            self._revision += 1
            self._reloaded = self._revision
            self._log.clear()

    def _conflict(self, record: Record, heads: Mapping[str, str]) -> Record:
        row = next((heads[entry] for entry in record.entries if entry in heads), record.row)
        return replace(
            record, id=f"{record.id}!", time=self._clock(), kind="conflict", row=row, before=(), of=record.id
        )

    # Operations, one at a time; the lock is held.

    def _decide(self, operation: Operation, user: str, done: dict[str, Record]) -> Outcome:
        bead = self._bead(operation.row)
        if bead is None:
            return _gone(operation.id, operation.row)
        now = self._maker.row(bead)
        if now.base != operation.base:
            message = "changed while you worked on it; compare both texts"
            return Outcome(operation.id, "conflict", operation.row, now=now, message=message)
        before = tuple(map(version_of, bead.entries))
        try:
            check(self.document, now, operation.decision, user)
            write(self.document, self._catalog, bead, operation.decision, user)
            check_charset(self._catalog, *(entry.raw for entry in bead.entries))
        except (ProjectError, LocalesError, ValueError) as error:
            restore(self._catalog, bead.entries, before)
            return Outcome(operation.id, "refused", operation.row, message=str(error))
        return self._decided(operation.id, user, [bead], before, done, operation.group)

    def _decided(
        self,
        operation: str,
        user: str,
        beads: Sequence[entries.Bead],
        before: tuple[Version, ...],
        done: dict[str, Record],
        group: str = "",
    ) -> Outcome:
        """Take down what was written over the entries of some beads."""
        old = list(map(self._maker.row_id, beads))
        stretch = [entry for bead in beads for entry in bead.entries]
        rows = self._regroup(stretch)
        ids = tuple(map(self._maker.entry_id, stretch))
        after = tuple(map(version_of, stretch))
        base = rows[0].base
        record = Record(operation, self._clock(), user, "save", old[0], ids, before, after, group, base=base)
        done[record.id] = record
        return self._saved(record, rows, old)

    def _take_back(self, record: Record, operation: str, group: str, user: str, done: dict[str, Record]) -> Outcome:
        places = [self._places.get(entry) for entry in record.entries]
        if None in places:
            return _gone(operation, record.row)
        first, last = self._places[record.entries[0]], self._places[record.entries[-1]]
        stretch = [entry for bead in self._beads[first : last + 1] for entry in bead.entries]
        ids = tuple(map(self._maker.entry_id, stretch))
        if ids != record.entries or tuple(map(version_of, stretch)) != record.after:
            message = "changed since; what stands there now stays"
            now = self.row(record.row)
            return Outcome(operation, "conflict", record.row, now=now, message=message)
        old = [self._maker.row_id(bead) for bead in self._beads[first : last + 1]]
        restore(self._catalog, stretch, record.before)
        rows = self._regroup(stretch)
        taken = Record(
            operation,
            self._clock(),
            user,
            "undo",
            record.row,
            ids,
            record.after,
            record.before,
            group,
            record.id,
            base=rows[0].base,
        )
        done[taken.id] = taken
        return self._saved(taken, rows, old)

    def _regroup(self, stretch: Sequence[Entry]) -> list[Row]:
        """Make the beads of these entries anew and return their rows."""
        ids = [self._maker.entry_id(entry) for entry in stretch]
        first, last = self._places[ids[0]], self._places[ids[-1]]
        new = list(entries.beads(stretch))
        same = len(new) == last + 1 - first
        self._beads[first : last + 1] = new
        if not same:
            self._number()
        rows = [self._maker.row(bead) for bead in new]
        self._note(*(row.id for row in rows))
        return rows

    def _known(self, operation: str, done: Mapping[str, Record], row: str) -> Outcome | None:
        """Return the outcome of an operation that was carried out before, or just now."""
        record = self._records.get(operation) or done.get(operation)
        if record is None:
            return None
        if record.row != row:
            return Outcome(operation, "refused", row, message="its id was given to another operation; reload the page")
        return self._saved(record)

    def _saved(self, record: Record, rows: Sequence[Row] = (), replaces: Sequence[str] = ()) -> Outcome:
        state = record.base.rpartition(":")[2].lower()
        if [row.id for row in rows] == list(replaces):
            return Outcome(record.id, "saved", record.row, record.base, state)
        return Outcome(record.id, "saved", record.row, record.base, state, rows=rows, replaces=replaces)

    def _write(self, done: Mapping[str, Record]) -> None:
        """Put records on the disk; where that fails, what they decided is taken back in memory."""
        if not done:
            return
        try:
            self._journal.append(done.values())
        except ProjectError:
            for record in reversed(list(done.values())):
                self._take_out(record)
            raise
        self._remember(done.values())
        self._unsaved += [record for record in done.values() if record.kind in CHANGES]

    def _take_out(self, record: Record) -> None:
        """Put back what stood before a record; a comment goes when the file can be read again."""
        if record.kind == "comment":
            with suppress(ProjectError, LocalesError, OSError):
                self._load()
        elif record.before:
            first, last = (self._places[entry] for entry in (record.entries[0], record.entries[-1]))
            stretch = [entry for bead in self._beads[first : last + 1] for entry in bead.entries]
            restore(self._catalog, stretch, record.before)
            self._regroup(stretch)

    def _each(self, make: Callable[[entries.Bead], T], start: int = 0, stop: int | None = None) -> list[T]:
        """Make something of every bead, a few at a time, so that nobody who saves has to wait for all."""
        made: list[T] = []
        end = len(self._beads) if stop is None else stop
        for first in range(start, end, SLICE):
            with self._lock:
                made += [make(bead) for bead in self._beads[first : min(end, first + SLICE)]]
        return made

    def _unit(self, place: int) -> str:
        return self._maker.row_id(self._beads[place]).rpartition(".")[0]

    def _remember(self, done: Collection[Record]) -> None:
        self._records |= {record.id: record for record in done}
        if any(record.kind in ("conflict", "settle") for record in done):
            self._conflicts = unsettled(self._records.values())

    def _bead(self, row: str) -> entries.Bead | None:
        place = self._places.get(row)
        if place is None or self._maker.row_id(self._beads[place]) != row:
            return None
        return self._beads[place]

    def _number(self) -> None:
        name = self._maker.entry_id
        self._places = {name(entry): place for place, bead in enumerate(self._beads) for entry in bead.entries}

    def _note(self, *rows: str) -> None:
        if rows:
            self._revision += 1
            self._log += [(self._revision, row) for row in rows]


def _gone(operation: str, row: str) -> Outcome:
    message = "the sentence is gone or joined to another; your text is kept, copy it to where it belongs"
    return Outcome(operation, "conflict", row, message=message)


def _busy(page: Running | None) -> str:
    if page is None:
        return "is open in another hexapla, a command or a page; wait until that has ended, then try again"
    return f"is open in `hexapla review` ({page}); do this on its pages, or end it with Ctrl+C and try again"


def _hold(root: Path, lock: Path, catalog: Path) -> "FileLock":
    """Hold the lock of the catalog; the system lets go of it when the process dies."""
    from filelock import Timeout

    held = file_lock(lock)
    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
        held.acquire(timeout=0)
    except Timeout:
        raise BusyError(f"{catalog}: {_busy(served(root))}") from None
    except OSError as error:
        raise unwritable(lock, error) from error
    return held
