"""Does a document survive translation? Two trials: every sentence as itself, and every word changed."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from .formats import named_format
from .model import Document, Unit
from .reading import read_document, write_document
from .sentences import Segment, cut, join_targets, split_unit
from .tags import TAG, with_numbers
from .units import ADDRESS, text_letters

__all__ = ["Pseudo", "identity", "pseudo_translate"]

_FIXED = re.compile(f"{TAG.pattern}|{ADDRESS}", re.VERBOSE)
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Pseudo:
    """A document that was taken apart and rebuilt.

    ``reached`` of ``letters`` letters of human text were in sentences. ``structure_kept`` tells whether the document,
    read again, has the same units and all that a translation must leave as it was.
    """

    data: bytes
    sentences: int
    reached: int
    letters: int
    structure_kept: bool


def identity(document: Document, language: str) -> Pseudo:
    """Rebuild ``document`` from its sentences, each as its own translation; this gives the bytes that were read.

    No byte of a unit is copied as a whole: its sentences, tags and gaps are put together and laid into its place.
    """
    return _rebuilt(document, language, lambda segment: segment.text)


def pseudo_translate(document: Document, language: str) -> Pseudo:
    """Change every word of ``document`` that is translated, write it, and read it again."""
    return _rebuilt(document, language, lambda segment: _changed(segment.text))


def _rebuilt(document: Document, language: str, translate: Callable[[Segment], str]) -> Pseudo:
    count = 0
    targets = {}
    for index, unit in enumerate(document.units):
        targets[index], sentences = _translated(unit, language, translate)
        count += sentences
    data = write_document(document, targets, language)
    again = read_document(document.name, data, language)
    form = named_format(document.format)
    kept = [unit.kind for unit in again.units] == [unit.kind for unit in document.units] and (
        form.structure(again) == form.structure(document)
    )
    reached = sum(map(text_letters, document.units))
    return Pseudo(data, count, reached, reached + document.unreached, kept)


def _translated(unit: Unit, language: str, translate: Callable[[Segment], str]) -> tuple[str, int]:
    spans = split_unit(unit, language)
    segments, gaps = cut(unit, spans)
    targets = [with_numbers(translate(segment), segment.numbers) for segment in segments]
    sentences = [unit.text[span.slice()] for span in spans]
    return join_targets(sentences, gaps, targets, language, language), len(segments)


def _changed(text: str) -> str:
    """Return ``text`` with a letter added to each word outside of tags and addresses."""
    parts: list[str] = []
    position = 0
    for tag in _FIXED.finditer(text):
        parts += [_WORD.sub(r"\g<0>ø", text[position : tag.start()]), tag[0]]
        position = tag.end()
    return "".join([*parts, _WORD.sub(r"\g<0>ø", text[position:])])
