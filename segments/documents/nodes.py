"""From the places of inline markup in a raw text to its nodes: numbered, paired, well nested."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from html import unescape

from ..model import Span
from .model import Close, Node, Open, Placeholder, Text
from .tags import TAG

__all__ = ["Code", "as_text", "bare_tags", "find_codes", "node_list", "unwrapped"]


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
    places = find_codes([*codes, *bare_tags(raw)])
    if not places:
        return [Text(raw, raw)] if raw else []
    partners = _partners(places)
    seconds = set(partners.values())
    numbers: dict[Span, int] = {}
    number = 0
    nodes: list[Node] = []
    position = 0
    for code in places:
        if position < code.span.start:
            nodes.append(Text(raw[position : code.span.start], raw[position : code.span.start]))
        position = code.span.end
        original = raw[code.span.slice()]
        if code.is_text:
            nodes.append(Text(code.equivalent, original))
        elif code.span in seconds:
            nodes.append(Close(numbers[code.span], original, code.written))
        else:
            number += 1
            if code.span in partners:
                numbers[partners[code.span]] = number
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


def bare_tags(raw: str) -> Iterator[Code]:
    """Yield the codes of what looks like a tag, but stands in the source: it is kept as it is."""
    for match in TAG.finditer(raw):
        yield Code(Span(match.start(), match.end()), match[0])


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


def _partners(codes: Sequence[Code]) -> dict[Span, Span]:
    """Return the second half of each first half whose pair is nested in the others."""
    present = {code.span for code in codes}
    opened: list[Span] = []
    waiting: set[Span] = set()  # the opened ones
    firsts = {code.closing: code.span for code in codes if code.closing in present}
    partners: dict[Span, Span] = {}
    for code in codes:
        if code.closing in present:
            opened.append(code.span)
            waiting.add(code.span)
        elif (first := firsts.get(code.span)) in waiting:
            while (last := opened.pop()) != first:
                waiting.remove(last)
            waiting.remove(last)
            partners[last] = code.span
    return partners


def _shifted(node: Node, by: int) -> Node:
    if isinstance(node, Text) or not by:
        return node
    return replace(node, number=node.number - by)
