"""Long work of a project: in a thread of its own, one at a time, seen by every page, broken off without a trace."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Literal

from locales import LocalesError
from segments import SegmentsError
from workflow import WorkflowError
from workflow.project import Progress

Kind = Literal["add", "pair", "compare", "update", "build", "targets"]


class _CancelledError(Exception):
    """A person wants the work to end."""


@dataclass(frozen=True, slots=True)
class Step:
    """What is being done, how much of it is done, and how much there is; before anything is known, 0 of 0."""

    what: str = ""
    done: int = 0
    total: int = 0

    @property
    def share(self) -> float:
        """How much is done, 0 to 1."""
        return min(1.0, self.done / self.total) if self.total else 0.0


class Job:
    """A piece of work, which begins at once.

    The functions of `workflow` write at the end, all or nothing, so an exception out of their ``progress`` ends them
    with nothing written.

    Attributes:
        kind: what it is.
        request: what was asked for, for the page that asked.
        step: how far it is.
        ended: whether it has; then there is a ``result``, an ``error``, or neither where it was cancelled.
    """

    def __init__(self, kind: Kind, request: object, work: Callable[[Progress], object]) -> None:
        self.kind = kind
        self.request = request
        self.step = Step()
        self.result: object = None
        self.error: Exception | None = None
        self._cancelled = Event()
        self._thread = Thread(target=self._run, args=(work,), name=kind, daemon=True)
        self._thread.start()

    @property
    def ended(self) -> bool:
        """Whether the work has ended, in whatever way."""
        return not self._thread.is_alive()

    @property
    def ending(self) -> bool:
        """Whether it was asked to end."""
        return self._cancelled.is_set()

    def wait(self, seconds: float) -> bool:
        """Wait for the end, so long at most, and tell whether it has come."""
        self._thread.join(seconds)
        return self.ended

    def cancel(self) -> None:
        """Ask the work to end; it does when it next says how far it is."""
        self._cancelled.set()

    def _run(self, work: Callable[[Progress], object]) -> None:
        try:
            self.result = work(self._show)
        except _CancelledError:
            return
        except (WorkflowError, SegmentsError, LocalesError, OSError) as error:
            self.error = error
        except Exception as error:
            self.error = error  # the page says it; the thread's traceback goes to the log of the server
            raise

    def _show(self, what: str, done: int, total: int) -> None:
        if self._cancelled.is_set():
            raise _CancelledError
        self.step = Step(what, done, total)


_jobs: dict[Path, Job] = {}
_lock = Lock()


def running(root: Path) -> Job | None:
    """Return the work on a project that has not ended."""
    job = _jobs.get(root)
    return None if job is None or job.ended else job


def start(root: Path, kind: Kind, request: object, work: Callable[[Progress], object]) -> Job | None:
    """Begin a piece of work on a project; None where another has not ended."""
    with _lock:
        if running(root):
            return None
        _jobs[root] = Job(kind, request, work)
        return _jobs[root]
