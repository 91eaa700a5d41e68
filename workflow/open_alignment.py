"""An alignment under review: in memory, every operation in its journal before it counts, files brought up behind.

As with a catalog (see `workflow.open_catalog`), what is in memory is the file with the journal's unsaved steps carried
out on it, so a crash, an edit by another program and a `git pull` are one case.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from threading import RLock
from typing import Literal

from segments import SegmentsError
from segments.alignment import Associations, align_stretch

from .associations import associations
from .bead_journal import Step, bead_journal_path, replay_steps, undoable
from .border_journal import BorderStep, border_journal_path, read_borders
from .entries import project_beads
from .errors import OutdatedError, ProjectError, WorkflowError
from .groups import Group, Groups, Replace, beads_of, between_confirmed, groups_like, groups_of, replace_stretch
from .ingest import load_version
from .journal import Journal, read_lines
from .open_catalog import OpenCatalog
from .pairing import translations
from .project import Project
from .records import Alignment, read_alignment, write_alignment
from .segmenting import Version
from .store import finish_broken_off, save_files, stamp, writing

LOG = 1_000  # changes that a client may have missed before it has to read everything anew

_LOST = "{n} changes found no place in the alignment that another program wrote; they stay in the journal"

Plan = Callable[[Groups, int], Replace]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a stretch of groups begins: how many sentences of each text stand before it."""

    source: int
    target: int


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of an alignment: at a place some groups gave way to others; ``id`` is that of its step."""

    id: str
    place: Place
    old: tuple[Group, ...]
    new: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """What became of an operation: ``saved`` is on the disk; the others changed nothing, and ``message`` says why."""

    id: str
    result: Literal["saved", "conflict", "refused"]
    edit: Edit | None = None
    message: str = ""


class OpenAlignment:
    """The alignment of a document with its translation, open for review by the process that has its catalog open.

    All methods may be called from any thread.

    Args:
        catalog: of the document in this language, open.
        clock: seconds since the epoch.

    Raises:
        OutdatedError: there is no translation or no alignment, or it is of another version of a text.
        ProjectError, SegmentsError: a text cannot be read, or the journal is damaged.
    """

    def __init__(self, catalog: OpenCatalog, clock: Callable[[], float]) -> None:
        self.catalog = catalog
        self.project: Project = catalog.project
        self.document = catalog.document
        self.language = catalog.language
        self.path = self.project.alignment_path(self.document, self.language)
        self._clock = clock
        self._lock = RLock()
        self._revision = self._reloaded = int(clock() * 1000)  # later than any that an earlier process gave
        self._log: list[tuple[int, Edit]] = []
        self._groups: list[Group] = []
        self._places: list[tuple[int, int]] = []
        self._problem = self._failure = self._unusable = ""
        self._digests = ("", "")
        self._texts: tuple[Version, Version]
        self._ids: tuple[list[str], list[str]]
        self._borders: list[BorderStep]
        self._later: frozenset[str]
        self._sides: tuple[dict[str, str], dict[str, str]]
        journal = bead_journal_path(self.project, self.document, self.language)
        steps, self._unsaved = read_lines(journal, Step.from_json)
        self._steps = {step.id: step for step in steps}
        self._load()
        self._journal = Journal(journal)

    def close(self) -> None:
        """Bring the files up to the journal if that can be done."""
        try:
            self.checkpoint()
        except WorkflowError:
            pass  # the journal has everything; who opens the alignment next tries again
        finally:
            self._journal.close()

    # What stands there.

    @property
    def revision(self) -> int:
        """What `changes` is to be asked for the first time."""
        return self._revision

    @property
    def unsaved(self) -> int:
        """How many operations the journal has that the files do not."""
        return len(self._unsaved)

    @property
    def problem(self) -> str:
        """Why the files cannot be written or read, or what found no place in them; "" where all is well."""
        return self._unusable or self._failure or self._problem

    @property
    def version(self) -> str:
        """The digests of both texts: another version has other sentences."""
        return f"{self._digests[0]}:{self._digests[1]}"

    def groups(self) -> tuple[int, tuple[Group, ...]]:
        """Return the groups, in order, and the revision they are of.

        Raises:
            OutdatedError: the texts or the alignment changed, and do not fit together any more.
        """
        with self._lock:
            self.refresh()
            if self._unusable:
                raise OutdatedError(self._unusable)
            return self._revision, tuple(self._groups)

    def place(self, at: int) -> tuple[int, int]:
        """Return how many sentences of each text stand before a group."""
        return self._places[at]

    def at(self, place: Place) -> int | None:
        """Return the number of the group that begins at a place; None where none does."""
        with self._lock:
            return self._at(place)

    def ids(self) -> tuple[list[str], list[str]]:
        """Return the ids of the sentences of both texts, in order; not to be changed."""
        return self._ids

    def texts(self) -> tuple[Version, Version]:
        """Return both texts as they are cut into sentences."""
        return self._texts

    def sentences(self) -> tuple[dict[str, str], dict[str, str]]:
        """Return the sentences of both texts, with their tags, by id and in order; not to be changed."""
        return self._sides

    def later(self) -> list[int]:
        """Return the source sentences, by number, that came or moved after the translation was made."""
        with self._lock:
            return sorted(self._numbers[0][identity] for identity in self._later if identity in self._numbers[0])

    def place_of(self, sentence: str) -> int | None:
        """Return the place of the group that has a source sentence, by its id; None where there is none."""
        with self._lock:
            number = self._numbers[0].get(sentence)
            return None if number is None else self._holder(0, number)

    def history(self, user: str) -> tuple[list[Step | BorderStep], list[Step | BorderStep]]:
        """Return what a person can take back and what can be done again, the latest last.

        Borders are among it, those of the source from whatever language they were moved; see `Session.undo_beads`.
        """
        with self._lock:
            steps: list[Step | BorderStep] = [*self._steps.values(), *self._borders]
            return undoable(sorted(steps, key=lambda step: step.time), user)

    def known(self, operation: str) -> Result | None:
        """Return the result of an operation that was carried out before, or that cannot be now."""
        if operation in self._steps or any(step.id == operation for step in self._borders):
            return Result(operation, "saved")
        return Result(operation, "refused", message=self._unusable) if self._unusable else None

    def last(self, user: str, *, redo: bool = False) -> Step | BorderStep | None:
        """Return what a person would take back now, or do again; None where there is nothing."""
        self.refresh()
        found = self.history(user)[redo]
        return found[-1] if found else None

    def changes(self, since: int) -> list[Edit] | None:
        """Return what changed since a revision, in order; None where everything is to be read anew."""
        with self._lock:
            self.refresh()
            if not self._reloaded <= since <= self._revision:
                return None
            return [edit for revision, edit in self._log if revision > since]

    # What people do.

    def apply(
        self, operation: str, kind: str, place: Place, plan: Plan, user: str, seen: Sequence[Group] | None = None
    ) -> Result:
        """Carry an operation out; when it returns, the disk has it.

        Args:
            operation: its id; asked for again, it is answered again and not carried out twice.
            kind: its name.
            place: where the group stands that it is about.
            plan: makes the change from all groups and the number of that group; see `workflow.regroup.Request`.
            user: who wants it.
            seen: the groups that were to give way as the person saw them; others are a conflict.

        Raises:
            ProjectError: the journal cannot be written; nothing was changed.
        """
        with self._lock:
            self.refresh()
            if known := self.known(operation):
                return known
            at = self._at(place)
            if at is None:
                return _conflict(operation)
            try:
                change = plan(self._groups, at)
            except (ProjectError, SegmentsError) as error:
                return Result(operation, "refused", message=str(error))
            if seen is not None and tuple(seen) != change.old:
                return _conflict(operation)
            return self._carry_out(operation, kind, change, user)

    def realign(self, operation: str, place: Place, user: str) -> Result:
        """Align the sentences around a place anew, from the confirmed bead before it to the one after it.

        Raises:
            ProjectError: the journal cannot be written; nothing was changed.
        """
        with self._lock:
            self.refresh()
            if known := self.known(operation):
                return known
            revision, groups, places = self._revision, tuple(self._groups), self._places
            texts = [list(version.plain_texts().values()) for version in self._texts]
            at = self._at(place)
        if at is None:
            return _conflict(operation)
        start, stop = between_confirmed(groups, at)
        if start == stop:
            return Result(
                operation, "refused", message="this bead is confirmed; choose one between two confirmed beads"
            )
        source, target = map(range, places[start], places[stop])
        with writing(self.project.root):
            learned = associations(self.project, self.language, stale=True)
        taught = Associations.joined(list(learned.values()))
        tags = self.project.source, self.language
        beads = align_stretch(texts[0], texts[1], *tags, (source, target), known=taught)
        new = [Group(len(bead.source), len(bead.target), round(bead.confidence, 4)) for bead in beads]
        change = replace_stretch(groups, start, stop, new)
        with self._lock:  # aligning may take seconds, in which others work on
            self.refresh()
            if known := self.known(operation):
                return known
            if revision != self._revision and tuple(self._groups) != groups:
                return _conflict(operation)
            return self._carry_out(operation, "realign", change, user)

    def undo(self, operation: str, user: str, *, redo: bool = False) -> Result:
        """Take back what this person did last, or with ``redo`` do again what was taken back last.

        Raises:
            ProjectError: the journal cannot be written; nothing was changed.
        """
        with self._lock:
            self.refresh()
            if known := self.known(operation):
                return known
            found = self.history(user)[redo]
            if not found:
                return Result(operation, "refused", message=f"there is nothing to {'redo' if redo else 'undo'}")
            step = found[-1]
            if isinstance(step, BorderStep):
                return Result(operation, "refused", message="a sentence border goes through all files of its document")
            start = self._standing(step)
            if start is None:
                return Result(operation, "conflict", message="these beads were changed since; what stands there stays")
            change = Replace(start, groups_like(step.new), groups_like(step.old))
            return self._carry_out(operation, "redo" if redo else "undo", change, user, step.id)

    # The files.

    def refresh(self) -> None:
        """Take up what another program wrote; files that do not fit together are said and left alone."""
        try:
            if self._stamps != self._stamp():
                finish_broken_off(self.project.root)
                self._load()
        except (WorkflowError, SegmentsError, FileNotFoundError) as error:
            self._unusable = str(error)
        else:
            self._unusable = ""

    def checkpoint(self) -> None:
        """Bring the alignment and the catalog up to the journal; no operation waits for it.

        The catalog takes the beads up where no person has worked.

        Raises:
            ProjectError: a file cannot be written; the journal has everything.
        """
        if not self._unsaved:
            return
        try:
            self._checkpoint()
            self._failure = ""
        except WorkflowError as error:
            self._failure = str(error)
            raise

    def _checkpoint(self) -> None:
        with writing(self.project.root):
            with self._lock:
                self.refresh()
                if self._unusable:
                    raise OutdatedError(self._unusable)
                through = self._unsaved[-1].id
                alignment = Alignment(*self._digests, beads_of(self._groups, *self._ids), self._later)
                source, target = self._texts
            save_files({self.path: write_alignment(alignment)})
            with self._lock:
                self._stamps = self._stamp()
        offered = translations(alignment.beads, source.segments, target.segments, self.language)
        self.catalog.rewrite(lambda catalog: project_beads(catalog, offered, alignment.unanswered()))
        with self._lock:
            ids = [step.id for step in self._unsaved]
            self._unsaved = self._unsaved[ids.index(through) + 1 :]
            self._journal.mark_saved(through if self._unsaved else "")

    def _load(self) -> None:
        """Read the files and carry the unsaved steps out on them.

        Raises:
            ProjectError, SegmentsError: they cannot be used; what is in memory stays.
        """
        stamps = self._stamp()
        tags = self.project.source, self.language
        try:
            source, target = (load_version(self.project, self.document, tag) for tag in tags)
        except ProjectError as error:
            raise OutdatedError(str(error)) from None
        sides = source.texts(), target.texts()
        ids = list(sides[0]), list(sides[1])
        digests = source.digest(), target.digest()
        again = f"run `hexapla align {self.document} --lang {self.language}`: what a person confirmed stays"
        if not self.path.exists():
            raise OutdatedError(f"{self.path}: is missing; {again}")
        alignment = read_alignment(self.path)
        if (alignment.source_digest, alignment.target_digest) != digests:
            raise OutdatedError(f"{self.path}: was made from another version of the texts; {again}")
        beads, displaced = replay_steps(alignment.beads, self._unsaved)
        try:
            groups = groups_of(beads, *ids)
        except ProjectError as error:
            raise OutdatedError(f"{self.path}: {error}; {again}") from None
        borders = read_borders(self.project, self.document)
        self._borders = [step for step in borders if step.language in tags]
        same = groups == self._groups and digests == self._digests
        self._stamps, self._texts = stamps, (source, target)
        self._sides, self._ids, self._digests = sides, ids, digests
        self._later = alignment.later
        self._numbers = tuple({identity: number for number, identity in enumerate(names)} for names in ids)
        self._groups = groups
        self._number()
        self._problem = _LOST.format(n=len(displaced)) if displaced else ""
        if not same:
            self._revision += 1
            self._reloaded = self._revision
            self._log.clear()

    def _stamp(self) -> tuple[object, ...]:
        paths = (
            self.path,
            self.project.segments_path(self.document, self.project.source),
            self.project.segments_path(self.document, self.language),
            self.project.document_path(self.document),
            border_journal_path(self.project, self.document),
        )
        return tuple(stamp(path) for path in paths if path.exists())

    # Operations; the lock is held.

    def _carry_out(self, operation: str, kind: str, change: Replace, user: str, of: str = "") -> Result:
        if change.old == change.new:
            return Result(operation, "refused", message="nothing would change")
        place = self._places[change.start]
        old, new = (beads_of(groups, *self._ids, place) for groups in (change.old, change.new))
        step = Step(operation, self._clock(), user, kind, old, new, of)
        self._journal.append([step])
        self._steps[step.id] = step
        self._unsaved.append(step)
        self._groups[change.start : change.start + len(change.old)] = change.new
        self._number()
        edit = Edit(operation, Place(*place), change.old, change.new)
        self._revision += 1
        self._log = [*self._log[-LOG:], (self._revision, edit)]
        if len(self._log) > LOG:
            self._reloaded = self._log[0][0]
        return Result(operation, "saved", edit)

    def _standing(self, step: Step) -> int | None:
        """Return where the new beads of a step stand; None where they were changed since."""
        first = step.new[0]
        side, name = (0, first.source[0]) if first.source else (1, first.target[0])
        number = self._numbers[side].get(name)
        if number is None:
            return None
        at = self._holder(side, number)
        standing = beads_of(self._groups[at : at + len(step.new)], *self._ids, self._places[at])
        return at if standing == step.new else None

    def _holder(self, side: int, number: int) -> int:
        """Return which group has a sentence: the last that begins with it or before it."""
        return bisect_right(self._places, number, hi=len(self._groups), key=lambda place: place[side]) - 1

    def _at(self, place: Place) -> int | None:
        """Return the number of the group that begins at a place."""
        wanted = place.source, place.target
        at = bisect_left(self._places, wanted, hi=len(self._groups))
        return at if at < len(self._groups) and self._places[at] == wanted else None

    def _number(self) -> None:
        sources = accumulate((group.source for group in self._groups), initial=0)
        targets = accumulate((group.target for group in self._groups), initial=0)
        self._places = list(zip(sources, targets, strict=True))


def catch_up_beads(project: Project, document: str, language: str) -> None:
    """Write what the journal of another process has into the alignment; that process finds its own work there.

    Raises:
        ProjectError: a file cannot be read or written.
    """
    with writing(project.root):
        path = project.alignment_path(document, language)
        alignment = read_alignment(path)
        _, unsaved = read_lines(bead_journal_path(project, document, language), Step.from_json)
        beads, _ = replay_steps(alignment.beads, unsaved)
        save_files({path: write_alignment(replace(alignment, beads=tuple(beads)))})


def _conflict(operation: str) -> Result:
    return Result(operation, "conflict", message="these beads were changed meanwhile; they are shown as they are now")
