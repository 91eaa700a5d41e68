"""How is a translation written into the runs of an office document? In runs made anew, each looking as its text should.

The nodes of the unit tell how: a text looks like the run it stands in, a pair like the first text in it.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter

from ..model import Span
from .model import Close, Open, Placeholder, Text, Unit
from .tags import TAG
from .targets import changed_nodes, pieces_of
from .xml_syntax import declared_namespaces, escape, escape_attribute

__all__ = ["fill_runs", "text_looks"]

_EDGE = re.compile(
    r"""<(?P<prefix>(?:[\w.-]+:)?)r(?P<attributes>\s[^>]*)?(?<!/)>\s*
        (?P<look><(?P=prefix)rPr(?:(?:\s[^>]*)?/>|[\s>].*?</(?P=prefix)rPr>(?!\s*</(?P=prefix)rPrChange>)))?
      | (?P<end></(?:[\w.-]+:)?r>)""",
    re.VERBOSE | re.DOTALL,
)
"""Where a run begins, with its properties, and where it ends (ECMA-376-1, 17.3.2 and 21.1.2.3)."""

_COMMENT = re.compile(r"<!--.*?-->|<\?.*?\?>", re.DOTALL)
_HALF = re.compile(r"<(?:[\w.-]+:)?(?:bookmark|comment|fldChar|move\w+Range|perm)")
"""Something whose other half stands elsewhere: it stays when the sentence it stands in is left out."""


def fill_runs(
    unit: Unit, target: str, inner: Sequence[tuple[Span, str]], dress: Callable[[str, str], str], space: str = ""
) -> str:
    """Return the raw text of ``unit`` for it to read ``target``; ``inner`` are changes in its markup.

    ``dress`` gets the prefix of the elements and the properties of a run as the source has them, and returns those that
    the translation is to have. ``space`` is the attribute that keeps the spaces at the ends of a text.
    """
    source = _Source.of(unit)
    before, nodes, after = changed_nodes(unit, inner)
    opened = [0]
    parts: list[tuple[str | None, str]] = []  # the look of the run that something stands in, if it does in any
    for piece in pieces_of(nodes, target):
        look = next((source.looks[number] for number in reversed(opened) if number in source.looks), source.look)
        if isinstance(piece, str):
            words = piece.replace("\n", " ")
            kept = space if words != words.strip() else ""
            parts.append((look, f"<{source.prefix}t{kept}>{escape(words)}</{source.prefix}t>"))
        elif piece.code not in source.formats:
            parts.append((look if piece.code in source.inside else None, piece.original))
        if isinstance(piece, Open):
            opened.append(piece.number)
        elif isinstance(piece, Close):
            opened.remove(piece.number)
    named = {match[0] for match in TAG.finditer(target)}
    for node in nodes:
        if isinstance(node, Placeholder) and node.code not in named and _HALF.search(node.original):
            parts.append((source.look if node.code in source.inside else None, node.original))
    written = [before]
    for run_look, group in groupby(parts, key=itemgetter(0)):
        content = "".join(markup for _, markup in group)
        is_run = run_look is not None
        written.append(source.run(dress(source.prefix, run_look or ""), content) if is_run else content)
    return "".join([*written, after])


def text_looks(unit: Unit) -> list[str]:
    """Return the properties of the runs that the words of ``unit`` stand in, in order."""
    source = _Source()
    source.read_runs(unit.before)
    looks = []
    for node in unit.nodes:
        if isinstance(node, Text) and node.text.strip():
            looks.append(source.look)
        elif not isinstance(node, Placeholder):
            source.read_runs(node.original)
    return looks


@dataclass(slots=True)
class _Source:
    """What the nodes of a unit tell of its runs.

    ``looks`` are the properties of the text directly in a pair, by its number; 0 stands for what is in none. ``inside``
    are the tags that stand in a run, and ``formats`` those that mean nothing but other properties.
    """

    prefix: str = ""
    namespaces: str = ""
    looks: dict[int, str] = field(default_factory=dict)
    inside: set[str] = field(default_factory=set)
    formats: set[str] = field(default_factory=set)
    look: str = ""
    in_run: bool = False

    @classmethod
    def of(cls, unit: Unit) -> "_Source":
        source = cls()
        source.read_runs(unit.before)
        opened = [0]
        for node in unit.nodes:
            was_inside = source.in_run
            if not isinstance(node, Placeholder):
                source.read_runs(node.original)
            if isinstance(node, Text):
                if node.text.strip():
                    source.looks.setdefault(opened[-1], source.look)
                continue
            if isinstance(node, Open):
                opened.append(node.number)
            elif isinstance(node, Close):
                opened.remove(node.number)
            if source.in_run != was_inside:
                source.formats.add(node.code)
            elif was_inside:
                source.inside.add(node.code)
        source.look = next(iter(source.looks.values()), "")
        return source

    def run(self, look: str, content: str) -> str:
        return f"<{self.prefix}r{self.namespaces}>{look}{content}</{self.prefix}r>"

    def read_runs(self, raw: str) -> None:
        """Take note of the runs that begin and end in ``raw``."""
        for edge in _EDGE.finditer(_COMMENT.sub("", raw)):
            self.in_run = edge["end"] is None
            if self.in_run:
                self.prefix, self.look = edge["prefix"], edge["look"] or ""
                declared = declared_namespaces(edge["attributes"] or "")
                self.namespaces = "".join(
                    f' xmlns:{prefix}="{escape_attribute(space)}"' for prefix, space in declared.items()
                )
