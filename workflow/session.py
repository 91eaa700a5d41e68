"""The catalogs of a project that are open for review, and the writer behind them."""

import time
from collections.abc import Callable
from contextlib import suppress
from threading import Event, RLock, Thread

from .bead_journal import bead_journal_path, bead_journals
from .border_journal import BorderStep
from .errors import BusyError, OutdatedError, ProjectError, WorkflowError
from .folders import SETTINGS
from .journal import is_settled, journal_path, journals, mark_caught_up, read_journal
from .open_alignment import OpenAlignment, Result, catch_up_beads
from .open_catalog import OpenCatalog
from .project import Project, open_project
from .recutting import Asked, Recut, recut, take_back
from .replay import replay
from .rows import RowMaker
from .store import finish_broken_off, save_files, stamp, writing

IDLE_SECONDS = 5.0  # after so long without an operation the file is brought up to the journal,
BUSY_SECONDS = 30.0  # and after so long in any case


class Session:
    """The open catalogs of a project; each is read when it is asked for first.

    A thread brings the catalog files up to their journals. Use it as a context manager, or `close` it.

    Args:
        project: the project.
        clock: seconds since the epoch.
        idle, busy: seconds after the last, and after the first, unsaved operation when a file is written.
    """

    def __init__(
        self,
        project: Project,
        clock: Callable[[], float] = time.time,
        *,
        idle: float = IDLE_SECONDS,
        busy: float = BUSY_SECONDS,
    ) -> None:
        self._project = project
        self._settings = stamp(project.root / SETTINGS)
        self._clock = clock
        self._pauses = idle, busy
        self._lock = RLock()
        self._open: dict[tuple[str, str], OpenCatalog] = {}
        self._alignments: dict[tuple[str, str], OpenAlignment] = {}
        self._due: dict[int, tuple[int, float, float]] = {}
        self._ended = Event()
        self._writer = Thread(target=self._keep_writing, name="checkpoints", daemon=True)
        self._writer.start()

    def __enter__(self) -> "Session":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def project(self) -> Project:
        """The project as its settings say now; while they cannot be read, as they said before."""
        with suppress(OSError, ProjectError):
            now = stamp(self._project.root / SETTINGS)
            if now != self._settings:
                self._settings = now
                self._project = open_project(self._project.root)
        return self._project

    def open(self, document: str, language: str) -> OpenCatalog:
        """Return the catalog of a document in one language.

        Raises:
            BusyError: another process has it open.
            ProjectError, LocalesError: there is none, or it is broken.
        """
        with self._lock:
            key = document, language
            if key not in self._open:
                self.project.select_documents(document)
                self.project.select_languages(language)
                self._open[key] = OpenCatalog(self.project, document, language, self._clock)
            return self._open[key]

    def alignment(self, document: str, language: str) -> OpenAlignment:
        """Return the alignment of a document with its translation in one language.

        Raises:
            BusyError: another process has the catalog open.
            ProjectError, LocalesError, SegmentsError: there is no alignment, or it does not fit the texts.
        """
        with self._lock:
            key = document, language
            catalog = self.open(document, language)
            if key not in self._alignments:
                self._alignments[key] = OpenAlignment(catalog, self._clock)
            return self._alignments[key]

    def recut(
        self, document: str, language: str, sentence: str, at: int | str | None, user: str, operation: str
    ) -> Recut:
        """Cut a sentence of a source or translation, or join it with the next; see `workflow.recutting.recut`.

        Raises:
            BusyError: another process has one of the document's catalogs open.
            ProjectError: it cannot be cut or joined there, or a file not be written; nothing was changed.
        """
        with self._lock:
            self._bring_up(document)
            asked = Asked(user, operation, self._clock())
            return recut(self.project, document, language, sentence, at, asked)

    def undo_beads(self, document: str, language: str, operation: str, user: str, *, redo: bool = False) -> Result:
        """Take back, or do again, what a person did last to the beads of an alignment or to the borders of its texts.

        Raises:
            BusyError: another process has one of the document's catalogs open.
            ProjectError: a file cannot be written; nothing was changed.
        """
        with self._lock:
            alignment = self.alignment(document, language)
            step = alignment.last(user, redo=redo)
            if alignment.known(operation) or not isinstance(step, BorderStep):
                return alignment.undo(operation, user, redo=redo)
            self._bring_up(document)
            try:
                take_back(self.project, document, step, Asked(user, operation, self._clock()), redo=redo)
            except OutdatedError as error:
                return Result(operation, "conflict", message=str(error))
            return Result(operation, "saved")

    def _bring_up(self, document: str) -> None:
        """Open all catalogs of a document, and bring all files up to their journals."""
        for target in self.project.targets:
            if self.project.catalog_path(document, target).exists():
                self.open(document, target)
        for opened in self._opened():
            opened.checkpoint()

    def having(self, operation: str) -> list[OpenCatalog]:
        """Return the catalogs that an operation, or a group of them, changed.

        Raises:
            BusyError: another process has one of the project's catalogs open.
            ProjectError: there is no such operation, or a journal is damaged.
        """
        catalogs = [self.open(document, language) for document, language in journals(self.project)]
        concerned = [catalog for catalog in catalogs if catalog.has(operation)]
        if not concerned:
            raise ProjectError(f"{operation}: there is no such operation; `hexapla history` shows them")
        return concerned

    def close(self) -> None:
        """End the writer, bring every file up to its journal, and let others open the catalogs."""
        self._ended.set()
        self._writer.join()
        with self._lock:
            for opened in self._opened():
                opened.close()
            self._alignments.clear()
            self._open.clear()

    def _opened(self) -> list[OpenCatalog | OpenAlignment]:
        """Return what is open; an alignment comes before the catalog that it writes to."""
        return [*self._alignments.values(), *self._open.values()]

    def _keep_writing(self) -> None:
        idle, _ = self._pauses
        while not self._ended.wait(min(0.5, idle / 2)):
            with self._lock:
                opened = self._opened()
            for each in opened:
                if self._is_due(each):
                    try:
                        each.checkpoint()
                    except WorkflowError:
                        continue  # `changes` says it; the journal has everything, and the next round tries again

    def _is_due(self, opened: OpenCatalog | OpenAlignment) -> bool:
        """Tell whether a file has been idle or busy for long enough."""
        key, unsaved, now = id(opened), opened.unsaved, self._clock()
        if not unsaved:
            self._due.pop(key, None)
            return False
        idle, busy = self._pauses
        seen, quiet_since, first = self._due.get(key, (-1, now, now))
        if seen != unsaved:
            quiet_since = now
        self._due[key] = unsaved, quiet_since, first
        if now - quiet_since < idle and now - first < busy:
            return False
        del self._due[key]
        return True


