"""What a document is to a translator: parts, units of text in them, and what each unit is made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Protocol

from ..model import Span

__all__ = [
    "ONE_LINE",
    "Close",
    "Document",
    "Format",
    "Layout",
    "Node",
    "Open",
    "Part",
    "Placeholder",
    "Tag",
    "Text",
    "Unit",
]


@dataclass(frozen=True, slots=True)
class Text:
    r"""Words as a reader sees them. ``original`` is how the source writes them: ``&amp;`` or ``\*`` for one character.

    Where both differ the node is indivisible: no sentence begins or ends inside it.
    """

    text: str
    original: str

    @property
    def code(self) -> str:
        """What stands for the node in the text of its unit."""
        return self.text


@dataclass(frozen=True, slots=True)
class Open:
    """The first half of inline markup around text; ``{1}`` in the text of its unit."""

    number: int
    original: str

    @property
    def code(self) -> str:
        """What stands for the node in the text of its unit."""
        return f"{{{self.number}}}"


@dataclass(frozen=True, slots=True)
class Close:
    """The second half of inline markup around text; ``{/1}`` in the text of its unit.

    ``written`` is how it is written beside other words than those of the source, where that matters: the link ``[sea]``
    of Markdown, whose words name its target, becomes ``[Meer][sea]``.
    """

    number: int
    original: str
    written: str = ""

    @property
    def code(self) -> str:
        """What stands for the node in the text of its unit."""
        return f"{{/{self.number}}}"


@dataclass(frozen=True, slots=True)
class Placeholder:
    """Something in the text that is not translated; ``{1/}`` in the text of its unit.

    ``equivalent`` is what a reader sees in its place, such as the characters of code or an address; it is empty for
    what is not read, such as a line break or a footnote mark.
    """

    number: int
    original: str
    equivalent: str = ""

    @property
    def code(self) -> str:
        """What stands for the node in the text of its unit."""
        return f"{{{self.number}/}}"


Tag = Open | Close | Placeholder
Node = Text | Tag


@dataclass(frozen=True, slots=True)
class Layout:
    r"""How a unit is set on its lines, so that a translation can be set the same way.

    ``prefix`` begins each line but the first (``"> "``, an indentation) and ``newline`` ends each but the last.
    ``width`` is the columns of a whole line, prefix included, that lines are wrapped to; 0 leaves a line as long as it
    is. ``indent`` is the columns before the unit on its first line. ``hard_break`` is what stands before the newline of
    a line break that is part of the text (two spaces, or a backslash with the space before it, in Markdown). ``starts``
    are the offsets in the raw text of the unit where its lines begin.
    """

    prefix: str = ""
    newline: str = "\n"
    width: int = 0
    indent: int = 0
    hard_break: str = ""
    starts: tuple[int, ...] = (0,)


ONE_LINE = Layout()
"""The layout of what stands on one line."""


@dataclass(frozen=True)
class Unit:
    """A stretch of a document that is translated as a whole.

    ``kind`` is para, heading, line (one of several, as in verse), item, turn, cell, footnote, cue or attribute.
    ``nodes`` are its text and inline markup, in order and well nested; ``before`` and ``after`` are markup around all
    of it, which no translator sees. ``slots`` are the spans, in the text of the part, of its lines in order; a soft
    line end between them reads as one space (as nothing between CJK characters), and a newline in a text node is a line
    break of the text itself. ``syntax`` names what the text is written in, so that the format knows how to escape a
    translation. ``context`` tells a translator what the kind does not: the name of an attribute, the time of a cue.

    A unit may lie in the markup of another one, as the title of a link does. It follows that one in the document, and
    ``host`` is its span in the other's raw text.
    """

    kind: str
    nodes: tuple[Node, ...]
    slots: tuple[Span, ...]
    syntax: str
    before: str = ""
    after: str = ""
    layout: Layout = ONE_LINE
    context: str = ""
    host: Span | None = None
    part: int = 0

    @cached_property
    def text(self) -> str:
        """What is translated: the words, with a numbered tag for each piece of inline markup."""
        return "".join([node.code for node in self.nodes])

    @cached_property
    def raw(self) -> str:
        """The unit as the source writes it, its lines joined."""
        return "".join([self.before, *[node.original for node in self.nodes], self.after])

    @property
    def tags(self) -> tuple[Tag, ...]:
        """The nodes that are no text, in order."""
        return tuple(node for node in self.nodes if not isinstance(node, Text))

    @property
    def extent(self) -> Span:
        """The span from the first slot to the last: all that a translation of the unit replaces."""
        return Span(self.slots[0].start, self.slots[-1].end)

    def places(self) -> list[Span]:
        """Return the span of each node in ``text``."""
        ends = list(accumulate(len(node.code) for node in self.nodes))
        return [Span(start, end) for start, end in zip([0, *ends], ends, strict=False)]


@dataclass(frozen=True, slots=True)
class Part:
    """A text of a document as it came: ``bom + text`` in ``encoding`` are its bytes, newlines as they were.

    ``name`` is its path in an archive, and empty where the document is one text.
    """

    text: str
    encoding: str = "utf-8"
    bom: bytes = b""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A document as it came.

    ``parts`` are the texts in it: one, or those of an archive that are translated; ``archive`` then holds the bytes of
    the whole. ``units`` are in the order of parts, and in a part in the order of the text; they do not overlap, but for
    those that lie in the markup of another. ``unreached`` counts the letters of human text that lie in no unit, because
    they could not be located safely; they stay untranslated. ``aside`` names what is no text and stays, too, though it
    may show words: embedded objects, the codes of fields.
    """

    name: str
    format: str
    parts: tuple[Part, ...]
    units: tuple[Unit, ...]
    unreached: int = 0
    archive: bytes = b""
    aside: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The text of the first part: the whole of a document that is no archive."""
        return self.parts[0].text


class Format(Protocol):
    """What a module, or any object, offers to have a format read and written.

    It joins through the entry-point group ``hexapla.formats``.
    """

    NAME: str
    EXTENSIONS: tuple[str, ...]
    KEEPS: str  # what is kept and what is translated, in a sentence

    def sniff(self, name: str, head: bytes) -> float:
        """Return how likely, 0 to 1, a document of this name and with these first bytes is in the format."""

    def read(self, name: str, data: bytes, language: str | None) -> Document:
        """Read a document; ``language``, a BCP 47 tag, may help to tell its encoding.

        Raise :class:`segments.errors.DocumentError` where it cannot be read.
        """

    def write(self, document: Document, targets: Mapping[int, str], language: str) -> bytes:
        """Return the bytes of ``document`` with ``targets``, unit index to translated text, in ``language``.

        A unit without a target, or with its own text as target, stays byte for byte. The tags of each target are those
        of its unit, each once and well nested; those of a sentence that is left out are missing.
        """

    def structure(self, document: Document) -> Sequence[object]:
        """Return all of ``document`` that a translation must leave as it was."""
