"""LRC lyrics: a line of words after one or more times in brackets. All that a format has to offer, in one module."""

import re
from collections.abc import Mapping

from segments import Span
from segments.documents import Document, Unit, make_unit, one_line, read_text, write_units

NAME = "lrc"
EXTENSIONS = (".lrc",)
KEEPS = "times and headers; every line of words is translated by itself"

_WORDS = re.compile(r"^(?:\[[\d:.]+\])+[ \t]*(\S[^\r\n]*?)[ \t]*\r?$", re.MULTILINE)


def sniff(name: str, head: bytes) -> float:
    """Return 1 for the name that lyrics go by."""
    return float(name.lower().endswith(EXTENSIONS))


def read(name: str, data: bytes, language: str | None) -> Document:
    """Read lyrics."""
    return read_text(name, NAME, data, language, find_units)


def write(document: Document, targets: Mapping[int, str], language: str) -> bytes:
    """Write translations into lyrics; every other byte stays."""
    return write_units(document, targets, language)


def structure(document: Document) -> list[str]:
    """Return all of lyrics but the words."""
    return _WORDS.sub(lambda line: line[0][: line.start(1) - line.start()], document.text).splitlines()


def find_units(text: str) -> tuple[list[Unit], int]:
    """Return a unit for each line of words, and how many letters were not reached: none."""
    return [make_unit("line", one_line(text, Span(*found.span(1))), "text") for found in _WORDS.finditer(text)], 0
