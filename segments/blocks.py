"""Which lines of a plain text belong together: paragraphs, headings, list items, dialogue turns.

A plain text has no markup, so the evidence is in its lines. A line end is *soft* (the paragraph goes on) when the next
line's first word would not have fitted the width the paragraph is wrapped to; any other line end is meant, as in verse,
addresses and headings.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from .lines import LINE_BREAK, columns, is_cjk, joint
from .model import Span

__all__ = ["Block", "Kind", "blocks", "starts_block"]

Kind = Literal["para", "heading", "line", "item", "turn", "rule"]

_WRAPPING = ("\n", "\r", "\r\n")  # the other line breaks are set by hand, never by an editor that wraps
_NARROWEST, _WIDEST = 40, 120  # columns; hardly anyone wraps below the one or above the other
_NARROWEST_OF_TWO = 55  # two lines alone may as well be a title and its subtitle
_ENOUGH_LINES = 5  # to tell an outlier
_EARLIEST = 0.75  # of the width: where a line may break off early
_SHORTEST_VERSE = 4  # lines; fewer lines of prose may well all begin with a capital
_LONGEST_HEADING = 100
_CJK_SLACK = 4  # columns that line-end rules (JLReq 3.1.7 and its like) may leave free

_MARKER = re.compile(
    r"""(?P<dash>    (?: -{1,2}[ \t]+ | [—―–][ \t]* ) (?=[^\W_]|["'“”„«»‘’¿¡(\[…]) )
      | (?P<bullet>  [*+•‣⁃◦▪●○■□·][ \t]+ (?: \d{1,3}[.)][ \t]+ )? (?=\S) )
      | (?P<label>   [(（]? (?: \d{1,3} | [^\W\d_] | [ivxlc]{1,5} | [IVXLC]{1,5} ) [.．]? [)）]
                     (?: [ \t]+ | (?=[^\x00-\x7f]) ) (?=\S) )
      | (?P<ordinal> (?P<number> \d{1,3} | [^\W\d_] ) \.[ \t]+ (?=\S) )""",
    re.VERBOSE,
)
_RULE = re.compile(r"(?:[-=*_~#+.·•—–][ \t]*){3,}")
_COLUMNS = re.compile(r"\S(?: {3,}|\t)\S")
_FINAL = tuple(".!?…‥。．！？｡։՜՞؟۔।॥။፧።៕᙮‼⁇⁈⁉")
_CLOSERS = "\"'”’»«“‘)]}›‹」』）】〉》〕］*_"


@dataclass(frozen=True, slots=True)
class Block:
    """A run of lines that belong together.

    ``lines`` holds one span a line, in order, without surrounding white space; the line ends between them are soft.
    ``marker`` is the bullet, number or dash that stands before ``lines[0]``, with the space after it; mostly empty.
    A ``"rule"`` holds no word (``-----``); a ``"line"`` stands alone among other lines, as in verse or an address.
    ``width`` is how many columns the lines around are wrapped to, with their indentation; 0 for a line by itself.
    """

    kind: Kind
    marker: Span
    lines: tuple[Span, ...]
    width: int


@dataclass(frozen=True, slots=True)
class _Line:
    text: str  # without surrounding white space
    start: int  # where ``text`` begins in the whole, in code points
    indent: int  # columns before it
    marker: str  # the group of _MARKER that it begins with, or ""
    body: int  # where in ``text`` the words begin after the marker

    @property
    def columns(self) -> int:
        return self.indent + columns(self.text)

    @property
    def final(self) -> bool:
        return self.text.rstrip(_CLOSERS).endswith(_FINAL)

    @property
    def rule(self) -> bool:
        return _RULE.fullmatch(self.text) is not None

    @property
    def table(self) -> bool:
        return _COLUMNS.search(self.text) is not None


def blocks(text: str) -> list[Block]:
    r"""Find the blocks of ``text``, in order; every character that is not white space lies in exactly one of them.

    >>> [(block.kind, len(block.lines)) for block in blocks("A day out\n\n- Where?\n- By the sea.")]
    [('heading', 1), ('turn', 1), ('turn', 1)]
    """
    lines = list(_lines(text))
    if len(lines) == 1:  # as most texts that are cut by themselves
        return [_block(_kind([line], first=True), [line], 0) for line in map(_unlisted, filter(None, lines))]
    listed = _listed(line for line in lines if line and line.marker == "ordinal")
    return [block for run in _runs(lines, listed) for block in _run_blocks(run)]


def starts_block(text: str) -> bool:
    """Tell whether a line that begins with ``text`` may be read as the start of a list item, a turn or a rule."""
    return bool(_MARKER.match(text) or _RULE.match(text))


def _lines(text: str) -> Iterator[_Line | None]:
    """Yield each line that holds something, and None for what ends a run of lines."""
    start = 0
    breaks = LINE_BREAK.finditer(text) if len(text.splitlines()) > 1 else ()
    for found in breaks:
        yield _line(text, start, found.start())
        if found[0] not in _WRAPPING:
            yield None
        start = found.end()
    yield _line(text, start, len(text))


def _line(text: str, start: int, end: int) -> _Line | None:
    line = text[start:end].rstrip()
    content = line.lstrip()
    if not content:
        return None
    margin = line[: -len(content)]
    marker = _MARKER.match(content)
    kind = (marker.lastgroup or "") if marker else ""
    return _Line(content, start + len(margin), columns(margin.expandtabs()), kind, marker.end() if marker else 0)


def _listed(ordinals: Iterable[_Line]) -> set[int]:
    """Return where the lines start whose number counts: ``2.`` is a list item only after ``1.`` or before ``3.``."""
    numbers = [(line.start, _number(line)) for line in ordinals]
    in_order = [(here, after) for (here, n), (after, m) in pairwise(numbers) if m == n + 1]
    return {start for pair in in_order for start in pair}


def _number(line: _Line) -> int:
    number = line.text[: line.body].rstrip(". \t")
    return int(number) if number.isdecimal() else ord(number)


def _unlisted(line: _Line) -> _Line:
    """Return a line whose number, if it has one, does not count and is no marker any more."""
    return _Line(line.text, line.start, line.indent, "", 0) if line.marker == "ordinal" else line


def _runs(lines: Iterable[_Line | None], listed: set[int]) -> Iterator[list[_Line]]:
    """Yield the lines between two blank lines."""
    run: list[_Line] = []
    for line in lines:
        if line is None:
            if run:
                yield run
            run = []
        else:
            run.append(line if line.start in listed else _unlisted(line))
    if run:
        yield run


def _run_blocks(run: list[_Line]) -> list[Block]:
    width = _edge(run)
    groups = _groups(run, width)
    kinds = [_kind(group, index == 0) for index, group in enumerate(groups)]
    # A title stands over something; a line over another line is one of several.
    if kinds[0] == "heading" and len(kinds) > 1 and kinds[1] not in ("para", "rule"):
        kinds[0] = "line"
    return [_block(kind, group, width) for kind, group in zip(kinds, groups, strict=True)]


def _edge(run: Sequence[_Line]) -> int:
    """Return the width that lines are wrapped to; a line that a long address makes stick out is not the edge."""
    widths = sorted(line.columns for line in run) if len(run) > 1 else [0]
    return widths[len(widths) * 4 // 5] if len(widths) >= _ENOUGH_LINES else widths[-1]


def _groups(run: list[_Line], width: int) -> list[list[_Line]]:
    groups = [[run[0]]]
    markers = {run[0].marker}
    for (before, line), full in zip(pairwise(run), _full(run, width), strict=True):
        if _goes_on(groups[-1], before, line, full, line.marker in markers):
            groups[-1].append(line)
        else:
            groups.append([line])
        markers.add(line.marker)
    return groups


def _full(run: Sequence[_Line], edge: int) -> list[bool]:
    """Tell for each line but the last whether it is full: the next line's first word would not have fitted.

    In verse the longest line looks full, too, so it takes half of the line ends to believe in wrapping. Then a line
    that breaks off a bit early is full as well: people and tools wrap raggedly.
    """
    narrowest = _NARROWEST if len(run) > 2 else _NARROWEST_OF_TWO
    if not narrowest <= edge <= _WIDEST or _stand_alone(run):
        return [False] * (len(run) - 1)
    full = [before.columns + _needed(before, line) > edge for before, line in pairwise(run)]
    free = [not line.marker for line in run[1:]]
    if 2 * sum(map(bool.__and__, full, free)) < sum(free):
        return [False] * len(full)
    early = [line.columns >= _EARLIEST * edge and not line.final for line in run[:-1]]
    return list(map(bool.__or__, full, early))


def _stand_alone(run: Sequence[_Line]) -> bool:
    """Tell whether each line is a sentence, or all begin with a capital as in verse."""
    if all(line.final for line in run):
        return True
    capitals = all(line.text[0].isupper() for line in run)
    return capitals and len(run) >= _SHORTEST_VERSE and not all(line.text.isupper() for line in run)


def _needed(before: _Line, line: _Line) -> int:
    """Return the columns that the first word of ``line`` would have needed on the line before it."""
    if joint(before.text, line.text):
        word = line.text.split(None, 1)[0]
        return 1 + columns(word if not is_cjk(word[0]) else word[0])
    return columns(line.text[0]) + _CJK_SLACK


def _goes_on(group: Sequence[_Line], before: _Line, line: _Line, full: bool, known_marker: bool) -> bool:
    head = group[0]
    if before.rule or line.rule or before.table or line.table:
        return False
    if line.marker:  # or a dash or number that wrapping brought to the front
        return full and not before.final and line.marker in ("dash", "ordinal") and not known_marker
    if head.marker:
        return full or line.indent > head.indent
    if line.indent > before.indent:
        return False
    return full or (before.columns >= _NARROWEST and not before.final and line.text[0].islower())


def _kind(group: Sequence[_Line], first: bool) -> Kind:
    head = group[0]
    if head.rule:
        return "rule"
    if head.marker:
        return "turn" if head.marker == "dash" else "item"
    if len(group) > 1 or head.final or len(head.text) > _LONGEST_HEADING or head.columns > _LONGEST_HEADING:
        return "para"
    return "heading" if first else "line"


def _block(kind: Kind, group: Sequence[_Line], width: int) -> Block:
    head = group[0]
    marker = Span(head.start, head.start + head.body)
    first = Span(marker.end, head.start + len(head.text))
    others = (Span(line.start, line.start + len(line.text)) for line in group[1:])
    return Block(kind, marker, (first, *others), width)
