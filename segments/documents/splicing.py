"""The one way a document is changed: other words in the places that were found, every other character as it was."""

from collections.abc import Iterable
from typing import AnyStr

from ..model import Span

__all__ = ["splice"]


def splice(original: AnyStr, edits: Iterable[tuple[Span, AnyStr]]) -> AnyStr:
    """Return ``original``, a text or bytes, with other content at the spans, which must not overlap.

    >>> splice("It rained.", [(Span(3, 9), "snowed")])
    'It snowed.'
    """
    parts: list[AnyStr] = []
    position = 0
    for span, content in sorted(edits, key=lambda edit: (edit[0].start, edit[0].end)):
        if not position <= span.start <= span.end <= len(original):
            raise ValueError(f"the edit at {span.start}:{span.end} overlaps another, or lies outside of the text")
        parts += [original[position : span.start], content]
        position = span.end
    parts.append(original[position:])
    return original[:0].join(parts)
