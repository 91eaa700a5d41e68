"""What was compiled from what: digests of catalogs and MO files with their counts, kept outside the tree.

A project keeps it in ``.hexapla``, any other folder in the user's cache. It can be deleted at any time: then everything
is compiled again.
"""

import json
import os
import sys
from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path
from typing import TypeGuard

from .folders import SETTINGS, STATE
from .store import save_files
from .tally import Tally

# Counted up whenever the same catalog would be judged or compiled differently.
_COMPILER = 1


class Ledger:
    """What is known of the catalogs of a folder, by their names.

    ``options`` are all that makes the same catalog compile differently. A file that is damaged or missing is an empty
    ledger.
    """

    def __init__(self, path: Path, options: str) -> None:
        self._path = path
        self._salt = blake2b(f"{_COMPILER} {options}".encode(), digest_size=16).digest()
        self._rows = _read(path)
        self._changed = False

    def find(self, name: str, catalog: bytes, mo: Path) -> Tally | None:
        """Return the tally of a catalog if it and its MO file are as they were when it was last compiled."""
        row = self._rows.get(name)
        if row is None or row[0] != self._digest(catalog):
            return None
        try:
            compiled = mo.read_bytes()
        except OSError:
            return None
        return Tally(*map(int, row[2:])) if row[1] == self._digest(compiled) else None

    def note(self, name: str, catalog: bytes, mo: bytes, tally: Tally) -> None:
        """Remember what a catalog compiles to."""
        self._rows[name] = [self._digest(catalog), self._digest(mo), *map(str, tally)]
        self._changed = True

    def save(self) -> None:
        """Write down what was noted, if anything was.

        Raises:
            ProjectError: the file cannot be written.
        """
        if self._changed:
            text = json.dumps(self._rows, ensure_ascii=False, indent=0, sort_keys=True)
            save_files({self._path: text.encode("utf-8", "surrogateescape")})

    def _digest(self, data: bytes) -> str:
        return blake2b(data, digest_size=16, key=self._salt).hexdigest()


def ledger_path(folder: Path, environment: Mapping[str, str] = os.environ) -> Path:
    """Return where the ledger of a folder lies: in a project's own folder, else in the user's cache.

    That is ``XDG_CACHE_HOME`` (XDG Base Directory Specification 0.8), or what the system has instead.
    """
    if (folder / SETTINGS).is_file():
        return folder / STATE / "compiled.json"
    home = Path.home()
    if environment.get("XDG_CACHE_HOME"):
        caches = Path(environment["XDG_CACHE_HOME"])
    elif sys.platform == "win32":
        caches = Path(environment.get("LOCALAPPDATA", home / "AppData" / "Local"))
    else:
        caches = home / "Library" / "Caches" if sys.platform == "darwin" else home / ".cache"
    name = blake2b(os.fsencode(folder.resolve()), digest_size=8).hexdigest()
    return caches / "hexapla" / "compiled" / f"{name}.json"


def _read(path: Path) -> dict[str, list[str]]:
    try:
        rows = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return rows if _is_ledger(rows) else {}


def _is_ledger(rows: object) -> TypeGuard[dict[str, list[str]]]:
    """Tell whether this is what `save` writes: two digests and the four counts for every name."""
    return isinstance(rows, dict) and all(
        isinstance(row, list)
        and len(row) == 2 + len(Tally._fields)
        and all(isinstance(cell, str) for cell in row)
        and all(cell.isdecimal() for cell in row[2:])
        for row in rows.values()
    )
