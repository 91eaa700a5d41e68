"""Where is a project under review? The server that has it says so in a note beside its lock."""

import json
import os
import platform
from dataclasses import dataclass
from pathlib import Path

from .folders import STATE
from .locks import file_lock


@dataclass(frozen=True, slots=True)
class Running:
    """Where a project is served: the TCP port, the process, the name of its machine, a team's address or ""."""

    port: int
    pid: int
    machine: str
    url: str = ""

    def __str__(self) -> str:
        """The address, the process, and the machine where it is another one."""
        where = "" if self.machine == platform.node() else f" on {self.machine}"
        return f"{self.url or f'http://127.0.0.1:{self.port}'}, process {self.pid}{where}"


def lock_path(root: Path) -> Path:
    """Return what the server of a project holds; the system lets go of it when the process dies."""
    return root / STATE / "review.lock"


def note_path(root: Path) -> Path:
    """Return where the holder of the lock says where it is."""
    return root / STATE / "review.json"


def read_note(root: Path) -> Running | None:
    """Return what the note says; None where there is none that can be read, or its process is gone."""
    try:
        found = Running(**json.loads(note_path(root).read_bytes()))
    except (OSError, ValueError, TypeError):
        return None
    return found if found.machine != platform.node() or _is_alive(found.pid) else None


def served(root: Path) -> Running | None:
    """Return where another process has a project under review now, if one has: not what the note of a dead one says."""
    from filelock import Timeout

    note = read_note(root)
    if note is None or note.pid == os.getpid():
        return None
    lock = file_lock(lock_path(root))
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return note
    except OSError:
        return None
    lock.release()
    return None


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
