"""How the project's files are locked, read and written: all of them or none."""

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from locales.files import discard, is_temporary, put_in_place, stage, sweep, write_all, write_atomically

from .errors import ProjectError, UnwritableError
from .folders import STATE
from .locks import file_lock

LOCK_SECONDS = 10.0
_UNFINISHED = "unfinished.json"
"""In ``.hexapla``, while several files take their places: the temporary files and their targets, relative to it."""
Stamp = tuple[int, int, int]


@contextmanager
def writing(root: Path) -> Iterator[None]:
    """Hold the project's write lock; the system releases it when a process dies.

    What such a process had begun to put in place is finished first.

    Raises:
        ProjectError: another process holds it for longer than a person would wait, or the folder is read-only.
    """
    from filelock import Timeout  # reading needs no lock

    folder = root / STATE
    lock = file_lock(folder / "lock")
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
        _finish(root)
        for folder in {path.parent for path in root.rglob(".*.tmp")}:
            sweep(folder)  # what a killed writer left; the lock says that none is at work
        yield
    finally:
        lock.release()


def is_being_written(root: Path) -> bool:
    """Tell whether somebody holds the project's write lock: what lies there may be half of what is to come."""
    from filelock import Timeout

    lock = file_lock(root / STATE / "lock")
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


def save_together(root: Path, files: Mapping[Path, bytes]) -> list[Path]:
    """Write files of a project as `save_files` does; what a kill or a crash breaks off, the next command finishes.

    Before the first file is replaced, the disk has all contents and a list of what goes where. The project's write lock
    is the caller's.

    Raises:
        ProjectError: a file cannot be written.
    """
    changed = {path: data for path, data in files.items() if not holds(path, data)}
    folder = root.resolve() / STATE
    if not all(path.resolve().is_relative_to(folder.parent) for path in changed):
        return save_files(changed)
    try:
        for path in (folder / _UNFINISHED, *changed):
            path.parent.mkdir(parents=True, exist_ok=True)
        staged = stage(changed)
        try:
            pairs = [[os.path.relpath(path, folder) for path in pair] for pair in staged]
            write_atomically(folder / _UNFINISHED, json.dumps(pairs).encode("utf-8", "surrogatepass"))
            put_in_place(staged)
        except OSError:
            (folder / _UNFINISHED).unlink(missing_ok=True)
            discard(staged)
            raise
        (folder / _UNFINISHED).unlink()
    except OSError as error:
        raise unwritable(Path(error.filename or next(iter(changed))), error) from error
    return list(changed)


def finish_broken_off(root: Path) -> None:
    """Put in place what a killed process had begun to, unless somebody is at work.

    Raises:
        ProjectError: a file cannot be written.
    """
    if (root / STATE / _UNFINISHED).exists() and not is_being_written(root):
        with writing(root):
            pass


def _finish(root: Path) -> None:
    """Put in place what `save_together` could not; the lock says that it is at work no more."""
    log = root / STATE / _UNFINISHED
    if not log.exists():
        return
    folder = root.resolve() / STATE
    try:
        pairs = [[Path(os.path.normpath(folder / path)) for path in pair] for pair in json.loads(log.read_bytes())]
        staged = [(temporary, target) for temporary, target in pairs if temporary.is_file()]
    except (OSError, TypeError, ValueError):
        raise ProjectError(f"{log}: is damaged; delete it, and see with git what is to be kept") from None
    for temporary, target in staged:
        if not (
            is_temporary(temporary) and target.parent == temporary.parent and target.is_relative_to(root.resolve())
        ):
            raise ProjectError(f"{log}: names {target}, which Hexapla would not write so; delete {log}")
    try:
        put_in_place(staged)
        log.unlink()
    except OSError as error:
        raise unwritable(log, error) from error


@contextmanager
def restoring(paths: Iterable[Path]) -> Iterator[None]:
    """Put these files back as they are now if what is done meanwhile fails, or is broken off.

    Raises:
        ProjectError: a file cannot be read.
    """
    before = {path: read_bytes(path) if path.exists() else None for path in paths}
    try:
        yield
    except BaseException:
        for path in (path for path, data in before.items() if data is None):
            path.unlink(missing_ok=True)
        save_files({path: data for path, data in before.items() if data is not None})
        raise


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