def recover(project: Project) -> int:
    """Bring every catalog file up to its journal, and return how many needed it.

    A server that crashed leaves operations in the journal alone; one that runs may have some that are seconds old.
    Every command does this before it reads a catalog.

    Raises:
        ProjectError, LocalesError: a journal or a catalog is broken, or cannot be written.
    """
    finish_broken_off(project.root)
    behind = [pair for pair in journals(project) if not is_settled(journal_path(project, *pair))]
    for document, language in behind:
        try:
            OpenCatalog(project, document, language, time.time).close()
        except BusyError:
            _catch_up(project, document, language)
    beads = [pair for pair in bead_journals(project) if not is_settled(bead_journal_path(project, *pair))]
    for document, language in beads:
        _recover_beads(project, document, language)
    return len(behind) + len(beads)


def _recover_beads(project: Project, document: str, language: str) -> None:
    """Bring an alignment up to its journal; where the texts have changed since, that waits until they are aligned."""
    with suppress(OutdatedError):
        try:
            catalog = OpenCatalog(project, document, language, time.time)
        except BusyError:
            catch_up_beads(project, document, language)
            return
        try:
            OpenAlignment(catalog, time.time).close()
        finally:
            catalog.close()


def _catch_up(project: Project, document: str, language: str) -> None:
    """Write what the journal of another process has into the file; that process finds its own work there."""
    with writing(project.root):
        catalog = project.catalog(document, language)
        maker = RowMaker(document, catalog)
        live = {maker.entry_id(entry): entry for entry in catalog if not entry.obsolete}
        journal = journal_path(project, document, language)
        _, unsaved = read_journal(journal)
        displaced = replay(catalog, live, unsaved)
        save_files({project.catalog_path(document, language): catalog.to_bytes()})
        if unsaved and not displaced:
            mark_caught_up(journal, unsaved[-1].id)
