"""How do the lines of a paragraph become the one text of a unit, and how is a translation set like them?"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from ..lines import columns, joint
from ..model import Span
from .model import Layout, Unit

__all__ = ["ADDRESS", "is_translatable", "join_lines", "letters", "letters_outside"]

ADDRESS = r"""\b(?:https?|ftp):// [^\s<>\[\]"'`{}|\\^]* [^\s<>\[\]"'`{}|\\^.,;:!?)*_~。、，）」]
      | \b www\. [\w-]+ (?:\.[\w-]+)+ (?: / [^\s<>\[\]()"'`]* [\w/] )?
      | (?<![\w.+-]) [\w.+-]{1,64} @ [\w-]+ (?:\.[\w-]+)+"""
"""Verbose regular expression of web and mail addresses, without the punctuation that may follow them."""

_NEWLINE = re.compile(r"\r\n|\n|\r")
_HARD_BREAK = re.compile(r" {2,}$")


def join_lines(
    text: str, kind: str, slots: Sequence[Span], syntax: str, *, markdown: bool = False, width: int = 0
) -> Unit:
    """Return the unit whose lines are the ``slots`` of ``text``, without its inline markup.

    In Markdown a line end after two spaces or a backslash is part of the text: a newline in the text of the unit. The
    unit is wrapped to ``width`` columns, or as wide as its longest line.
    """
    breaks = [_hard_break(text, before, after) if markdown else "" for before, after in pairwise(slots)]
    slots = [_without(slot, end) for slot, end in zip(slots, [*breaks, ""], strict=True)]
    while breaks and slots[0].start == slots[0].end:  # the text begins with line breaks: they stay where they are
        slots, breaks = slots[1:], breaks[1:]
    lines = [text[slot.slice()] for slot in slots]
    joints = ["\n" if end else joint(*pair) for end, pair in zip(breaks, pairwise(lines), strict=True)]
    words = "".join(part for pair in zip(lines, [*joints, ""], strict=True) for part in pair)
    unit = Unit(kind, words, tuple(slots), syntax)
    return replace(unit, layout=_layout(text, slots, breaks, width)) if breaks else unit


def letters(text: str) -> int:
    """Count the letters of ``text``."""
    return sum(map(str.isalpha, text))


def letters_outside(text: str, protected: Iterable[Span]) -> int:
    """Count the letters of ``text`` that lie in none of the ``protected`` spans."""
    return letters(text) - sum(letters(text[span.slice()]) for span in protected)


def is_translatable(text: str, protected: Iterable[Span]) -> bool:
    """Tell whether anything outside ``protected`` may read otherwise in another language: a letter or a digit.

    Numbers count: ``9–18`` in one language is ``9 a.m. to 6 p.m.`` in another.
    """
    position = 0
    for span in (*protected, Span(len(text), len(text))):
        if any(map(str.isalnum, text[position : span.start])):
            return True
        position = max(position, span.end)
    return False


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
