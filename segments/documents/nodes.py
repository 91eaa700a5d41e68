"""From the places of inline markup in a raw text to its nodes: numbered, paired, well nested."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from html import unescape

from ..model import Span
from .model import Close, Node, Open, Placeholder, Text
from .tags import TAG

__all__ = ["Code", "as_text", "find_codes", "node_list", "unwrapped"]


@dataclass(frozen=True, slots=True)
class Code:
    """A stretch of a raw text that is not read as it stands.

    ``equivalent`` is what a reader sees there. Where ``is_text`` is set, that is text to translate, such as ``é`` for
    ``&eacute;``. ``closing`` is the second half of markup whose first half the code is; only first halves have one.
    ``written`` is that of :class:`.model.Close`.
    """

    span: Span
    equivalent: str = ""
    is_text: bool = False
    closing: Span | None = None
    written: str = ""


def node_list(raw: str, codes: Iterable[Code]) -> list[Node]:
    """Return the nodes of ``raw``; together their originals are ``raw``.

    Of codes that overlap the longer one counts, or the first. A half whose other half is missing, or stands where the
    pair would not be nested, is a placeholder by itself. What only looks like a tag is a placeholder, too.

    >>> nodes = node_list("*Rain* again", [Code(Span(0, 1), closing=Span(5, 6))])
    >>> "".join(node.code for node in nodes)
    '{1}Rain{/1} again'
    """
    found = [*codes, *_bare_tags(raw)]
    if not found:
        return [Text(raw, raw)] if raw else []
    places = find_codes(found)
    partners = _partners(places)
    numbers: dict[int, int] = {}  # by where a second half begins
    number = position = 0
    nodes: list[Node] = []
    for code in places:
        start = code.span.start
        if position < start:
            words = raw[position:start]
            nodes.append(Text(words, words))
        position = code.span.end
        original = raw[start:position]
        if code.is_text:
            nodes.append(Text(code.equivalent, original))
        elif start in numbers:
            nodes.append(Close(numbers[start], original, code.written))
        else:
            number += 1
            if start in partners:
                numbers[partners[start]] = number
                nodes.append(Open(number, original))
            else:
                nodes.append(Placeholder(number, original, code.equivalent))
    if position < len(raw):
        nodes.append(Text(raw[position:], raw[position:]))
    return nodes


def unwrapped(nodes: Sequence[Node]) -> tuple[str, tuple[Node, ...], str]:
    """Return what stands before, inside and after the pairs that enclose all of ``nodes``, numbered from 1 again."""
    first, last = 0, len(nodes)
    while last - first > 1:
        opening, closing = nodes[first], nodes[last - 1]
        if not (isinstance(opening, Open) and isinstance(closing, Close) and opening.number == closing.number):
            break
        if closing.written:  # a translation changes it
            break
        first, last = first + 1, last - 1
    if not first:
        return "", tuple(nodes), ""
    before, after = (
        "".join(node.original for node in nodes[:first]),
        "".join(node.original for node in nodes[last:]),
    )
    return before, tuple(_shifted(node, first) for node in nodes[first:last]), after


def as_text(span: Span, entity: str) -> Code:
    """Return the code of a character reference: text, if it is a character that people type or see."""
    character = unescape(entity)
    seen = len(character) == 1 and character != "\ufffd" and (character.isprintable() or character == "\u00a0")
    return Code(span, character if seen else "", is_text=seen)


def find_codes(codes: Iterable[Code]) -> list[Code]:
    """Return codes, and the second halves of pairs, in order, without those that lie in others."""
    firsts = list(codes)
    flat = [*firsts, *(Code(code.closing, written=code.written) for code in firsts if code.closing)]
    flat.sort(key=lambda code: (code.span.start, -code.span.end))
    kept: list[Code] = []
    for code in flat:
        if not kept or kept[-1].span.end <= code.span.start:
            kept.append(code)
    return kept


def _bare_tags(raw: str) -> list[Code]:
    """Return the codes of what looks like a tag, but stands in the source: it is kept as it is."""
    return [Code(Span(*match.span()), match[0]) for match in TAG.finditer(raw)] if "{" in raw else []


def _partners(codes: Sequence[Code]) -> dict[int, int]:
    """Return where the second half begins of each first half whose pair is nested in the others, by its own place."""
    ends = {code.span.start: code.span.end for code in codes}
    closed = [code for code in codes if code.closing and ends.get(code.closing.start) == code.closing.end]
    firsts = {code.closing.start: code.span.start for code in closed if code.closing}
    openings = set(firsts.values())
    opened: list[int] = []
    waiting: set[int] = set()  # the opened ones
    partners: dict[int, int] = {}
    for code in codes:
        start = code.span.start
        if start in openings:
            opened.append(start)
            waiting.add(start)
        elif (first := firsts.get(start)) in waiting:
            while (last := opened.pop()) != first:
                waiting.remove(last)
            waiting.remove(last)
            partners[last] = start
    return partners


def _shifted(node: Node, by: int) -> Node:
    if isinstance(node, Text):
        return node
    return replace(node, number=node.number - by)
