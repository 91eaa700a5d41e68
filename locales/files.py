"""The one way a file is written: a temporary file beside it, fsync, replace, fsync of the folder.

A reader sees the old bytes or the new ones, never a part, also after a crash. A killed process can leave its temporary
file behind; `sweep` removes those.
"""

import errno
import os
import re
import secrets
import stat
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

# Cut so that the temporary name fits the 255 bytes of common file systems even where a character takes four.
_NAME_LENGTH = 50
_TEMPORARY = re.compile(r"\..+\.hx-[0-9a-f]{8}\.tmp")


def write_atomically(
    path: str | os.PathLike[str], data: bytes, *, last_look: Callable[[Path], None] = lambda _: None
) -> None:
    """Replace the file ``path`` by ``data``, or create it; the folder must exist.

    The permission bits of an existing file are kept, a symbolic link is followed. ``last_look`` is given the temporary
    file just before it takes the place of the old one; what it raises leaves the old one there. Raises OSError, with
    nothing changed and no temporary file left, where the folder or the disk does not take the file.
    """
    write_all({Path(path): data}, last_look=last_look)


def write_all(files: Mapping[Path, bytes], *, last_look: Callable[[Path], None] = lambda _: None) -> None:
    """Write several files as `write_atomically` does, all contents to the disk before the first file is replaced.

    A full disk or a read-only folder is met while nothing has changed yet.
    """
    staged = stage(files)
    try:
        put_in_place(staged, last_look=last_look)
    except BaseException:
        discard(staged)
        raise


def stage(files: Mapping[Path, bytes]) -> list[tuple[Path, Path]]:
    """Put all contents on the disk, in temporary files, and return each of those with the file it is to replace."""
    staged: list[tuple[Path, Path]] = []
    try:
        for path, data in files.items():
            target = path.resolve()
            if target.is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
            temporary = target.with_name(f".{target.name[:_NAME_LENGTH]}.hx-{secrets.token_hex(4)}.tmp")
            staged.append((temporary, target))
            _stage(temporary, target, data)
    except BaseException:
        discard(staged)
        raise
    return staged


def put_in_place(staged: Sequence[tuple[Path, Path]], *, last_look: Callable[[Path], None] = lambda _: None) -> None:
    """Let every temporary file take the place of its target."""
    for temporary, target in staged:
        last_look(temporary)
        os.replace(temporary, target)  # noqa: PTH105 - the system call by its name
    for folder in {target.parent: None for _, target in staged}:
        _sync_folder(folder)


def discard(staged: Iterable[tuple[Path, Path]]) -> None:
    """Remove the temporary files that are still there."""
    for temporary, _ in staged:
        temporary.unlink(missing_ok=True)


def is_temporary(path: Path) -> bool:
    """Tell whether a file bears the name of one of ours that is still to take its place."""
    return _TEMPORARY.fullmatch(path.name) is not None


def sweep(folder: str | os.PathLike[str]) -> list[Path]:
    """Remove the temporary files that killed writers left in ``folder`` (not below it) and return their paths.

    Call it only while no other process can be writing there: a file that is being written looks the same.
    """
    stale = sorted(path for path in Path(folder).iterdir() if is_temporary(path) and path.is_file())
    for path in stale:
        path.unlink(missing_ok=True)
    return stale


def _stage(temporary: Path, target: Path, data: bytes) -> None:
    """Put the data on the disk under the temporary name, with the permission bits of the file it will replace."""
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(descriptor, view) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    if target.exists():
        temporary.chmod(stat.S_IMODE(target.stat().st_mode))


def _sync_folder(folder: Path) -> None:
    if not hasattr(os, "O_DIRECTORY"):  # Windows has no handle on a folder; its replace is durable by itself
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
