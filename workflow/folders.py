"""Where the folder of a project begins, and what of it is no one's truth."""

from pathlib import Path

SETTINGS = "hexapla.toml"
#: The folder of locks and of what can be worked out anew; git does not see it.
STATE = ".hexapla"


def find_root(start: Path) -> Path | None:
    """Return the project folder that a folder is or lies in; None where there is none."""
    start = start.resolve()
    return next((folder for folder in (start, *start.parents) if (folder / SETTINGS).is_file()), None)
