"""Who may write? Locks of the operating system, which die with the process that holds them."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from filelock import FileLock


def file_lock(path: Path) -> "FileLock":
    """Return the lock on a file, not held yet; held, it belongs to the object and not to a thread.

    A thread's lock asks, when it is collected as garbage, which threads are alive; where one just starts, for ever.
    """
    from filelock import FileLock  # reading needs no lock

    return FileLock(path, thread_local=False)
