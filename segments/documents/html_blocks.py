"""Where is the text in a block of raw HTML? Between the tags of blocks, and in the attributes that a reader sees."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..model import Span
from .inline import LITERAL_TAGS, SEEN_ATTRIBUTE, VOID_TAGS
from .units import is_translatable, letters

__all__ = ["Run", "find_runs", "find_tags"]

_TAG = re.compile(r"""<(/?)([A-Za-z][\w.:-]*)((?:[^<>"']|"[^"]*"|'[^']*')*)>""")
_LINE_END = re.compile(r"[ \t]*\n")
_OTHER_MARKUP = (("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"), ("<!", ">"))
_INLINE_TAGS = VOID_TAGS - {"col", "embed", "hr", "source", "track"} | frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd"}
    | {"label", "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "tt", "u", "var"}
)


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in HTML. ``quote`` is what an attribute value stands in; it is empty for text between tags."""

    span: Span
    quote: str = ""


@dataclass(frozen=True, slots=True)
class _Tag:
    span: Span
    name: str  # in lower case; empty for a comment and its like


def find_runs(html: str) -> list[Run]:
    """Find the runs of text of a block of HTML, in order; inline elements such as ``<b>`` belong to their run.

    >>> html = '<p>It <b>rained</b>.</p><img alt="A wet road">'
    >>> [html[run.span.slice()] for run in find_runs(html)]
    ['It <b>rained</b>.', 'A wet road']
    """
    runs: list[Run] = []
    start, inside = 0, list[_Tag]()
    for tag in [*_tags(html), _Tag(Span(len(html), len(html)), "")]:
        if tag.name in _INLINE_TAGS:
            inside.append(tag)
        else:
            runs += _between(html, start, tag.span.start, inside)
            runs += _attributes(html, [tag])
            start, inside = tag.span.end, []
    return sorted(runs, key=lambda run: run.span.start)


def find_tags(html: str) -> list[Span]:
    """Return the spans of the tags of a run, in order."""
    return [Span(found.start(), found.end()) for found in _TAG.finditer(html)]


def _tags(html: str) -> Iterator[_Tag]:
    """Yield the tags; a comment, and an element such as ``<pre>`` with all that is in it, counts as one."""
    lower = html.lower()
    place = html.find("<")
    while place >= 0:
        end = place + 1
        if tag := _TAG.match(html, place):
            name, end = tag[2].lower(), tag.end()
            if name in LITERAL_TAGS - _INLINE_TAGS and not tag[1]:
                end = _after(lower, f"</{name}>", end)
            yield _Tag(Span(place, end), name)
        elif other := next((pair for pair in _OTHER_MARKUP if html.startswith(pair[0], place)), None):
            end = _after(html, other[1], place + len(other[0]))
            yield _Tag(Span(place, end), "")
        place = html.find("<", end)


def _after(html: str, closing: str, start: int) -> int:
    found = html.find(closing, start)
    return len(html) if found < 0 else found + len(closing)


def _between(html: str, start: int, end: int, inside: Sequence[_Tag]) -> Iterator[Run]:
    """Yield the run between two tags of blocks; a tag at its ends that is void or alone on a line is not part of it."""
    first, last = 0, len(inside)
    after = start  # the tags at the beginning
    for number, tag in enumerate(inside, start=1):
        if html[after : tag.span.start].strip():
            break
        after = tag.span.end
        if tag.name in VOID_TAGS or _LINE_END.match(html, after, end):
            start, first = after, number
    before = end  # the tags at the end
    for number, tag in zip(range(last - 1, first - 1, -1), reversed(inside), strict=False):
        if html[tag.span.end : before].strip():
            break
        before = tag.span.start
        if tag.name in VOID_TAGS or html[start:before].rstrip(" \t").endswith("\n"):
            end, last = before, number
    part = html[start:end]
    start += len(part) - len(part.lstrip())
    end = start + len(part.strip())
    kept = [Span(tag.span.start - start, tag.span.end - start) for tag in inside[first:last]]
    if is_translatable(html[start:end], kept):
        yield Run(Span(start, end))
        inside = [*inside[:first], *inside[last:]]
    yield from _attributes(html, inside)


def _attributes(html: str, tags: Sequence[_Tag]) -> Iterator[Run]:
    for tag in tags:
        for found in SEEN_ATTRIBUTE.finditer(html, tag.span.start, tag.span.end if tag.name else tag.span.start):
            words = found["words"]
            if letters(words) and words == words.strip() and not re.search(r"[\r\n]", words):
                yield Run(Span(found.start("words"), found.end("words")), found[1])
