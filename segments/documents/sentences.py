"""How does a unit come apart into sentences, and how do translated sentences become a unit again?"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ..lines import LINE_BREAK, is_cjk
from ..model import Span
from ..splitting import Ends, split_protected
from .model import Close, Open, Placeholder, Tag, Text, Unit
from .tags import renumbered, without_tags
from .units import find_addresses

__all__ = ["Segment", "cut", "join_targets", "segments_at", "split_unit"]

_UNSPACED = frozenset({"ja", "lzh", "wuu", "yue", "zh"})


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence of a unit.

    ``text`` is what stands in a catalog; its tags are numbered from 1, so that a sentence reads the same wherever it
    stands. ``numbers`` are those that they have in the unit, and ``tags`` the nodes. ``plain`` is what a reader sees:
    no tags, and in place of code or an address just that.
    """

    text: str
    plain: str
    numbers: tuple[int, ...] = ()
    tags: tuple[Tag, ...] = ()


def split_unit(unit: Unit, language: str, ends: Ends | None = None) -> list[Span]:
    """Cut the text of ``unit`` into sentences: spans of it, as :func:`segments.split` gives them.

    ``ends`` says where sentences end, if that is not what is known of the language. No boundary lies inside a tag or an
    address, nor between the two tags of a pair.
    """
    protected, marks, pairs = list[Span](), list[Span](), list[Span]()
    opened: dict[int, int] = {}
    for node, place in zip(unit.nodes, unit.places(), strict=True):
        if isinstance(node, Text):
            continue
        protected.append(place)
        if isinstance(node, Open):
            opened[node.number] = place.start
        elif isinstance(node, Close):
            pairs.append(Span(opened[node.number], place.end))
        if not (isinstance(node, Placeholder) and node.equivalent):
            marks.append(place)
    pairs.sort(key=lambda pair: pair.start)
    protected = sorted([*protected, *find_addresses(unit.text)], key=lambda span: span.start)
    return split_protected(unit.text, language, protected, marks=marks, pairs=pairs, ends=ends)


def cut(unit: Unit, spans: Sequence[Span]) -> tuple[list[Segment], list[str]]:
    """Return the sentences at ``spans`` and the gaps before, between and after them: one gap more than sentences."""
    edges = [0, *(edge for span in spans for edge in (span.start, span.end)), len(unit.text)]
    gaps = [unit.text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True)]
    return segments_at(unit, spans), gaps


def segments_at(unit: Unit, spans: Sequence[Span]) -> list[Segment]:
    """Return the sentences of a unit at ``spans``, which are in order."""
    segments = []
    tagged = [
        (node, place) for node, place in zip(unit.nodes, unit.places(), strict=True) if not isinstance(node, Text)
    ]
    number = 0
    for span in spans:
        while number < len(tagged) and tagged[number][1].start < span.start:
            number += 1
        inside: list[tuple[Tag, Span]] = []
        while number < len(tagged) and tagged[number][1].start < span.end:
            inside.append(tagged[number])
            number += 1
        segments.append(_segment(unit.text, span, inside))
    return segments


def _segment(text: str, span: Span, inside: Sequence[tuple[Tag, Span]]) -> Segment:
    own, numbers = renumbered(text[span.slice()])
    words: list[str] = []
    position = span.start
    for tag, place in inside:
        words += [text[position : place.start], tag.equivalent if isinstance(tag, Placeholder) else ""]
        position = place.end
    return Segment(own, "".join([*words, text[position : span.end]]), numbers, tuple(tag for tag, _ in inside))


def join_targets(
    sentences: Sequence[str],
    gaps: Sequence[str],
    targets: Sequence[str | None],
    source_language: str,
    target_language: str,
) -> str:
    """Return the text of a unit from its sentences' translations, all with the tags of the unit.

    ``gaps`` are those of :func:`cut`. A target of None leaves its sentence untranslated; an empty one leaves it out,
    with the gap before it. Where nothing is translated the text is the source, gap by gap. Where something is, a gap
    with a line break stays as it is, and any other is nothing between two sentences in Chinese or Japanese, else a
    space; but where the source, in a script with spaces, has none, there is none either.

    >>> join_targets(["One.", "Two."], ["", " ", ""], ["一。", "二。"], "en", "zh")
    '一。二。'
    """
    if not len(gaps) - 1 == len(sentences) == len(targets):
        raise ValueError(f"{len(sentences)} sentences need as many targets and one gap more")
    if all(target is None or target == sentence for sentence, target in zip(sentences, targets, strict=True)):
        return gaps[0] + "".join(sentence + gap for sentence, gap in zip(sentences, gaps[1:], strict=True))
    sources = [_Part(gap, sentence, source_language) for gap, sentence in zip(gaps, sentences, strict=False)]
    tight = [False, *(not right.gap and not _unspaced_between(left, right) for left, right in pairwise(sources))]
    kept = [
        replace(source, tight=close) if target is None else _Part(source.gap, target, target_language, close)
        for source, target, close in zip(sources, targets, tight, strict=True)
        if target != ""
    ]
    if not kept:
        return ""
    parts = [gaps[0], kept[0].text]
    for left, right in pairwise(kept):
        parts += [_joint(left, right), right.text]
    return "".join([*parts, gaps[-1]])


@dataclass(frozen=True, slots=True)
class _Part:
    gap: str  # before it, in the source
    text: str
    language: str
    tight: bool = False  # the source has no space before it, though its script has spaces


def _joint(left: _Part, right: _Part) -> str:
    if LINE_BREAK.search(right.gap):
        return right.gap
    return "" if right.tight or _unspaced_between(left, right) else " "


def _unspaced_between(left: _Part, right: _Part) -> bool:
    last, first = without_tags(left.text)[-1:], without_tags(right.text)[:1]
    if is_cjk(last) and unicodedata.category(last).startswith("P") and _is_unspaced(right.language):
        return True  # a full-width stop brings its own space, whatever its language goes on with
    return _unspaced(last, left.language) and _unspaced(first, right.language)


def _unspaced(character: str, language: str) -> bool:
    """Tell whether a character belongs to text without spaces; a quotation mark does as its language does."""
    if character and unicodedata.east_asian_width(character) == "A":
        return _is_unspaced(language)
    return is_cjk(character)


def _is_unspaced(language: str) -> bool:
    return language.replace("_", "-").split("-")[0].lower() in _UNSPACED
