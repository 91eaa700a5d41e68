"""Boundaries between sentences that a person made or removed."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from segments import Span
from segments.documents import renumbered, tag_problems, with_numbers

from .errors import ProjectError
from .records import UnitRecord

__all__ = ["carry_cuts", "cut_by_hand", "join_by_hand", "toggled"]

_SURROUNDINGS = 16  # code points to either side by which a place is found again in a text that changed


def cut_by_hand(record: UnitRecord, text: str, segment_id: str, beginning: str) -> UnitRecord:
    """Cut a sentence of a unit in two, after its words ``beginning``, whose tags are numbered as in the catalog.

    Raises:
        ProjectError: the sentence does not begin so, nothing is left on one side, or the cut would part tags.
    """
    span = record.spans()[record.segment_ids.index(segment_id)]
    sentence, numbers = renumbered(text[span.slice()])
    rest = sentence[len(beginning) :]
    if not beginning.strip() or not sentence.startswith(beginning) or not rest.strip():
        raise ProjectError(
            f"{segment_id}: is not cut; give the words that it begins with, up to the cut: {sentence[:60]!r}"
        )
    if tag_problems(beginning, beginning) or tag_problems(sentence, f"{beginning} {rest}"):
        raise ProjectError(f"{segment_id}: is not cut inside a tag or between the two of a pair; choose another place")
    return _changed(record, text, span.start + len(with_numbers(beginning.rstrip(), numbers)))


def join_by_hand(record: UnitRecord, text: str, segment_id: str) -> UnitRecord:
    """Join a sentence of a unit with the one after it.

    Raises:
        ProjectError: it is the last sentence of its unit.
    """
    spans = record.spans()
    number = record.segment_ids.index(segment_id)
    if number + 1 == len(spans):
        raise ProjectError(f"{segment_id}: is the last sentence of its paragraph; there is nothing to join it with")
    return _changed(record, text, spans[number].end)


def toggled(text: str, spans: Sequence[Span], place: int) -> list[Span]:
    """Return the sentences with a boundary at ``place`` made, or removed if there is one."""
    edges = list(spans)
    for index, (before, after) in enumerate(pairwise(edges)):
        if before.end == place:
            return [*edges[:index], Span(before.start, after.end), *edges[index + 2 :]]
    for index, span in enumerate(edges):
        if span.start < place < span.end:
            rest = text[place : span.end]
            start = place + len(rest) - len(rest.lstrip())
            return [*edges[:index], Span(span.start, place), Span(start, span.end), *edges[index + 1 :]]
    return edges


def carry_cuts(record: UnitRecord, old: str | None, new: str) -> tuple[int, ...]:
    """Return where the places of handwork in the old text of a unit are in its new text.

    A place is found again by what stands around it, if that occurs once in the new text; else it is forgotten. Where
    the old text is not known, nothing can be found.
    """
    found = []
    for place in record.cuts if old is not None else ():
        around = (old or "")[max(0, place - _SURROUNDINGS) : place + _SURROUNDINGS]
        if new.count(around) == 1:
            found.append(new.index(around) + min(place, _SURROUNDINGS))
    return tuple(found)


def _changed(record: UnitRecord, text: str, place: int) -> UnitRecord:
    """Return the record with the boundary at ``place`` made or removed; sentences that begin as before keep numbers."""
    spans = toggled(text, record.spans(), place)
    edges = [0, *(edge for span in spans for edge in (span.start, span.end)), len(text)]
    gaps = [text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True)]
    known = {span.start: number for span, number in zip(record.spans(), record.numbers, strict=True)}
    numbers = tuple(known.get(span.start, record.next_number) for span in spans)  # one cut: one new sentence at most
    return replace(
        record,
        numbers=numbers,
        lengths=tuple(span.end - span.start for span in spans),
        gaps=tuple(gaps),
        next_number=max(record.next_number, *(number + 1 for number in numbers)),
        cuts=tuple(sorted(set(record.cuts) ^ {place})),
    )
