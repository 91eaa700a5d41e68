"""Where is the text in HTML? Between the tags of blocks, and in the attributes that a reader sees."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..model import Span
from .elements import (
    INLINE_ELEMENTS,
    LITERAL_ELEMENTS,
    VOID_ELEMENTS,
    Seen,
    seen_attributes,
    without_attributes,
    without_markup,
)
from .nodes import Code, as_text, find_codes

__all__ = ["Run", "Tag", "find_runs", "find_tags", "html_codes", "html_structure", "text_codes"]

_TAG = re.compile(r"""<(?P<end>/?)(?P<name>[A-Za-z][^\s/<>"']*)(?:[^<>"']|"[^"]*"|'[^']*')*>""")
_LOOSE_TAG = re.compile(r"<(?P<end>/?)(?P<name>[A-Za-z][^\s/<>\"']*)[^<>]*>")  # a quote without its partner
_LINE_END = re.compile(r"[ \t]*[\r\n]")
_OTHER_MARKUP = (("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"), ("<%", "%>"), ("<!", ">"))
_UNTRANSLATED = re.compile(r"""\stranslate\s*=\s*["']?no\b|\sclass\s*=\s*["'][^"']*\bnotranslate\b""", re.IGNORECASE)
_TEXT_CODES = re.compile(
    r"""(?P<entity> & (?: \#\d{1,7} | \#[xX][0-9a-fA-F]{1,6} | [A-Za-z][A-Za-z0-9]{1,31} ) ; )
      | \{\{ [^{}]* \}\} | \{% [^{}]* %\} | \$\{ [^{}]* \}""",
    re.VERBOSE,
)
_WHOLE = LITERAL_ELEMENTS - {"code", "kbd", "samp", "var"} | {"title"}


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag, or what counts as one: a comment, an instruction, an element with all that is in it.

    ``name`` is in lower case, with ``/`` before it in an end tag; it is empty for what is no element.
    """

    span: Span
    name: str
    whole: bool = False

    @property
    def is_inline(self) -> bool:
        """Whether it may stand in a run of text."""
        return not self.name or self.name.removeprefix("/") in INLINE_ELEMENTS


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text between the tags of blocks; ``block`` names the element that it is in."""

    span: Span
    block: str


def find_runs(html: str) -> list[Run | Seen]:
    """Find the runs of text of a block of HTML and the seen attributes of its block tags, in order.

    Inline elements such as ``<b>`` belong to their run, and so do their attributes. A run may hold no words.

    >>> html = '<p>It <b>rained</b>.</p><img alt="A wet road">'
    >>> [html[run.span.slice()] for run in find_runs(html)]
    ['It <b>rained</b>.', 'A wet road']
    """
    runs: list[Run | Seen] = []
    start, block, inside = 0, "", list[Tag]()
    for tag in [*find_tags(html), Tag(Span(len(html), len(html)), "/html")]:
        if tag.is_inline:
            inside.append(tag)
            continue
        runs += _between(html, Span(start, tag.span.start), block, inside)
        runs += seen_attributes(html, tag.span)
        if tag.name == "title":  # holds no markup
            name_end, end_tag = html.index(">", tag.span.start) + 1, html.rfind("<", tag.span.start, tag.span.end)
            runs += _between(html, Span(name_end, max(name_end, end_tag)), "title", [])
        start, block, inside = tag.span.end, "" if tag.name.startswith("/") else tag.name, []
    return runs


def find_tags(html: str) -> Iterator[Tag]:
    """Yield the tags, in order; an element such as ``<script>`` with all that is in it counts as one."""
    place = html.find("<")
    while place >= 0:
        end = place + 1
        if found := _TAG.match(html, place) or _LOOSE_TAG.match(html, place):
            name, end = found["name"].lower(), found.end()
            whole = not found["end"] and not found[0].endswith("/>") and name not in VOID_ELEMENTS
            whole = whole and (name in _WHOLE or _UNTRANSLATED.search(found[0]) is not None)
            if whole:
                end = _element_end(html, name, end)
            yield Tag(Span(place, end), found["end"] + name, whole)
        elif other := next((pair for pair in _OTHER_MARKUP if html.startswith(pair[0], place)), None):
            closing = html.find(other[1], place + len(other[0]))
            end = len(html) if closing < 0 else closing + len(other[1])
            name = "!" if other[0] in ("<!", "<![CDATA[") or html.startswith("<?xml", place) else ""
            yield Tag(Span(place, end), name)
        place = html.find("<", end)


def html_codes(html: str) -> tuple[list[Code], list[Seen]]:
    """Return the inline markup of a run, and the seen attributes of its tags.

    >>> [code.equivalent for code in html_codes("Press <kbd>A</kbd> &amp; <b>wait</b>.")[0]]
    ['A', '', '&']
    """
    tags = list(find_tags(html))
    codes, seen = list[Code](), list[Seen]()
    opened: defaultdict[str, list[Span]] = defaultdict(list)
    pairs: dict[Span, Span] = {}
    for tag in tags:
        name = tag.name.removeprefix("/")
        if not tag.whole and name not in LITERAL_ELEMENTS:
            seen += seen_attributes(html, tag.span)
        if tag.name.startswith("/") and opened[name]:
            pairs[opened[name].pop()] = tag.span
        elif tag.name and not tag.whole and name not in VOID_ELEMENTS and html[tag.span.end - 2] != "/":
            opened[name].append(tag.span)
    seconds = set(pairs.values())
    for tag in tags:
        if tag.whole or (tag.name in LITERAL_ELEMENTS and tag.span in pairs):
            element = Span(tag.span.start, pairs.get(tag.span, tag.span).end)
            codes.append(Code(element, without_markup(html[element.slice()])))
        elif tag.span not in seconds:
            codes.append(Code(tag.span, closing=pairs.get(tag.span)))
    return [*codes, *text_codes(html)], seen


def text_codes(html: str) -> Iterator[Code]:
    """Yield the codes of a text between tags, or of an attribute value: character references and templates."""
    for found in _TEXT_CODES.finditer(html):
        span = Span(found.start(), found.end())
        yield as_text(span, found[0]) if found["entity"] else Code(span, found[0])


def html_structure(html: str) -> list[object]:
    """Return all of HTML but its words: the tags of blocks, and those in each run."""
    facts: list[object] = []
    position = 0
    for run in find_runs(html):
        words = html[run.span.slice()]
        facts += html[position : run.span.start].split()
        position = run.span.end
        if isinstance(run, Run):
            codes = find_codes(html_codes(words)[0])
            tags = (without_attributes(words[code.span.slice()]) for code in codes if not code.is_text)
            facts.append(sorted("".join(tag.split()) for tag in tags))
    return [*facts, *html[position:].split()]


def _element_end(html: str, name: str, start: int) -> int:
    """Return where an element ends; ``start`` is the end of its start tag. Those of its name inside it are counted."""
    depth = 1
    nested = name not in ("script", "style", "textarea", "title")
    for found in re.compile(rf"<(/?){re.escape(name)}(?=[\s/>])[^<>]*>", re.IGNORECASE).finditer(html, start):
        if found[1]:
            depth -= 1
        elif nested and not found[0].endswith("/>"):
            depth += 1
        if not depth:
            return found.end()
    return len(html)


def _between(html: str, span: Span, block: str, inside: Sequence[Tag]) -> Iterator[Run | Seen]:
    """Yield the run between two tags of blocks; a tag at its ends that is void or alone on a line is not part of it."""
    start, end = span.start, span.end
    first, last = 0, len(inside)
    after = start  # the tags at the beginning
    for number, tag in enumerate(inside, start=1):
        if html[after : tag.span.start].strip():
            break
        after = tag.span.end
        if _stands_apart(tag) or _LINE_END.match(html, after, end):
            start, first = after, number
    before = end  # the tags at the end
    for number, tag in zip(range(last - 1, first - 1, -1), reversed(inside), strict=False):
        if html[tag.span.end : before].strip():
            break
        before = tag.span.start
        if _stands_apart(tag) or html[start:before].rstrip(" \t").endswith(("\n", "\r")):
            end, last = before, number
    yield from _attributes(html, inside[:first])
    part = html[start:end]
    if part.strip():
        start += len(part) - len(part.lstrip())
        yield Run(Span(start, start + len(part.strip())), block)
    yield from _attributes(html, inside[last:])


def _stands_apart(tag: Tag) -> bool:
    return not tag.name or tag.name in VOID_ELEMENTS


def _attributes(html: str, tags: Sequence[Tag]) -> Iterator[Seen]:
    for tag in tags:
        if tag.name.removeprefix("/") not in LITERAL_ELEMENTS:
            yield from seen_attributes(html, tag.span)
