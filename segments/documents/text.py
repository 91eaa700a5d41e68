"""How is a plain text read? Each block that holds a word is a unit; bullets and dashes stay where they are."""

from collections.abc import Mapping, Sequence

from ..blocks import blocks
from .decoding import read_text
from .model import Document, Unit
from .units import is_translatable, join_lines, make_unit
from .writing import write_units

__all__ = ["EXTENSIONS", "KEEPS", "NAME", "find_units", "read", "sniff", "structure", "write"]

NAME = "text"
EXTENSIONS = (".txt", ".text")
KEEPS = "bullets, dashes, numbers and rules between paragraphs; paragraphs that were wrapped are wrapped again"


def sniff(name: str, head: bytes) -> float:
    """Return 1 for the names of text files, and little for a name without an extension, such as README."""
    last = name.rsplit("/", 1)[-1].lower()
    return 1.0 if last.endswith(EXTENSIONS) else 0.1 if "." not in last.lstrip(".") else 0.0


def read(name: str, data: bytes, language: str | None) -> Document:
    """Read a plain text."""
    return read_text(name, NAME, data, language, find_units)


def write(document: Document, targets: Mapping[int, str], language: str) -> bytes:
    """Write translations into a plain text."""
    return write_units(document, targets, language)


def find_units(text: str) -> tuple[list[Unit], int]:
    r"""Return the units of a plain text, in order; no letter is out of reach.

    >>> [(unit.kind, unit.text) for unit in find_units("- Where did you go?\n- To the sea.\n")[0]]
    [('turn', 'Where did you go?'), ('turn', 'To the sea.')]
    """
    units = []
    for block in blocks(text):
        units.append(make_unit(block.kind, join_lines(text, block.lines, width=block.width), "text"))
    return list(filter(is_translatable, units)), 0


def structure(document: Document) -> Sequence[object]:
    """Return the kinds of the blocks of a plain text, and the markers before them."""
    return [(block.kind, document.text[block.marker.slice()]) for block in blocks(document.text)]
