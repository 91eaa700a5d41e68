"""Does a document survive translation? Two trials: every sentence as itself, and every word changed."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from ..model import Span
from .formats import named_format
from .model import Document, Unit
from .reading import read_document
from .sentences import cut, join_targets, split_unit
from .units import letters_outside
from .writing import write_document

__all__ = ["Pseudo", "identity", "pseudo_translate"]

_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Pseudo:
    """A document whose every word was changed.

    ``reached`` of ``letters`` letters of human text were in words that changed. ``structure_kept`` tells whether the
    document, read again, has the same units and all that a translation must leave as it was.
    """

    data: bytes
    reached: int
    letters: int
    structure_kept: bool


def identity(document: Document, language: str) -> bytes:
    """Write ``document`` with each sentence translated as itself; this gives the bytes that were read."""
    return write_document(document, _translated(document, language, lambda sentence, protected: sentence), language)


def pseudo_translate(document: Document, language: str) -> Pseudo:
    """Change every word of ``document`` outside what is protected, write it, and read it again."""
    reached = 0

    def change(sentence: str, protected: list[Span]) -> str:
        nonlocal reached
        reached += letters_outside(sentence, protected)
        return _changed(sentence, protected)

    data = write_document(document, _translated(document, language, change), language)
    again = read_document(document.name, data, language)
    form = named_format(document.format)
    kept = [unit.kind for unit in again.units] == [unit.kind for unit in document.units] and (
        form.structure(again.text) == form.structure(document.text)
    )
    return Pseudo(data, reached, reached + document.unreached, kept)


def _translated(document: Document, language: str, change: Callable[[str, list[Span]], str]) -> dict[int, str]:
    return {index: _translated_unit(unit, language, change) for index, unit in enumerate(document.units)}


def _translated_unit(unit: Unit, language: str, change: Callable[[str, list[Span]], str]) -> str:
    spans = split_unit(unit, language)
    sentences, gaps = cut(unit.text, spans)
    protected = iter([*unit.protected, Span(len(unit.text), len(unit.text))])
    ahead = next(protected)
    targets: list[str] = []
    for span, sentence in zip(spans, sentences, strict=True):
        inside: list[Span] = []
        while ahead.start < span.end:
            inside.append(Span(ahead.start - span.start, ahead.end - span.start))
            ahead = next(protected)
        targets.append(change(sentence, inside))
    return join_targets(sentences, gaps, targets, language, language)


def _changed(sentence: str, protected: list[Span]) -> str:
    parts: list[str] = []
    position = 0
    for span in [*protected, Span(len(sentence), len(sentence))]:
        parts += [_WORD.sub(r"\g<0>ø", sentence[position : span.start]), sentence[span.slice()]]
        position = span.end
    return "".join(parts)
