"""How is a plain text read? Each block that holds a word is a unit; bullets and dashes stay where they are."""

import re
from collections.abc import Sequence
from dataclasses import replace

from ..blocks import blocks
from ..model import Span
from .model import Unit
from .units import ADDRESS, is_translatable, join_lines

__all__ = ["NAME", "find_addresses", "find_units", "sniff", "structure"]

NAME = "text"

_ADDRESS = re.compile(ADDRESS, re.VERBOSE)


def sniff(name: str, head: bytes) -> float:
    """Return 1 for the names of text files, and little for a name without an extension, such as README."""
    last = name.rsplit("/", 1)[-1].lower()
    return 1.0 if last.endswith((".txt", ".text")) else 0.1 if "." not in last.lstrip(".") else 0.0


def find_units(text: str) -> tuple[list[Unit], int]:
    r"""Return the units of a plain text, in order; no letter is out of reach.

    >>> [(unit.kind, unit.text) for unit in find_units("- Where did you go?\n- To the sea.\n")[0]]
    [('turn', 'Where did you go?'), ('turn', 'To the sea.')]
    """
    units = [join_lines(text, block.kind, block.lines, "text", width=block.width) for block in blocks(text)]
    located = (replace(unit, protected=find_addresses(unit.text)) for unit in units)
    return [unit for unit in located if is_translatable(unit.text, unit.protected)], 0


def structure(text: str) -> Sequence[object]:
    """Return the kinds of the blocks of a plain text, and the markers before them."""
    return [(block.kind, text[block.marker.slice()]) for block in blocks(text)]


def find_addresses(text: str) -> tuple[Span, ...]:
    """Return the spans of the web and mail addresses in ``text``, in order."""
    return tuple(Span(found.start(), found.end()) for found in _ADDRESS.finditer(text))
