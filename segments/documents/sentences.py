"""How does a unit come apart into sentences, and how do translated sentences become a unit again?"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ..lines import LINE_BREAK, is_cjk
from ..model import Span
from ..splitting import Ends, split_protected
from .model import Unit

__all__ = ["cut", "join_targets", "split_unit"]

_UNSPACED = frozenset({"ja", "lzh", "wuu", "yue", "zh"})


def split_unit(unit: Unit, language: str, ends: Ends | None = None) -> list[Span]:
    """Cut the text of ``unit`` into sentences: spans of it, as :func:`segments.split` gives them.

    ``ends`` says where sentences end, if that is not what is known of the language. No boundary lies inside a protected
    span, nor inside inline markup unless that encloses the whole unit.
    """
    return split_protected(unit.text, language, unit.protected, marks=unit.marks, pairs=unit.pairs, ends=ends)


def cut(text: str, spans: Sequence[Span]) -> tuple[list[str], list[str]]:
    """Return the sentences at ``spans`` and the gaps before, between and after them: one gap more than sentences.

    >>> cut("One.  Two.", [Span(0, 4), Span(6, 10)])
    (['One.', 'Two.'], ['', '  ', ''])
    """
    edges = [0, *(edge for span in spans for edge in (span.start, span.end)), len(text)]
    return [text[span.slice()] for span in spans], [text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True)]


def join_targets(
    sentences: Sequence[str],
    gaps: Sequence[str],
    targets: Sequence[str | None],
    source_language: str,
    target_language: str,
) -> str:
    """Return the text of a unit from its sentences' translations.

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
    last = left.text[-1:]
    if is_cjk(last) and unicodedata.category(last).startswith("P") and _is_unspaced(right.language):
        return True  # a full-width stop brings its own space, whatever its language goes on with
    return _unspaced(left.text[-1:], left.language) and _unspaced(right.text[:1], right.language)


def _unspaced(character: str, language: str) -> bool:
    """Tell whether a character belongs to text without spaces; a quotation mark does as its language does."""
    if character and unicodedata.east_asian_width(character) == "A":
        return _is_unspaced(language)
    return is_cjk(character)


def _is_unspaced(language: str) -> bool:
    return language.replace("_", "-").split("-")[0].lower() in _UNSPACED
