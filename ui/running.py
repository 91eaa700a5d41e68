"""One server a project: who holds the lock serves, and everybody else is told where."""

import json
import os
import platform
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from workflow import ProjectError
from workflow.folders import STATE
from workflow.store import save_files, unwritable

WAIT_SECONDS = 10.0  # for a server that has the lock and has not yet said where it is


@dataclass(frozen=True, slots=True)
class Running:
    """Where a project is served: the TCP port, the process, the name of its machine, a team's address or ""."""

    port: int
    pid: int
    machine: str
    url: str = ""


@contextmanager
def serving(root: Path, port: int, url: str = "") -> Iterator[Running | None]:
    """Hold the project for this server, or give the one that has it already.

    The lock is the system's and dies with the process; `.hexapla/review.json` beside it only says where the holder is,
    and may be that of one who was killed. SIGTERM ends the holder as Ctrl+C does: KeyboardInterrupt.

    Raises:
        ProjectError: the folder cannot be written, or the holder is on another machine.
    """
    lock = FileLock(root / STATE / "review.lock")
    note = root / STATE / "review.json"
    try:
        note.parent.mkdir(exist_ok=True)
        lock.acquire(timeout=0)
    except Timeout:
        yield _holder(root, note)
        return
    except OSError as error:
        raise unwritable(root, error) from error
    try:
        save_files({note: json.dumps(asdict(Running(port, os.getpid(), platform.node(), url))).encode()})
        with _terminated_like_interrupted():
            yield None
    finally:
        note.unlink(missing_ok=True)
        lock.release()


@contextmanager
def _terminated_like_interrupted() -> Iterator[None]:
    """Let SIGTERM raise KeyboardInterrupt; only the main thread may say what a signal does."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _holder(root: Path, note: Path) -> Running:
    """Read where the holder of the lock is; a note of a process that is gone says nothing of it."""
    deadline = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            found = Running(**json.loads(note.read_bytes()))
            if found.machine != platform.node() or _is_alive(found.pid):
                break
        except (OSError, ValueError, TypeError):
            pass  # it is not written yet
        if time.monotonic() > deadline:
            raise ProjectError(
                f"{root}: another `hexapla review` has this project but does not say where; end it and try again"
            )
        time.sleep(0.1)
    if found.machine != platform.node():
        raise ProjectError(f"{root}: is under review on {found.machine}; review it there, or end that server first")
    return found


def _is_alive(pid: int) -> bool:
    """Tell whether there is such a process; where signal 0 would do more than ask, it is believed."""
    if os.name != "posix":
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # of another user
        return True
    return True
