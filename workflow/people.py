"""Who is at work, as journals and approvals name a person."""

from contextlib import suppress
from getpass import getuser
from pathlib import Path

from .git import author_name

LONGEST = 60


def one_word(name: str) -> str:
    """Return a name as catalogs and journals take it: one word of visible characters, 60 at most.

    >>> one_word(" Leyla  Quliyeva ")
    'Leyla_Quliyeva'
    """
    words = ("".join(filter(str.isprintable, word)) for word in name.split())
    return "_".join(filter(None, words))[:LONGEST]


def default_name(root: Path) -> str:
    """Return who works where nobody says it: the author that git knows in the project, else the system's user."""
    name = one_word(author_name(root))
    if not name:
        with suppress(OSError, KeyError):  # a container may run as a number without a name
            name = one_word(getuser())
    return name or "reviewer"
