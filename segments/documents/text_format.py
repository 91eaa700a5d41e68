"""A format whose documents are one text, and whose name tells it: all that is left to say is where the units are."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from .decoding import read_text
from .model import Document, Unit
from .writing import write_units

__all__ = ["TextFormat"]

_NO_NAME = 0.05  # what the first bytes count for, where the name says nothing


@dataclass(frozen=True)
class TextFormat:
    """A format made of functions; see :class:`.model.Format` for what its attributes and methods mean.

    ``find_units`` returns the units of a text, and how many letters of human text are in none. ``facts`` returns all of
    a document but its words. ``beginning`` is what every document begins with, if there is anything.
    """

    NAME: str
    EXTENSIONS: tuple[str, ...]
    KEEPS: str
    find_units: Callable[[str], tuple[list[Unit], int]]
    facts: Callable[[Document], Sequence[object]]
    beginning: bytes = b""

    def sniff(self, name: str, head: bytes) -> float:
        """Return 1 for the names of the format, and little for the beginning of its documents."""
        if name.lower().endswith(self.EXTENSIONS):
            return 1.0
        return _NO_NAME if self.beginning and head.startswith(self.beginning) else 0.0

    def read(self, name: str, data: bytes, language: str | None) -> Document:
        """Read a document."""
        return read_text(name, self.NAME, data, language, self.find_units)

    def write(self, document: Document, targets: Mapping[int, str], language: str) -> bytes:
        """Write translations into a document."""
        return write_units(document, targets, language)

    def structure(self, document: Document) -> Sequence[object]:
        """Return all of a document but its words."""
        return self.facts(document)
