"""How the project's files are locked, read and written: all of them or none."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from locales.files import sweep, write_all

from .errors import ProjectError, UnwritableError
from .folders import STATE

LOCK_SECONDS = 10.0
Stamp = tuple[int, int, int]


@contextmanager
def writing(root: Path) -> Iterator[None]:
    """Hold the project's write lock; the system releases it when a process dies.

    Raises:
        ProjectError: another process holds it for longer than a person would wait, or the folder is read-only.
    """
    from filelock import FileLock, Timeout  # reading needs no lock

    folder = root / STATE
    lock = FileLock(folder / "lock")
    try:
        folder.mkdir(exist_ok=True)
        lock.acquire(timeout=LOCK_SECONDS)
    except Timeout:
        raise ProjectError(
            f"{root}: another hexapla is writing this project; wait for it to end, then try again"
        ) from None
    except OSError as error:
        raise unwritable(root, error) from error
    try:
        for folder in {path.parent for path in root.rglob(".*.tmp")}:
            sweep(folder)  # what a killed writer left; the lock says that none is at work
        yield
    finally:
        lock.release()


def is_being_written(root: Path) -> bool:
    """Tell whether somebody holds the project's write lock: what lies there may be half of what is to come."""
    from filelock import FileLock, Timeout

    lock = FileLock(root / STATE / "lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return True
    except OSError:
        return False
    lock.release()
    return False


def save_files(files: Mapping[Path, bytes]) -> list[Path]:
    """Write every file whose content differs, each atomically, and return those written.

    All contents reach the disk before the first file is replaced: a full disk or a read-only folder changes nothing.

    Raises:
        ProjectError: a file cannot be written.
    """
    changed = {path: data for path, data in files.items() if not holds(path, data)}
    try:
        for path in changed:
            path.parent.mkdir(parents=True, exist_ok=True)
        write_all(changed)
    except OSError as error:
        raise unwritable(Path(error.filename or next(iter(changed))), error) from error
    return list(changed)


def read_bytes(path: Path) -> bytes:
    """Return the bytes of a file of the project or of the user.

    Raises:
        ProjectError: the file is missing or cannot be read.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise ProjectError(f"{path}: no such file; check the name") from None
    except IsADirectoryError:
        raise ProjectError(f"{path}: is a folder; name a file") from None
    except OSError as error:
        raise ProjectError(
            f"{path}: cannot be read ({os.strerror(error.errno or 0)}); check its permissions"
        ) from error


def read_document_bytes(path: Path) -> bytes:
    """Return the bytes of a document, which must be an ordinary file that is not too large to be read as a whole.

    Raises:
        ProjectError: the file is missing, is none, or cannot be read.
        DocumentError: it is too large.
    """
    from segments.documents import check_size

    if path.exists() and not path.is_dir():
        if not path.is_file():
            raise ProjectError(f"{path}: is no ordinary file; name one")
        check_size(str(path), path.stat().st_size)
    return read_bytes(path)


def read_text(path: Path) -> str:
    """Return the text of a UTF-8 file of the user, without a byte order mark; line ends become line feeds.

    Raises:
        ProjectError: the file is missing, cannot be read, or is not UTF-8.
    """
    try:
        text = read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ProjectError(
            f"{path}: byte {error.start} is not UTF-8; convert the file to UTF-8 and try again"
        ) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def unwritable(path: Path, error: OSError) -> UnwritableError:
    """Say in one sentence that, and why, ``path`` cannot be written."""
    reason = os.strerror(error.errno) if error.errno else str(error)
    return UnwritableError(f"{path}: cannot be written ({reason}); check the name, its permissions and the free space")


def stamp(path: Path) -> Stamp:
    """Return what changes whenever a file is written."""
    found = os.stat(path)  # noqa: PTH116 - it is asked for at every save
    return found.st_mtime_ns, found.st_size, found.st_ino


def holds(path: Path, data: bytes) -> bool:
    """Tell whether a file has exactly these bytes."""
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False
