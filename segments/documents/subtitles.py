"""What SRT and WebVTT have in common: cues with a time, lines of text in them, and inline tags."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from ..lines import columns, joint
from ..model import Span
from .model import Document, Layout, Unit
from .nodes import Code, as_text, find_codes
from .units import Lines, is_translatable, make_unit

__all__ = ["Cue", "cue_codes", "cue_structure", "cue_units", "find_lines", "is_timing"]

_TIMING = re.compile(
    r"(?P<start>(?:\d+:)?\d{1,2}:\d{1,2}[.,]\d{1,3})[ \t]*-->[ \t]*(?P<end>(?:\d+:)?\d{1,2}:\d{1,2}[.,]\d{1,3})"
    r"(?:[ \t].*)?"
)
_WORDS = re.compile(r"\S[^\r\n]*")
_LINE_END = re.compile(r"\r\n|\n|\r")
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[A-Za-z]\w*)[^<>\n]*>|<\d[\d:.]*>|\{\\[^{}\n]*\}")
_SIGNS = re.compile(r"[<{&]")  # without any of them there is no markup
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_DASH = re.compile(r"(?:\{\\[^{}\n]*\})*[-‐–—][ \t]*(?=[^\s>‐–—-])")
_WIDEST = 42  # columns of a line that can be read at a glance (Netflix Timed Text Style Guide, general requirements)


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue: its time as it stands, and the spans of its lines."""

    time: str
    lines: tuple[Span, ...]


def find_lines(text: str) -> Iterator[tuple[int, str, bool]]:
    """Yield the lines that hold words: where the words begin, the words, and whether an empty line stands before."""
    position = 0
    for found in _WORDS.finditer(text):
        start = found.start()
        gap = text[position:start]
        position = found.end()
        yield start, found[0].rstrip(), len(gap) > 1 and gap != "\r\n" and len(_LINE_END.findall(gap)) > 1


def is_timing(line: str) -> bool:
    """Tell whether a line, without spaces around it, gives the time of a cue; settings may follow."""
    return "-->" in line and _TIMING.fullmatch(line) is not None


def cue_units(text: str, cues: Sequence[Cue], syntax: str) -> list[Unit]:
    """Return the units of these cues: one each, or one a speaker where lines begin with a dash.

    A translation is set on lines as long as the longest in the document, or as can be read at a glance.
    """
    longest = _WIDEST
    for line in (line for cue in cues for line in cue.lines):
        if 2 * (line.end - line.start) > longest:  # no character is wider than two columns
            longest = max(longest, columns(text[line.slice()]))
    newline = _LINE_END.search(text)
    layout = Layout(newline=newline[0] if newline else "\n", width=longest)
    units = []
    for cue in cues:
        for turn in _turns(text, cue.lines):
            lines = _joined(text, turn, layout)
            units.append(make_unit("cue", lines, syntax, cue_codes(lines.raw, syntax), context=cue.time))
    return [unit for unit in units if is_translatable(unit)]


def _joined(text: str, turn: Sequence[Span], layout: Layout) -> Lines:
    """Return the lines of a turn as one text, to be set in a ``layout`` that is that of all."""
    words = [text[line.start : line.end] for line in turn]
    if len(words) == 1:
        return Lines(words[0], tuple(turn), layout)
    parts = [*(left + joint(left, right) for left, right in pairwise(words)), words[-1]]
    starts = (0, *accumulate(len(part) for part in parts[:-1]))
    return Lines("".join(parts), tuple(turn), Layout(newline=layout.newline, width=layout.width, starts=starts))


def cue_codes(raw: str, syntax: str) -> list[Code]:
    """Return the inline markup of a cue: tags in angle brackets, times in it, and settings in braces."""
    if not _SIGNS.search(raw):
        return []
    opened: defaultdict[str, list[Span]] = defaultdict(list)
    codes: list[Code] = []
    for found in _TAG.finditer(raw):
        span, name = Span(found.start(), found.end()), found["name"]
        if name and found["end"] and opened[name]:
            first = opened[name].pop()
            codes = [Code(first, closing=span) if code.span == first else code for code in codes]
            continue
        if name and not found["end"]:
            opened[name].append(span)
        codes.append(Code(span))
    if syntax == "vtt":
        codes += (as_text(Span(found.start(), found.end()), found[0]) for found in _ENTITY.finditer(raw))
    return codes


def cue_structure(document: Document) -> list[object]:
    """Return all of a document with cues but the words in them."""
    facts: list[object] = []
    position = 0
    for unit in document.units:
        facts.append(document.text[position : unit.extent.start])
        codes = find_codes(cue_codes(unit.raw, unit.syntax))
        facts.append(sorted(unit.raw[code.span.slice()] for code in codes if not code.is_text))
        position = unit.extent.end
    return [*facts, document.text[position:]]


def _turns(text: str, lines: Sequence[Span]) -> Iterator[list[Span]]:
    """Yield the lines that belong together, without the dash before them."""
    dashes = [_DASH.match(text, line.start, line.end) for line in lines]
    if dashes[0] is None or len(list(filter(None, dashes))) == 1:
        yield list(lines)
        return
    turn: list[Span] = []
    for line, dash in zip(lines, dashes, strict=True):
        if dash and turn:
            yield turn
            turn = []
        turn.append(Span(dash.end(), line.end) if dash else line)
    yield turn
