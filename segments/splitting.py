"""Where do the sentences of a text begin and end? Blocks first, then the boundaries inside each block."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from itertools import pairwise
from pathlib import Path

from .blocks import Block, blocks
from .boundaries import Candidate, Decision, decide, find_ends, skip_space
from .facts import facts_of
from .lines import LINE_BREAK, outside
from .model import Span
from .rules import NO_RULES, Rules

__all__ = ["SPLITTER", "Ends", "ends_by", "explain", "readable", "split", "split_protected"]

Ends = Callable[[str], Iterable[int]]
"""Says where in a text sentences end, in order; what it says of the end of the text does not matter."""

_RULES = 3  # counts the versions of what is code


def _fingerprint() -> str:
    """Hash the facts of all languages and the weights."""
    state = blake2b(digest_size=4)
    for path in sorted(Path(__file__).parent.glob("*/*.*")):
        if path.suffix in (".toml", ".json"):
            state.update(path.name.encode() + path.read_bytes())
    return state.hexdigest()


SPLITTER = f"hexapla-{_RULES}/{_fingerprint()}"
"""What cut a text: other rules, facts or weights have another name."""

_WORD = "Xoxo"  # stands for what is protected: a word, without the stops inside it
_WINDOW = 20_000  # code points that are looked at together
_MARGIN = 1_000  # code points at the end of a window that are looked at again with what follows them


def ends_by(language: str, rules: Rules = NO_RULES) -> Ends:
    """Return what says where sentences end in a language (BCP 47), by the rules of a project."""
    facts = facts_of(language)

    def found(text: str) -> Iterable[int]:
        if rules == NO_RULES and len(text) <= _WINDOW:
            return find_ends(text, facts)
        return (candidate.end for candidate, verdict in _decisions(text, language, rules) if verdict.ends)

    return found


def split(text: str, language: str, ends: Ends | None = None) -> list[Span]:
    """Cut a plain text into sentences: spans in order, without overlap and without surrounding white space.

    All that lies outside the spans is white space, whatever ``text`` holds. A bullet, number or dialogue dash belongs
    to the first sentence of its block. ``language`` is a BCP 47 tag; one that nothing is known of is split by
    general rules. ``ends`` says where sentences end, if that is not what is known of the language.

    >>> text = "Spring came. The garden woke up."
    >>> [text[span.slice()] for span in split(text, "en")]
    ['Spring came.', 'The garden woke up.']
    """
    spans: list[Span] = []
    ends = ends or ends_by(language)
    for block in blocks(text):
        first, *others = _sentences(text, ends, _read(text, block))
        spans += [Span(block.marker.start, first.end), *others]
    return spans


def split_protected(
    text: str,
    language: str,
    protected: Sequence[Span] = (),
    *,
    marks: Sequence[Span] = (),
    pairs: Sequence[Span] = (),
    ends: Ends | None = None,
) -> list[Span]:
    """Cut one block, such as a paragraph of Markdown, into sentences; spans as in :func:`split`.

    No boundary falls inside a ``protected`` span, which is read as one word, nor inside one of the ``pairs``, which are
    read as text (a pair around the whole block binds nothing). ``marks`` are not read at all; one that ends a pair, or
    belongs to none, stays with the sentence before it. Spans of one kind are in order and, but for ``pairs``, do not
    overlap; a mark may be protected, too. A line break in ``text`` is a boundary.

    >>> text = "**Stop!** Use `a. B` now."
    >>> spans = split_protected(text, "en", [Span(14, 20)], marks=[Span(0, 2), Span(7, 9)], pairs=[Span(0, 9)])
    >>> [text[span.slice()] for span in spans]
    ['**Stop!**', 'Use `a. B` now.']
    """
    whole = _stripped(text, 0, len(text))
    if whole is None:
        return []
    view, ends = _View(text, protected, marks), ends or ends_by(language)
    found = [view.end(span.end) for line in view.lines() for span in _sentences(view.text, ends, line)]
    closing = {mark.start: mark.end for mark in marks}
    for pair in pairs:
        closing.pop(pair.start, None)
    gaps = (_gap(text, end, closing) for end in found[:-1])
    kept = outside(gaps, [*protected, *(pair for pair in pairs if pair != whole)])
    edges = [whole.start, *(edge for gap in kept for edge in (gap.start, gap.end)), whole.end]
    return [Span(start, end) for start, end in zip(edges[::2], edges[1::2], strict=True)]


def explain(text: str, language: str, rules: Rules = NO_RULES) -> Iterator[tuple[int, Decision]]:
    """Yield where each block of a plain text begins that is read, with each decision in it, in order."""
    for span in readable(text):
        for decision in _decisions(text[span.slice()], language, rules):
            yield span.start, decision


def readable(text: str) -> Iterator[Span]:
    """Yield the part of each block of ``text`` in which boundaries are looked for."""
    return (_read(text, block) for block in blocks(text))


def _read(text: str, block: Block) -> Span:
    """Return what is read of a block: a label like ``a)`` tells of others to come, other markers mislead."""
    labelled = text[block.marker.slice()].rstrip().endswith(")")
    return Span(block.marker.start if labelled else block.lines[0].start, block.lines[-1].end)


class _View:
    """What the engine reads of a text, and the way back: marks are left out, protected spans are one word each."""

    def __init__(self, text: str, protected: Iterable[Span], marks: Iterable[Span]) -> None:
        parts: list[str] = []
        self._starts: list[int] = []  # of each part, in the view
        self._sources: list[Span] = []  # of each part, in the text
        length = position = 0
        unread = [(span.start, span.end, "") for span in marks] + [(span.start, span.end, _WORD) for span in protected]
        unread.sort(key=lambda part: (part[0], -part[1], part[2]))
        for start, end, word in [*unread, (len(text), len(text), "")]:
            if start < position:
                continue
            for part, source in ((text[position:start], Span(position, start)), (word, Span(start, end))):
                if part:
                    parts.append(part)
                    self._starts.append(length)
                    self._sources.append(source)
                    length += len(part)
            position = end
        self.text = "".join(parts)

    def lines(self) -> Iterator[Span]:
        """Yield the spans between the line breaks of the view."""
        breaks = [Span(found.start(), found.end()) for found in LINE_BREAK.finditer(self.text)]
        for before, after in pairwise([Span(0, 0), *breaks, Span(len(self.text), len(self.text))]):
            yield Span(before.end, after.start)

    def end(self, position: int) -> int:
        """Return where in the text the character before ``position`` in the view ends."""
        part = bisect_right(self._starts, position - 1) - 1
        source = self._sources[part]
        return min(source.start + position - self._starts[part], source.end)


def _gap(text: str, end: int, closing: Mapping[int, int]) -> Span:
    """Return the white space around the end of a sentence, once the marks that close it are passed."""
    while end in closing:
        end = closing[end]
    start = end
    while start and text[start - 1].isspace():  # protected, if there is any
        start -= 1
    return Span(start, skip_space(text, end))


def _sentences(text: str, ends: Ends, within: Span) -> list[Span]:
    """Return the sentences of a span; what holds neither letter nor digit is a part of the sentence beside it."""
    pieces = list(_pieces(text, ends, within))
    sentences: list[tuple[int, int]] = []
    spoken = False  # whether the last sentence has words
    for index, (start, end) in enumerate(pieces):
        words = text[start].isalnum() or any(map(str.isalnum, text[start:end]))
        if sentences and _belong_together(text, sentences[-1][1], spoken, pieces, words, index):
            sentences[-1] = (sentences[-1][0], end)
            spoken = spoken or words
        else:
            sentences.append((start, end))
            spoken = words
    return [Span(start, end) for start, end in sentences]


def _pieces(text: str, ends: Ends, within: Span) -> Iterator[tuple[int, int]]:
    """Yield where the pieces between the ends begin and end, without white space around them."""
    start = within.start
    for found in (*ends(text[within.slice()]), within.end - within.start):
        stop = end = within.start + found
        while start < stop and text[start].isspace():
            start += 1
        while start < stop and text[stop - 1].isspace():
            stop -= 1
        if start < stop:
            yield start, stop
        start = end


def _decisions(text: str, language: str, rules: Rules) -> Iterator[Decision]:
    """Decide on a text; a long one is read in windows, each from the last end of the one before, if there was any."""
    facts = facts_of(language)
    if len(text) <= _WINDOW:
        yield from decide(text, facts, rules)
        return
    start = 0
    while start < len(text):
        decisions = decide(text[start : start + _WINDOW], facts, rules)
        limit = len(text) - start
        if limit > _WINDOW:
            limit = _WINDOW - _MARGIN
            limit = max((end for (_, end, _), verdict in decisions if verdict.ends and end < limit), default=limit)
        for (first, end, sign), verdict in decisions:
            if end <= limit:
                yield Decision(Candidate(start + first, start + end, sign), verdict)
        start += limit


def _belong_together(
    text: str, before: int, spoken: bool, pieces: Sequence[tuple[int, int]], words: bool, index: int
) -> bool:
    """Tell whether a piece goes on the sentence that ends ``before``: in ``list.append``, at a lone ``…``."""
    start, end = pieces[index]
    touch = before == start
    if words and spoken and not touch:
        return False
    if touch and text[before - 1] == "." and (text[start].islower() or text[start].isdecimal()):
        return True
    if not spoken and (touch or index == 1):
        return True
    touches_next = index + 1 < len(pieces) and pieces[index + 1][0] == end
    return not words and (touch or not touches_next)


def _stripped(text: str, start: int, end: int) -> Span | None:
    part = text[start:end].rstrip()
    content = part.lstrip()
    return Span(start + len(part) - len(content), start + len(part)) if content else None
