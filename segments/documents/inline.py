"""Where is the inline markup of a Markdown text? As markdown-it reads it, with the places that its tokens do not tell.

The parser's own rules are watched: each one that matches tells where it began and ended, so nothing is guessed twice.
What other tools add to Markdown (MkDocs, Hugo, Jekyll, MDX, Pandoc) is found by pattern.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from ..model import Span
from .units import ADDRESS

__all__ = ["LITERAL_TAGS", "SEEN_ATTRIBUTE", "VOID_TAGS", "Inline", "find_inline"]

LITERAL_TAGS = frozenset({"code", "kbd", "pre", "samp", "script", "style", "textarea", "var"})
"""HTML elements whose content is not translated."""
VOID_TAGS = frozenset({"br", "col", "embed", "hr", "img", "input", "source", "track", "wbr"})
"""HTML elements that have no end tag."""

SEEN_ATTRIBUTE = re.compile(
    r"""(?<=\s)(?:alt|aria-label|placeholder|title)\s*=\s*(["'])(?P<words>.*?)\1""", re.IGNORECASE | re.DOTALL
)
"""An attribute whose value a reader sees or hears."""

_LINK_TITLE = re.compile(r"""\s["'(](?P<words>.*)["')]\s*\)$""", re.DOTALL)
_TAG = re.compile(r"<(/?)([A-Za-z][\w.:-]*)")
_PATTERNS = re.compile(
    r"""(?P<mark> \{ :? [ \t]* [#.:] [^{}\n]* \} | \[\^ [^\]\s]+ \] )    # { #anchor }, {: .class }, [^footnote]
      | \{\{ [^{}\n]* \}\} | \{ [^{}\n]* \}                              # {{ value }}, {% tag %}, {* file *}, {name}
      | </?[A-Z] [^<>\n]* >                                              # JSX
      | (?<![\w:]) : [a-z][a-z0-9_+-]* : (?![\w:])                       # :emoji:
      | & (?: \#\d{1,7} | \#[xX][0-9a-fA-F]{1,6} | [A-Za-z][A-Za-z0-9]{1,31} ) ;
      | """
    + ADDRESS,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Inline:
    """The inline markup of a text; spans are of that text and in order, see :class:`.model.Unit` for their meaning.

    ``structure`` tells what is marked up and how, in order, whatever the words are.
    """

    protected: tuple[Span, ...]
    marks: tuple[Span, ...]
    pairs: tuple[Span, ...]
    structure: tuple[object, ...]


@dataclass(slots=True)
class _Places:
    """What the rules report while a text is parsed."""

    tokens: list[Token] = field(default_factory=list)
    marks: list[Span] = field(default_factory=list)
    words: list[Span] = field(default_factory=list)  # protected, and read as one word
    kept: list[Span] = field(default_factory=list)  # those marks that are protected
    pairs: list[Span] = field(default_factory=list)
    tags: list[Span] = field(default_factory=list)
    delimiters: dict[int, int] = field(default_factory=dict)  # where the token of this id stands


def find_inline(text: str, references: Mapping[str, Any] | None = None, tags: Iterable[Span] = ()) -> Inline:
    """Find the inline markup of ``text``, one block of Markdown.

    ``references`` are markdown-it's link definitions; ``tags`` are spans that are tags whatever Markdown makes of them.

    >>> inline = find_inline("See **the `code` [here](place.md)**.")
    >>> [(span.start, span.end) for span in inline.protected]
    [(10, 16), (22, 33)]
    """
    places = _Places()
    environment = {"references": references or {}, "places": places}
    _PARSER.inline.parse(text.replace("\0", "\ufffd"), _PARSER, environment, places.tokens)
    places.tags = sorted({*places.tags, *tags}, key=_order)
    _pair_delimiters(places)
    _pair_tags(places, text)
    _add_patterns(places, text)
    structure = (_facts(token) for token in places.tokens if token.type not in ("text", "text_special", "softbreak"))
    return Inline(
        protected=tuple(_merged([*places.words, *places.kept])),
        marks=tuple(_merged(places.marks)),
        pairs=tuple(sorted(places.pairs, key=_order)),
        structure=tuple(structure),
    )


def _on_word(places: _Places, state: StateInline, start: int, added: Sequence[Token]) -> None:
    if added:  # backticks without a partner add none
        places.words.append(Span(start, state.pos))


def _on_escape(places: _Places, state: StateInline, start: int, added: Sequence[Token]) -> None:
    places.marks.append(Span(start, start + 1))


def _on_tag(places: _Places, state: StateInline, start: int, added: Sequence[Token]) -> None:
    places.tags.append(Span(start, state.pos))


def _on_link(places: _Places, state: StateInline, start: int, added: Sequence[Token]) -> None:
    label = start + (state.src[start] == "!")
    label_end = state.md.helpers.parseLinkLabel(state, label)
    if state.src[label_end + 1 : state.pos] in ("", "[]"):
        places.words.append(Span(start, state.pos))  # the label is also the name of the definition
        return
    destination = Span(label_end, state.pos)
    places.marks += [Span(start, label + 1), destination]
    places.kept += _without(destination, _LINK_TITLE.finditer(state.src, label_end, state.pos))
    places.pairs.append(Span(start, state.pos))


def _on_delimiters(places: _Places, state: StateInline, start: int, added: Sequence[Token]) -> None:
    end = state.pos
    for token in reversed(added):
        end -= len(token.content)
        if end < start:  # the text before the delimiters
            break
        places.delimiters[id(token)] = end


_Handler = Callable[[_Places, StateInline, int, Sequence[Token]], None]
_HANDLERS: dict[str, _Handler] = {
    "autolink": _on_word,
    "backticks": _on_word,
    "emphasis": _on_delimiters,
    "escape": _on_escape,
    "html_inline": _on_tag,
    "image": _on_link,
    "link": _on_link,
    "strikethrough": _on_delimiters,
}


def _watched(rule: Callable[[StateInline, bool], bool], handler: _Handler) -> Callable[[StateInline, bool], bool]:
    def watched(state: StateInline, silent: bool) -> bool:
        start, count = state.pos, len(state.tokens)
        matched = rule(state, silent)
        places: _Places = state.env["places"]
        if matched and not silent and state.tokens is places.tokens:  # not within the text of an image
            handler(places, state, start, state.tokens[count:])
        return matched

    return watched


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable("strikethrough")
    ruler = parser.inline.ruler
    for name, rule in zip(ruler.get_active_rules(), ruler.getRules(""), strict=True):
        if name in _HANDLERS:
            ruler.at(name, _watched(rule, _HANDLERS[name]))
    return parser


_PARSER = _parser()


def _pair_delimiters(places: _Places) -> None:
    opened: list[int] = []
    for token in places.tokens:
        place = places.delimiters.get(id(token))
        if place is None or token.nesting == 0:
            continue
        size = len(token.markup)
        if token.nesting > 0:
            # Of two asterisks the inner one opens a strong emphasis.
            opened.append(place - 1 if token.type == "strong_open" else place)
            places.marks.append(Span(opened[-1], opened[-1] + size))
        elif opened:
            places.marks.append(Span(place, place + size))
            places.pairs.append(Span(opened.pop(), place + size))


def _pair_tags(places: _Places, text: str) -> None:
    opened: defaultdict[str, list[Span]] = defaultdict(list)
    for tag in places.tags:
        places.marks.append(tag)
        places.kept += _without(tag, SEEN_ATTRIBUTE.finditer(text, tag.start, tag.end))
        named = _TAG.match(text, tag.start)
        if named is None or named[2].lower() in VOID_TAGS or text[tag.end - 2] == "/":
            continue
        name = named[2].lower()
        if not named[1]:
            opened[name].append(tag)
        elif opened[name]:
            element = Span(opened[name].pop().start, tag.end)
            (places.words if name in LITERAL_TAGS else places.pairs).append(element)


def _add_patterns(places: _Places, text: str) -> None:
    """Add what the patterns find outside the places that the parser found."""
    taken = iter(_merged([*places.words, *places.marks]))
    next_taken = next(taken, None)
    for found in _PATTERNS.finditer(text):
        while next_taken and next_taken.end <= found.start():
            next_taken = next(taken, None)
        if next_taken and next_taken.start < found.end():
            continue
        span = Span(found.start(), found.end())
        if found["mark"]:
            places.marks.append(span)
            places.kept.append(span)
        else:
            places.words.append(span)


def _without(mark: Span, seen: Iterable[re.Match[str]]) -> Iterator[Span]:
    """Yield what of a mark is protected: all but the words in it that a reader sees."""
    start = mark.start
    for found in seen:
        yield Span(start, found.start("words"))
        start = found.end("words")
    yield Span(start, mark.end)


def _order(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _merged(spans: Iterable[Span]) -> list[Span]:
    """Return the spans in order, those that overlap as one."""
    merged: list[Span] = []
    for span in sorted(spans, key=_order):
        if merged and span.start < merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def _facts(token: Token) -> tuple[object, ...]:
    attributes = tuple(sorted((name, value) for name, value in token.attrs.items() if name not in ("alt", "title")))
    content = SEEN_ATTRIBUTE.sub("", token.content) if token.type in ("code_inline", "html_inline") else ""
    return token.type, token.markup, attributes, "".join(content.split())  # where its lines end is no matter
