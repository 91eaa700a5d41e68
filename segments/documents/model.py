"""What a document is to a translator: units of text, and where each lies in the original."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from ..model import Span


@dataclass(frozen=True, slots=True)
class Layout:
    r"""How a unit is set on its lines, so that a translation can be set the same way.

    ``prefix`` begins each line but the first (``"> "``, an indentation) and ``newline`` ends each but the last.
    ``width`` is the columns of a whole line, prefix included, that lines are wrapped to; 0 leaves a line as long as it
    is. ``indent`` is the columns before the unit on its first line. ``hard_break`` is what stands before the newline of
    a line break that is part of the text (two spaces, or a backslash with the space before it, in Markdown).
    """

    prefix: str = ""
    newline: str = "\n"
    width: int = 0
    indent: int = 0
    hard_break: str = ""


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of a document that is translated as a whole.

    ``kind`` is para, heading, line (one of several, as in verse), item, turn, cell, footnote or attribute.
    ``text`` is what is translated: its lines are joined, a soft line end read as one space (as nothing between CJK
    characters); a newline in it is a line break of the text itself. ``slots`` are the spans, in the document's text, of
    its lines in order. All other spans are of ``text``: ``protected`` ones stay as they are and hold no sentence
    boundary (code, link destinations, tags, placeholders); ``marks`` are inline markup (``**``, ``[``, ``](…)``);
    ``pairs`` reach from an opening mark to the end of its closing one. ``syntax`` names what the text is written in, so
    that the format knows how to escape a translation.
    """

    kind: str
    text: str
    slots: tuple[Span, ...]
    syntax: str
    protected: tuple[Span, ...] = ()
    marks: tuple[Span, ...] = ()
    pairs: tuple[Span, ...] = ()
    layout: Layout = Layout()

    @property
    def extent(self) -> Span:
        """The span from the first slot to the last: all that a translation of the unit replaces."""
        return Span(self.slots[0].start, self.slots[-1].end)


@dataclass(frozen=True, slots=True)
class Document:
    """A document as it came: ``bom + text`` in ``encoding`` are its bytes, newlines as they were.

    ``units`` are in document order and do not overlap. ``unreached`` counts the letters of human text that lie in no
    unit, because they could not be located safely; they stay untranslated.
    """

    name: str
    format: str
    encoding: str
    bom: bytes
    text: str
    units: tuple[Unit, ...]
    unreached: int


class Format(Protocol):
    """What a module offers to have a format read and written."""

    NAME: str

    def sniff(self, name: str, head: bytes) -> float:
        """Return how likely, 0 to 1, a document of this name and with these first bytes is in the format."""

    def find_units(self, text: str) -> tuple[list[Unit], int]:
        """Return the units of ``text`` in order and the number of letters that were not reached."""

    def structure(self, text: str) -> Sequence[object]:
        """Return all of ``text`` that a translation must leave as it was."""
