"""LRC lyrics: a line of words after one or more times in brackets. All that a format has to offer, in one module."""

import re

from segments import Span
from segments.documents import Document, TextFormat, Unit, make_unit, one_line

_WORDS = re.compile(r"^(?:\[[\d:.]+\])+[ \t]*(\S[^\r\n]*?)[ \t]*\r?$", re.MULTILINE)


def find_units(text: str) -> tuple[list[Unit], int]:
    """Return a unit for each line of words, and how many letters were not reached: none."""
    return [make_unit("line", one_line(text, Span(*found.span(1))), "text") for found in _WORDS.finditer(text)], 0


def structure(document: Document) -> list[str]:
    """Return all of lyrics but the words."""
    return _WORDS.sub(lambda line: line[0][: line.start(1) - line.start()], document.text).splitlines()


FORMAT = TextFormat("lrc", (".lrc",), "times and headers; each line of words is a unit", find_units, structure)
