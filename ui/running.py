"""One server a project: who holds the lock serves, and everybody else is told where."""

import json
import os
import platform
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from filelock import Timeout

from workflow import ProjectError
from workflow.locks import file_lock
from workflow.served import Running, lock_path, note_path, read_note
from workflow.store import save_files, unwritable

WAIT_SECONDS = 10.0  # for a server that has the lock and has not yet said where it is


@contextmanager
def serving(root: Path, port: int, url: str = "") -> Iterator[Running | None]:
    """Hold the project for this server, or give the one that has it already.

    The lock is the system's and dies with the process; `.hexapla/review.json` beside it only says where the holder is,
    and may be that of one who was killed. SIGTERM ends the holder as Ctrl+C does: KeyboardInterrupt.

    Raises:
        ProjectError: the folder cannot be written, or the holder is on another machine.
    """
    lock, note = file_lock(lock_path(root)), note_path(root)
    try:
        note.parent.mkdir(exist_ok=True)
        lock.acquire(timeout=0)
    except Timeout:
        yield _holder(root)
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


def _holder(root: Path) -> Running:
    """Read where the holder of the lock is."""
    deadline = time.monotonic() + WAIT_SECONDS
    while (found := read_note(root)) is None:
        if time.monotonic() > deadline:
            raise ProjectError(
                f"{root}: another `hexapla review` has this project but does not say where; end it and try again"
            )
        time.sleep(0.1)
    if found.machine != platform.node():
        raise ProjectError(f"{root}: is under review on {found.machine}; review it there, or end that server first")
    return found
