"""How do the lines of a paragraph become the one text of a unit?"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from ..lines import columns, joint
from ..model import Span
from .model import ONE_LINE, Layout, Text, Unit
from .nodes import Code, node_list, unwrapped

__all__ = [
    "ADDRESS",
    "Lines",
    "find_addresses",
    "is_translatable",
    "join_lines",
    "letters",
    "make_unit",
    "one_line",
    "text_letters",
]

ADDRESS = r"""\b(?:https?|ftp):// [^\s<>\[\]"'`{}|\\^]* [^\s<>\[\]"'`{}|\\^.,;:!?)*_~。、，）」]
      | \b www\. [\w-]+ (?:\.[\w-]+)+ (?: / [^\s<>\[\]()"'`]* [\w/] )?
      | (?<![\w.+-]) [\w.+-]{1,64} @ [\w-]+ (?:\.[\w-]+)+"""
"""Verbose regular expression of web and mail addresses, without the punctuation that may follow them."""

_ADDRESS = re.compile(ADDRESS, re.VERBOSE)
_NEWLINE = re.compile(r"\r\n|\n|\r")
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
_HARD_BREAK = re.compile(r" {2,}$")


@dataclass(frozen=True, slots=True)
class Lines:
    """The ``raw`` text that the lines at ``slots`` make when they are joined, and how they are set."""

    raw: str
    slots: tuple[Span, ...]
    layout: Layout = ONE_LINE

    def within(self, span: Span) -> tuple[Span, ...]:
        """Return where in the source a span of ``raw`` lies, line by line."""
        ends = [*self.layout.starts[1:], len(self.raw) + 1]
        return tuple(
            Span(slot.start + max(span.start, start) - start, slot.start + min(span.end - start, slot.end - slot.start))
            for slot, start, end in zip(self.slots, self.layout.starts, ends, strict=True)
            if span.start < end and start < span.end
        )


def one_line(text: str, slot: Span) -> Lines:
    """Return the text at ``slot`` as it stands."""
    return Lines(text[slot.slice()], (slot,))


def join_lines(text: str, slots: Sequence[Span], *, markdown: bool = False, width: int = 0) -> Lines:
    """Join the lines at the ``slots`` of ``text``.

    In Markdown a line end after two spaces or a backslash is part of the text: a newline in the raw text. A translation
    is wrapped to ``width`` columns, or as wide as the longest line.
    """
    if len(slots) == 1:
        return one_line(text, slots[0])
    breaks = [_hard_break(text, before, after) if markdown else "" for before, after in pairwise(slots)]
    slots = [_without(slot, end) for slot, end in zip(slots, [*breaks, ""], strict=True)]
    while breaks and slots[0].start == slots[0].end:  # the text begins with line breaks: they stay where they are
        slots, breaks = slots[1:], breaks[1:]
    lines = [text[slot.slice()] for slot in slots]
    joints = ["\n" if end else joint(*pair) for end, pair in zip(breaks, pairwise(lines), strict=True)]
    parts = [line + end for line, end in zip(lines, [*joints, ""], strict=True)]
    layout = replace(_layout(text, slots, breaks, width), starts=_starts(parts)) if breaks else ONE_LINE
    return Lines("".join(parts), tuple(slots), layout)


def make_unit(
    kind: str, lines: Lines, syntax: str, codes: Iterable[Code] = (), *, context: str = "", whole: bool = False
) -> Unit:
    """Return the unit of these lines with the inline markup at ``codes``.

    Markup around all of it is left out of its text, unless it is asked for as a ``whole``.
    """
    found = node_list(lines.raw, codes)
    before, nodes, after = ("", tuple(found), "") if whole else unwrapped(found)
    return Unit(kind, nodes, lines.slots, syntax, before, after, lines.layout, context)


def find_addresses(text: str) -> list[Span]:
    """Return the spans of the web and mail addresses in ``text``, in order."""
    return [Span(found.start(), found.end()) for found in _ADDRESS.finditer(text)]


def letters(text: str) -> int:
    """Count the letters of ``text``."""
    return sum(map(str.isalpha, text))


def text_letters(unit: Unit) -> int:
    """Count the letters of a unit that are to be translated."""
    return sum(letters(node.text) for node in unit.nodes if isinstance(node, Text))


def is_translatable(unit: Unit) -> bool:
    """Tell whether anything in the text of a unit may read otherwise in another language: a letter or a digit.

    Numbers count: ``9–18`` in one language is ``9 a.m. to 6 p.m.`` in another.
    """
    return any(isinstance(node, Text) and _LETTER_OR_DIGIT.search(node.text) for node in unit.nodes)


def _starts(parts: Sequence[str]) -> tuple[int, ...]:
    return (0, *accumulate(len(part) for part in parts[:-1]))


def _without(slot: Span, hard_break: str) -> Span:
    return Span(slot.start, slot.end - len(hard_break)) if hard_break.endswith("\\") else slot


def _hard_break(text: str, before: Span, after: Span) -> str:
    line = text[before.slice()]
    end = _NEWLINE.split(text[before.end : after.start], maxsplit=1)[0]
    slash = (len(line) - len(line.rstrip("\\"))) % 2
    if slash and not end:
        return line[len(line[:-1].rstrip()) :]
    # A space after a backslash is no longer one of the two.
    spaces = _HARD_BREAK.search(end, slash)
    return end[:slash] + spaces[0] if spaces else ""


def _layout(text: str, slots: Sequence[Span], breaks: Sequence[str], width: int) -> Layout:
    gap = text[slots[0].end : slots[1].start]
    newline = _NEWLINE.search(gap)
    start = slots[0].start
    while start and text[start - 1] not in "\r\n":
        start -= 1
    indent = columns(text[start : slots[0].start].expandtabs())
    prefix = gap[newline.end() :] if newline else ""
    others = columns(prefix.expandtabs())
    widths = [(others if index else indent) + columns(text[slot.slice()]) for index, slot in enumerate(slots)]
    return Layout(
        prefix=prefix,
        newline=newline[0] if newline else "\n",
        width=0 if all(breaks) else width or max(widths),
        indent=indent,
        hard_break=max(breaks),  # where both kinds are used, a backslash, which may stand alone on its line
    )
