"""Where is the inline markup of a Markdown text? As markdown-it reads it, with the places that its tokens do not tell.

The parser's own rules are watched: each one that matches tells where it began and ended, so nothing is guessed twice.
What other tools add to Markdown (MkDocs, Hugo, Jekyll, MDX, Pandoc) is found by pattern.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from string import punctuation
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from ..model import Span
from .elements import LITERAL_ELEMENTS, VOID_ELEMENTS, Seen, seen_attributes, without_attributes, without_markup
from .markdown_signs import ask_by_sign
from .nodes import Code, as_text, find_codes

__all__ = ["Inline", "find_inline", "literal_codes"]

_SIGNS = re.compile(r"[\\`*_\[<~!&{\n]|:[a-z]")  # without any of them there is no markup
_LINK_TITLE = re.compile(r"""\s(?P<quote>["'(])(?P<words>[^\r\n]*\S[^\r\n]*)["')]\s*\)$""")
_TAG = re.compile(r"<(/?)([A-Za-z][\w.:-]*)")
_ENTITY = r"(?P<entity> & (?: \#\d{1,7} | \#[xX][0-9a-fA-F]{1,6} | [A-Za-z][A-Za-z0-9]{1,31} ) ; )"
_ESCAPE = r"(?P<escape> \\[!-/:-@\[-`{-~] )"
_PATTERNS = re.compile(
    rf"""(?P<mark> \{{ :? [ \t]* [#.:] [^{{}}\n]* \}} | \[\^ [^\]\s]+ \] )  # {{ #anchor }}, {{: .class }}, [^note]
      | \{{\{{ [^{{}}\n]* \}}\}} | \{{ [^{{}}\n]* \}}                          # {{{{ value }}}}, {{% tag %}}, {{name}}
      | </?[A-Z] [^<>\n]* >                                                # JSX
      | (?<![\w:]) : [a-z][a-z0-9_+-]* : (?![\w:])                         # :emoji:
      | {_ENTITY}""",
    re.VERBOSE,
)
_PATTERN_SIGNS = re.compile(r"[{&]|\[\^|</?[A-Z]|:[a-z]")  # without any of them there is no pattern
_LITERAL = re.compile(rf"{_ENTITY} | {_ESCAPE} | \{{\{{ [^{{}}\n]* \}}\}} | \{{ [^{{}}\n]* \}}", re.VERBOSE)


@dataclass(frozen=True, slots=True)
class Inline:
    """The inline markup of a text; spans are of that text, and ``seen`` are texts that stand in markup.

    ``tokens`` are what markdown-it makes of it.
    """

    codes: tuple[Code, ...]
    seen: tuple[Seen, ...]
    tokens: tuple[Token, ...]

    @property
    def structure(self) -> list[object]:
        """What is marked up and how, in order, whatever the words are."""
        return [_facts(token) for token in self.tokens if token.type not in ("text", "text_special", "softbreak")]

    @property
    def unbroken(self) -> list[Span]:
        """The spans, in order, of what is no text."""
        return [code.span for code in find_codes(self.codes) if not code.is_text]


_NO_INLINE = Inline((), (), ())


@dataclass(slots=True)
class _Places:
    """What the rules report while a text is parsed."""

    tokens: list[Token] = field(default_factory=list)
    codes: list[Code] = field(default_factory=list)
    seen: list[Seen] = field(default_factory=list)
    tags: list[Span] = field(default_factory=list)
    delimiters: dict[int, int] = field(default_factory=dict)  # where the token of this id stands


def find_inline(text: str, references: Mapping[str, Any] | None = None) -> Inline:
    """Find the inline markup of ``text``, one block of Markdown.

    ``references`` are markdown-it's link definitions.

    >>> inline = find_inline("See **the `code` [here](place.md)**.")
    >>> [(code.span.start, code.span.end, code.equivalent) for code in inline.codes]
    [(4, 6, ''), (10, 16, 'code'), (17, 18, '')]
    """
    if not _SIGNS.search(text):
        return _NO_INLINE
    places = _Places()
    environment = {"references": references or {}, "places": places}
    _PARSER.inline.parse(text.replace("\0", "\ufffd"), _PARSER, environment, places.tokens)
    _pair_delimiters(places)
    _pair_tags(places, text)
    _add_patterns(places, text)
    return Inline(
        codes=tuple(sorted(places.codes, key=lambda code: (code.span.start, -code.span.end))),
        seen=tuple(sorted(places.seen, key=lambda seen: seen.span.start)),
        tokens=tuple(places.tokens),
    )


def literal_codes(text: str) -> list[Code]:
    r"""Return the codes of a text without emphasis and links, such as the title of a link: ``\"``, ``&amp;``."""
    codes = []
    for found in _LITERAL.finditer(text):
        span = Span(found.start(), found.end())
        if found["entity"]:
            codes.append(as_text(span, found[0]))
        elif found["escape"]:
            codes.append(Code(span, found[0][1], is_text=True))
        else:
            codes.append(Code(span, found[0]))
    return codes


def _on_word(places: _Places, state: StateInline, start: int, added: Sequence[Token]) -> None:
    if added:  # backticks without a partner add none
        content = next((token.content for token in reversed(added) if token.content), "")
        places.codes.append(Code(Span(start, state.pos), content))


def _on_escape(places: _Places, state: StateInline, start: int, added: Sequence[Token]) -> None:
    character = state.src[start + 1 : state.pos]
    if character in punctuation:
        places.codes.append(Code(Span(start, state.pos), character, is_text=True))


def _on_tag(places: _Places, state: StateInline, start: int, added: Sequence[Token]) -> None:
    places.tags.append(Span(start, state.pos))


def _on_link(places: _Places, state: StateInline, start: int, added: Sequence[Token]) -> None:
    image = state.src[start] == "!"
    label = start + image
    label_end = state.md.helpers.parseLinkLabel(state, label)
    whole, destination = Span(start, state.pos), Span(label_end, state.pos)
    by_name = state.src[label_end + 1 : state.pos] in ("", "[]")  # the label is also the name of the definition
    if by_name and image:
        places.codes.append(Code(whole, state.src[whole.slice()]))
        return
    if image:
        places.codes.append(Code(whole))
        places.seen.append(Seen(Span(label + 1, label_end), "markdown-alt", "alt"))
    else:
        written = f"][{state.src[label + 1 : label_end]}]" if by_name else ""
        places.codes.append(Code(Span(start, start + 1), closing=destination, written=written))
    for found in _LINK_TITLE.finditer(state.src, label_end, state.pos):
        places.seen.append(Seen(Span(found.start("words"), found.end("words")), _TITLES[found["quote"]], "title"))


_TITLES = {'"': "title-double", "'": "title-single", "(": "title-round"}


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


class _Parser(MarkdownIt):
    def normalizeLink(self, url: str) -> str:  # noqa: N802
        """Leave an address as it stands: none is followed, and to write it anew takes a sixth of the time."""
        return url


def _parser() -> MarkdownIt:
    parser = _Parser("commonmark").enable("strikethrough")
    ruler = parser.inline.ruler
    for name, rule in zip(ruler.get_active_rules(), ruler.getRules(""), strict=True):
        if name in _HANDLERS:
            ruler.at(name, _watched(rule, _HANDLERS[name]))
    return ask_by_sign(parser)


_PARSER = _parser()


def _pair_delimiters(places: _Places) -> None:
    opened: list[Span] = []
    for token in places.tokens if places.delimiters else ():
        place = places.delimiters.get(id(token))
        if place is None or token.nesting == 0:
            continue
        size = len(token.markup)
        if token.nesting > 0:
            # Of two asterisks the inner one opens a strong emphasis.
            place -= token.type == "strong_open"
            opened.append(Span(place, place + size))
        elif opened:
            places.codes.append(Code(opened.pop(), closing=Span(place, place + size)))


def _pair_tags(places: _Places, text: str) -> None:
    opened: defaultdict[str, list[Span]] = defaultdict(list)
    for tag in places.tags:
        places.codes.append(Code(tag))
        places.seen += seen_attributes(text, tag)
        named = _TAG.match(text, tag.start)
        if named is None or named[2].lower() in VOID_ELEMENTS or text[tag.end - 2] == "/":
            continue
        name = named[2].lower()
        if not named[1]:
            opened[name].append(tag)
        elif opened[name]:
            first = opened[name].pop()
            if name in LITERAL_ELEMENTS:
                element = Span(first.start, tag.end)
                places.codes.append(Code(element, without_markup(text[element.slice()])))
            else:
                places.codes.remove(Code(first))
                places.codes.remove(Code(tag))
                places.codes.append(Code(first, closing=tag))


def _add_patterns(places: _Places, text: str) -> None:
    """Add what the patterns find outside the places that the parser found."""
    if not _PATTERN_SIGNS.search(text):
        return
    taken = iter(find_codes(places.codes))
    next_taken = next(taken, None)
    for found in _PATTERNS.finditer(text):
        while next_taken and next_taken.span.end <= found.start():
            next_taken = next(taken, None)
        if next_taken and next_taken.span.start < found.end():
            continue
        span = Span(found.start(), found.end())
        places.codes.append(
            as_text(span, found[0]) if found["entity"] else Code(span, "" if found["mark"] else found[0])
        )


def _facts(token: Token) -> tuple[object, ...]:
    attributes = tuple(sorted((name, value) for name, value in token.attrs.items() if name not in ("alt", "title")))
    content = without_attributes(token.content) if token.type in ("code_inline", "html_inline") else ""
    return token.type, token.markup, attributes, "".join(content.split())  # where its lines end is no matter
