"""How git is told to merge a project's files by entry, and whether it has been told."""

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .errors import ProjectError
from .store import read_bytes, save_files

ATTRIBUTES = ".gitattributes"
PATTERNS = ("*.po", "*.pot", "segments/**/*.jsonl", "alignments/**/*.jsonl")
CONFIG = {
    "merge.hexapla.name": "Hexapla: catalogs by entry, segments and alignments by line",
    # Where the command is missing or a file cannot be used, git's own marks stand in the file: no side may vanish.
    "merge.hexapla.driver": "hexapla merge %O %A %B --path %P; s=$?;"
    " test $s -le 1 || { git merge-file %A %O %B; s=1; }; exit $s",
}
_VALUE = "merge=hexapla"
SECONDS = 20.0  # for one question about what was committed
_LOCAL = {"GIT_NO_LAZY_FETCH": "1", "GIT_OPTIONAL_LOCKS": "0"}  # nothing is fetched, and nothing is written


@dataclass(frozen=True, slots=True)
class Setup:
    """What was written: lines of .gitattributes and configuration keys; ``kept`` are keys that had another value."""

    attributes: tuple[str, ...]
    config: tuple[str, ...]
    kept: tuple[str, ...]


def find_work_tree(start: Path) -> Path | None:
    """Return the top folder of the git work tree that ``start`` lies in; None outside of git. Runs no program."""
    folders = (start.resolve(), *start.resolve().parents)
    return next((folder for folder in folders if (folder / ".git").exists()), None)


def set_up(folder: Path, *, force: bool = False) -> Setup:
    """Make git merge the files below ``folder`` with Hexapla; what is set already is left alone.

    Lines are added to its .gitattributes, and the driver to the configuration of the repository, which git does not
    share: everybody runs this once in a clone. A key that somebody gave another value is changed only by ``force``.

    Raises:
        ProjectError: the folder is in no work tree, git is not installed, or a file cannot be written.
    """
    if find_work_tree(folder) is None:
        raise ProjectError(f"{folder}: not in a git work tree; run `git init` first")
    standing = {key: _get_config(folder, key) for key in CONFIG}
    written = [key for key, value in CONFIG.items() if standing[key] != value and (force or not standing[key])]
    kept = [key for key, value in CONFIG.items() if standing[key] not in ("", value) and not force]
    for key in written:
        done = _git(folder, "config", "--local", key, CONFIG[key])
        if done.returncode:
            raise ProjectError(f"{folder}: git config {key} failed: {done.stderr.strip()}; check .git/config")
    return Setup(_add_attributes(folder / ATTRIBUTES), tuple(written), tuple(kept))


def missing_setup(folder: Path) -> bool:
    """Tell whether the folder is in a git work tree that does not merge its files with Hexapla.

    Reads the attribute files between the folder and the top, then asks git once, and only if those are in order.
    """
    top = find_work_tree(folder)
    if top is None:
        return False
    patterns = {line.split()[0] for line in _attribute_lines(folder.resolve(), top) if _VALUE in line.split()[1:]}
    if not patterns.issuperset(PATTERNS):
        return True
    try:
        return not _get_config(folder, "merge.hexapla.driver")
    except ProjectError:
        return False  # without git nothing is merged here


def author_name(folder: Path) -> str:
    """Return whom git takes for the author in a folder; empty where it knows none, or is not installed."""
    try:
        return _get_config(folder, "user.name")
    except ProjectError:
        return ""


def ask(folder: Path, *arguments: str, given: str = "") -> bytes:
    """Return what a plumbing command of git answers in a folder; ``given`` is its standard input.

    Raises:
        ProjectError: git is not installed, has no such commit, or takes too long.
    """
    command = ["git", "-C", str(folder), *arguments]
    try:
        done = subprocess.run(  # noqa: S603
            command, input=given.encode(), capture_output=True, timeout=SECONDS, env=os.environ | _LOCAL, check=False
        )
    except FileNotFoundError:
        raise _missing() from None
    except subprocess.TimeoutExpired:
        raise ProjectError(f"{folder}: git {arguments[0]} took longer than {SECONDS:.0f} seconds; try again") from None
    if done.returncode:
        reason = done.stderr.decode("utf-8", "replace").strip()
        raise ProjectError(f"{folder}: git {arguments[0]} failed: {reason}; check the repository")
    return done.stdout


def _missing() -> ProjectError:
    return ProjectError("git is not installed, or not on the PATH; install it and try again")


def _add_attributes(path: Path) -> tuple[str, ...]:
    data = read_bytes(path) if path.exists() else b""
    present = {tuple(line.split()) for line in data.decode("utf-8", "replace").splitlines()}
    missing = tuple(f"{pattern} {_VALUE}" for pattern in PATTERNS if (pattern, _VALUE) not in present)
    joint = b"" if not data or data.endswith(b"\n") else b"\n"
    newline = "\r\n" if b"\r\n" in data else "\n"
    save_files({path: data + joint + "".join(line + newline for line in missing).encode()} if missing else {})
    return missing


def _attribute_lines(folder: Path, top: Path) -> Iterator[str]:
    folders = [folder, *folder.parents]
    files = [each / ATTRIBUTES for each in folders[: folders.index(top) + 1]]
    for path in (*files, top / ".git" / "info" / "attributes"):
        if path.is_file():
            lines = read_bytes(path).decode("utf-8", "replace").splitlines()
            yield from (line for line in lines if line.strip() and not line.lstrip().startswith("#"))


def _get_config(folder: Path, key: str) -> str:
    return _git(folder, "config", "--get", key).stdout.removesuffix("\n")


def _git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = ["git", "-C", str(folder), *arguments]
    try:
        return subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace", check=False)  # noqa: S603
    except FileNotFoundError:
        raise _missing() from None
