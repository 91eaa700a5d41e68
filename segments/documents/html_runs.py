"""Where is the text in HTML? Between the tags of blocks, and in the attributes that a reader sees."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

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

_MARKUP = re.compile(
    r"""<(?: (?P<end>/?) (?P<name>[A-Za-z][^\s/<>"']*+)
             (?: (?:[^<>"']++|"[^"]*"|'[^']*')*+ > | [^<>]*+ > )  # the latter where a quote has no partner
           | (?P<other>!--|!\[CDATA\[|\?|%|!) )""",
    re.VERBOSE,
)
_LINE_END = re.compile(r"[ \t]*[\r\n]")
_OTHER_ENDS = {"!--": "-->", "![CDATA[": "]]>", "?": "?>", "%": "%>", "!": ">"}
_UNTRANSLATED = re.compile(r"""\stranslate\s*=\s*["']?no\b|\sclass\s*=\s*["'][^"']*\bnotranslate\b""", re.IGNORECASE)
_TEXT_CODES = re.compile(
    r"""(?P<entity> & (?: \#\d{1,7} | \#[xX][0-9a-fA-F]{1,6} | [A-Za-z][A-Za-z0-9]{1,31} ) ; )
      | \{\{ [^{}]* \}\} | \{% [^{}]* %\} | \$\{ [^{}]* \}""",
    re.VERBOSE,
)
_WHOLE = LITERAL_ELEMENTS - {"code", "kbd", "samp", "var"} | {"title"}
_RAW_TEXT = ("script", "style", "textarea", "title")  # hold no tags (HTML Living Standard, 13.1.2.2 and 13.1.2.3)
_IN_RUNS = frozenset({"", *INLINE_ELEMENTS, *(f"/{name}" for name in INLINE_ELEMENTS)})


class Tag(NamedTuple):
    """A tag, or what counts as one: a comment, an instruction, an element with all that is in it.

    ``name`` is in lower case, with ``/`` before it in an end tag; it is empty for what is no element. ``head`` is where
    a tag ends whose attributes are read, before the end of a ``whole`` element; where none are, it is ``start``. A page
    has tags by the thousand, and a tuple is made in less time than another class.
    """

    start: int
    end: int
    name: str
    head: int
    whole: bool = False

    @property
    def span(self) -> Span:
        """Where it lies."""
        return Span(self.start, self.end)

    def seen(self, html: str) -> Iterator[Seen]:
        """Yield its attributes that a reader sees or hears, and those of the tags in it: of a button beside code."""
        if self.start == self.head:
            return
        yield from seen_attributes(html, Span(self.start, self.head))
        if self.whole and self.name not in _RAW_TEXT:
            for found in _MARKUP.finditer(html, self.head, self.end):
                yield from seen_attributes(html, Span(*found.span()))


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
    for tag in [*find_tags(html), Tag(len(html), len(html), "/html", len(html))]:
        if tag.name in _IN_RUNS:
            inside.append(tag)
            continue
        if inside or (start < tag.start and not html[start : tag.start].isspace()):
            runs += _between(html, Span(start, tag.start), block, inside)
            inside = []
        if tag.start < tag.head:
            runs += tag.seen(html)
            if tag.name == "title":  # holds no markup
                end = max(tag.head, html.rfind("<", tag.start, tag.end))
                runs += _between(html, Span(tag.head, end), "title", [])
        start, block = tag.end, "" if tag.name.startswith("/") else tag.name
    return runs


def find_tags(html: str) -> Iterator[Tag]:
    """Yield the tags, in order; an element such as ``<script>`` with all that is in it counts as one."""
    some_untranslated = _UNTRANSLATED.search(html) is not None
    end = 0
    while found := _MARKUP.search(html, end):
        start, end = found.span()
        closing, name, other = found.groups()
        if name:
            if closing:
                yield Tag(start, end, f"/{name.lower()}", start)
                continue
            name = name.lower()
            untranslated = some_untranslated and _UNTRANSLATED.search(html, start, end) is not None
            head = start if untranslated else end
            whole = html[end - 2] != "/" and name not in VOID_ELEMENTS and (untranslated or name in _WHOLE)
            if whole:
                end = _element_end(html, name, end)
            yield Tag(start, end, name, head, whole)
        else:
            closed = html.find(_OTHER_ENDS[other], end)
            end = len(html) if closed < 0 else closed + len(_OTHER_ENDS[other])
            is_block = other in ("!", "![CDATA[") or html.startswith("<?xml", start)
            yield Tag(start, end, "!" if is_block else "", start)


def html_codes(html: str) -> tuple[list[Code], list[Seen]]:
    """Return the inline markup of a run, and the seen attributes of its tags.

    >>> [code.equivalent for code in html_codes("Press <kbd>A</kbd> &amp; <b>wait</b>.")[0]]
    ['A', '', '&']
    """
    tags = list(find_tags(html)) if "<" in html else []
    codes, seen = list[Code](), list[Seen]()
    opened: defaultdict[str, list[Tag]] = defaultdict(list)
    pairs: dict[Tag, Tag] = {}
    for tag in tags:
        name = tag.name.removeprefix("/")
        if not tag.whole and name not in LITERAL_ELEMENTS:
            seen += tag.seen(html)
        if tag.name.startswith("/") and opened[name]:
            pairs[opened[name].pop()] = tag
        elif name and not tag.whole and name not in VOID_ELEMENTS and html[tag.end - 2] != "/":
            opened[name].append(tag)
    seconds = set(pairs.values())
    for tag in tags:
        second = pairs.get(tag)
        if tag.whole or (second and tag.name in LITERAL_ELEMENTS):
            element = Span(tag.start, (second or tag).end)
            codes.append(Code(element, without_markup(html[element.slice()])))
        elif tag not in seconds:
            codes.append(Code(tag.span, closing=second.span if second else None))
    return [*codes, *text_codes(html)], seen


def text_codes(html: str) -> Iterator[Code]:
    """Yield the codes of a text between tags, or of an attribute value: character references and templates."""
    for found in _TEXT_CODES.finditer(html) if "&" in html or "{" in html else ():
        span = Span(*found.span())
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
    nested = name not in _RAW_TEXT
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
        if html[after : tag.start].strip():
            break
        after = tag.end
        if _stands_apart(tag) or _LINE_END.match(html, after, end):
            start, first = after, number
    before = end  # the tags at the end
    for number, tag in zip(range(last - 1, first - 1, -1), reversed(inside), strict=False):
        if html[tag.end : before].strip():
            break
        before = tag.start
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
        if tag.name not in LITERAL_ELEMENTS:
            yield from tag.seen(html)
